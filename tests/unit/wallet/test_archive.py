"""A backup holds whatever the vault holds, of every kind, byte for byte; old ones still restore."""

import base64
import json
import secrets

import pytest

from passport.json import dump
from passport.keys import KeyType
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Person
from wallet.core import limits
from wallet.core.archive import KEYS, LEFT_OUT, read_archive, write_archive
from wallet.core.backup import read_first_version
from wallet.core.leaving.readable import NOT_READABLE, READABLE
from wallet.core.shelf import kept
from wallet.core.trial import check_records
from wallet.core.wallet import FIRST, SECOND, Kind
from wallet.errors import MalformedBackup, UnknownRecord
from wallet.errors_leaving import NewerBackup

KINDS = sorted(value for name, value in vars(Kind).items() if name.isupper())
ODD = b"\x00\xff not text"


@pytest.fixture
def person():
    return Person()


def everything(wallet):
    return {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_records_of_every_kind_are_in_a_backup_or_left_out_with_a_reason(person, kind):
    """A new kind is in it by construction; this fails for one that somebody leaves out without saying why."""
    put = {(kind, "one"): b'{"a":"\xc3\xa9 \\u0000"}', (kind, "two"): ODD, (kind, ""): b""}
    if kind in KEYS:
        put = {}
        person.wallet.holder_with(KeyType.P256)
    person.wallet.save(put)
    restored = read_archive(write_archive(person.wallet, with_seed=True))
    here = everything(person.wallet)
    if kind in LEFT_OUT:
        assert not any(found == kind for found, _ in restored)
        assert len(LEFT_OUT[kind]) > 20
        here = {place: data for place, data in here.items() if place[0] != kind}
    assert restored == here


def test_each_kind_is_readable_or_has_a_reason_not_to_be():
    assert READABLE | NOT_READABLE.keys() == set(KINDS)
    assert not READABLE & NOT_READABLE.keys()
    assert all(len(reason) > 20 for reason in NOT_READABLE.values())


def test_the_secret_keys_are_in_it_only_where_the_person_says_so(person):
    person.wallet.holder_with(KeyType.P256)
    without = read_archive(write_archive(person.wallet, with_seed=False))
    assert not any(kind == Kind.SEED for kind, _ in without)
    assert {record for kind, record in without if kind == Kind.IDENTITY} == {FIRST, SECOND}
    text = write_archive(person.wallet, with_seed=False).decode()
    for secret in person.wallet.vault.of_kind(Kind.SEED).values():
        assert base64.urlsafe_b64encode(secret).decode().rstrip("=") not in text


def test_keys_that_are_not_here_can_not_be_put_in(person):
    person.wallet.save(remove=frozenset({(Kind.SEED, FIRST)}))
    with pytest.raises(UnknownRecord):
        write_archive(person.wallet, with_seed=True)


def test_a_signed_document_is_in_it_as_text_byte_for_byte(person):
    made = person.take(Party("A school").issue(person.wallet.did, [f"{ESCO}weld"]))
    source = person.wallet.vault.get(Kind.CREDENTIAL, made.id)
    document = json.loads(write_archive(person.wallet, with_seed=False))
    assert document["records"][Kind.CREDENTIAL][made.id].encode() == source


def test_a_backup_of_the_first_version_restores(person):
    made = person.take(Party("A school").issue(person.wallet.did, [f"{ESCO}weld"]))
    file = secrets.token_bytes(40)
    old = {
        "type": "SkillsPassportBackup",
        "version": 1,
        "made": "2026-11-20T12:00:00Z",
        "did": person.wallet.did,
        "records": {
            kind: {record: data.decode() for record, data in person.wallet.vault.of_kind(kind).items()}
            for kind in (Kind.CREDENTIAL, Kind.RECEIPT, Kind.JOURNAL)
        },
        "files": {"urn:uuid:1": base64.b64encode(file).decode()},
        "seed": base64.urlsafe_b64encode(person.wallet.vault.get(Kind.SEED, FIRST)).decode().rstrip("="),
    }
    records = read_archive(dump(old))
    assert records == read_first_version(old)
    wallet = check_records(records, clock=person.wallet.clock, random=secrets.token_bytes)
    assert wallet.holder.did == person.wallet.did
    assert [one.id for one in kept(wallet)] == [made.id]
    assert wallet.vault.get(Kind.FILE, "urn:uuid:1") == file


@pytest.mark.parametrize(
    "changes",
    [{"version": 3}, {"records": {"a kind of later": {"x": "y"}}}, {"bytes": {"a kind of later": {}}}],
)
def test_a_backup_of_a_newer_wallet_says_so(person, changes):
    document = json.loads(write_archive(person.wallet, with_seed=True))
    with pytest.raises(NewerBackup):
        read_archive(dump({**document, **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Backup"},
        {"records": []},
        {"records": {Kind.CREDENTIAL: []}},
        {"records": {Kind.CREDENTIAL: {"a": 1}}},
        {"records": {Kind.SEED: {FIRST: "A" * 32}}},
        {"bytes": {Kind.SEED: {FIRST: "AAAA"}}},
        {"bytes": {Kind.FILE: {"a": "%%%"}}},
        {"bytes": {Kind.FILE: {"a" * (limits.VAULT.identifier + 1): ""}}},
        {"keys": {FIRST: "AAAA"}},
        {"keys": {FIRST: "A" * 43}},
        {"keys": {"another": "A" * 43}},
        {"keys": []},
        {"records": {}},
    ],
)
def test_what_no_wallet_wrote_is_refused(person, changes):
    document = json.loads(write_archive(person.wallet, with_seed=False))
    with pytest.raises(MalformedBackup):
        read_archive(dump({**document, **changes}))


JUNK = [b"", b"null", b"[]", b"{}", b'"text"', b"7", ODD, b'{"at":"yesterday"}', b'{"state":"open"}']
NOT_LOOKED_AT = {
    Kind.SEED: "held against its identifier",
    Kind.FILE: "any bytes are a file",
    Kind.PROFILE: "shown to nobody",
    Kind.RECEIPT: "read beside the credential that it belongs to",
    Kind.SKILL_MAP: "counts for nothing when it does not verify",
    Kind.MARKET: "counts for nothing when it does not verify",
    Kind.TAXONOMY: "counts for nothing when it does not verify",
    Kind.CHECK_UP: "counts for nothing when it does not verify",
    Kind.COPY: "read beside the credential that it belongs to",
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NOT_LOOKED_AT])
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_a_record_that_no_page_could_read_is_refused_before_anything_is_kept(person, kind, junk):
    """One such record would shut its owner out of all the others."""
    place = (kind, "lock" if kind == Kind.SETTING else f"{'0' * 32} x")
    records = {**everything(person.wallet), place: junk}
    with pytest.raises(MalformedBackup):
        check_records(records, clock=person.wallet.clock, random=secrets.token_bytes)

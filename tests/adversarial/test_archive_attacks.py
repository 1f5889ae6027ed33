"""A backup that somebody else made, or an older one, beside a wallet in use: what it may not bring.

A holder's DID is in every credential that they showed: whoever saw one can write a backup with it.
"""

import json
import secrets

import pytest

from passport.json import dump
from passport.keys import KeyType
from passport.trust import Recognition
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Person, QuickSodium
from wallet.core import limits
from wallet.core.archive import open_archive, write_archive
from wallet.core.journal import Way, journal, journal_records
from wallet.core.merging import Found, compare, merge
from wallet.core.settings_kept import keep_words_checked, lock_minutes, words_checked
from wallet.core.shelf import kept
from wallet.core.trial import check_records
from wallet.core.wallet import FIRST, SECOND, Kind, as_json, key_records
from wallet.desktop.keeper import Keeper
from wallet.errors import MalformedBackup
from wallet.errors_leaving import NothingNew

KINDS = tuple(value for name, value in vars(Kind).items() if name.isupper())
PROGRAM = as_json(
    {
        "access": "0" * 64,
        "access_until": "2036-01-01T00:00:00Z",
        "name": "A program",
        "number": 1,
        "redirect_uris": ["http://127.0.0.1/back"],
        "refresh_key": "x",
        "scope": [],
        "secret": None,
        "shared": [],
        "since": "2026-01-01T00:00:00Z",
    }
)


@pytest.fixture
def school():
    return Party("A school")


@pytest.fixture
def person(school):
    made = Person()
    made.take(school.issue(made.wallet.did, [f"{ESCO}weld"]))
    return made


def records_of(wallet):
    return {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}


def written_by_a_stranger(person, more):
    """What anybody can write who knows the DID."""
    records = {(Kind.IDENTITY, FIRST): as_json({"did": person.wallet.did}), **more}
    return check_records(records, clock=person.wallet.clock, random=secrets.token_bytes)


def opened(person, document):
    archive = open_archive(document)
    wallet = check_records(archive.records, clock=person.wallet.clock, random=secrets.token_bytes)
    return wallet, archive.by_holder


def test_an_archive_plants_no_key_beside_the_persons_own(person):
    """Or issuers that take only ES256 would make credentials out to a key that the attacker has."""
    planted = key_records(SECOND, secrets.token_bytes)
    with pytest.raises(NothingNew):
        merge(person.wallet, written_by_a_stranger(person, planted))
    theirs = json.loads(planted[Kind.IDENTITY, SECOND])["did"]
    assert person.wallet.holder_with(KeyType.P256).did != theirs
    assert theirs not in person.wallet.names


def test_an_archive_plants_nobody_to_trust_no_program_no_settings_and_no_history(person, school):
    attacker = Person(person.world)
    attacker.trust((school, Recognition.EDUCATOR))
    planted = {
        **{(Kind.TRUST_LIST, k): data for k, data in attacker.wallet.vault.of_kind(Kind.TRUST_LIST).items()},
        (Kind.PROGRAM, "a" * 32): PROGRAM,
        (Kind.SETTING, "lock"): as_json({"minutes": 0}),
        (Kind.DOCUMENT, "https://school.example/o/x/did.json"): next(
            iter(attacker.wallet.vault.of_kind(Kind.DOCUMENT).values()), b""
        ),
        **journal_records(attacker.wallet, Way.SHOWN, asker="https://elsewhere.example"),
    }
    planted = {place: data for place, data in planted.items() if data}
    before = records_of(person.wallet)
    backup = written_by_a_stranger(person, planted)
    found = compare(person.wallet, backup)
    assert not found.by_holder
    assert set(found.that_are(Found.LEFT)) == set(planted)
    with pytest.raises(NothingNew):
        merge(person.wallet, backup)
    assert records_of(person.wallet) == before


def test_of_an_unknown_hand_a_credential_comes_in_as_of_now_and_from_no_host(person, school):
    source = dump(school.issue(person.wallet.did, [f"{ESCO}cook"]))
    backup = written_by_a_stranger(
        person,
        {
            (Kind.CREDENTIAL, "c" * 32): source,
            (Kind.RECEIPT, "c" * 32): as_json(
                {"receivedAt": "2001-01-01T00:00:00Z", "host": "ministry.example"}
            ),
        },
    )
    merge(person.wallet, backup)
    (came,) = (each for each in kept(person.wallet) if each.id == "c" * 32)
    assert came.host is None
    assert came.received_at.year > 2001


def test_a_forged_credential_in_an_archive_stays_forged(person, school):
    credential = school.issue(person.wallet.did, [f"{ESCO}cook"])
    credential["credentialSubject"]["achievement"]["name"] = "Surgeon"
    backup = written_by_a_stranger(
        person,
        {
            (Kind.CREDENTIAL, "f" * 32): dump(credential),
            (Kind.RECEIPT, "f" * 32): as_json({"receivedAt": "2026-01-01T00:00:00Z", "host": None}),
        },
    )
    merge(person.wallet, backup)
    (came,) = (each for each in kept(person.wallet) if each.id == "f" * 32)
    assert came.verified is None
    assert str(came.answer) == "no"


def test_an_older_archive_of_ones_own_brings_no_permission_back(person):
    """Rollback: the person took back what a program was allowed, or left a platform, since."""
    person.wallet.save({(Kind.PROGRAM, "a" * 32): PROGRAM, (Kind.SKILL_MAP, "p"): b"{}"})
    older = write_archive(person.wallet, with_seed=True)
    person.wallet.save(remove=frozenset({(Kind.PROGRAM, "a" * 32), (Kind.SKILL_MAP, "p")}))
    backup, by_holder = opened(person, older)
    found = merge(person.wallet, backup, by_holder=by_holder)
    assert found.by_holder
    assert found.that_are(Found.LEFT) == ((Kind.PROGRAM, "a" * 32),)
    assert found.that_are(Found.NEW) == ((Kind.SKILL_MAP, "p"),)
    assert not person.wallet.vault.of_kind(Kind.PROGRAM)


def test_ones_own_archive_without_the_key_is_known_by_its_signature(person):
    other = Person(person.world)
    other.wallet.save(open_archive(write_archive(person.wallet, with_seed=True)).records)
    other.wallet.save(journal_records(other.wallet, Way.SHOWN))
    backup, by_holder = opened(person, write_archive(other.wallet, with_seed=False))
    assert by_holder
    merge(person.wallet, backup, by_holder=by_holder)
    assert len(journal(person.wallet)) == 1


@pytest.mark.parametrize("case", ["record", "more", "less", "signature", "none"])
def test_a_signed_archive_that_was_changed_is_refused_and_one_without_its_signature_is_nobodys(person, case):
    person.wallet.save({(Kind.SKILL_MAP, "p"): b'{"a":1}'})
    document = json.loads(write_archive(person.wallet, with_seed=False))
    match case:
        case "record":
            document["records"][Kind.SKILL_MAP]["p"] = '{"a":2}'
        case "more":
            document["records"][Kind.SKILL_MAP]["q"] = "{}"
        case "less":
            del document["records"][Kind.SKILL_MAP]
        case "signature":
            document["signature"] = document["signature"][:-4] + "AAAA"
        case "none":
            del document["signature"]
            assert not open_archive(dump(document)).by_holder
            return
    with pytest.raises(MalformedBackup):
        open_archive(dump(document))


def test_a_signature_by_another_key_is_refused(person):
    document = json.loads(write_archive(person.wallet, with_seed=False))
    document["signature"] = json.loads(write_archive(Person().wallet, with_seed=False))["signature"]
    with pytest.raises(MalformedBackup):
        open_archive(dump(document))


@pytest.mark.parametrize("kind", KINDS)
def test_a_nesting_bomb_in_any_kind_of_record_is_refused_or_looked_at_by_nobody(person, kind):
    here = records_of(person.wallet)
    for record in ("x", "lock", FIRST):
        for junk in (b"[" * 100_000, b'{"a":' * 50_000, b'{"minutes":1e999}', b"9" * 5_000):
            try:
                check_records(
                    {**here, (kind, record): junk}, clock=person.wallet.clock, random=secrets.token_bytes
                )
            except MalformedBackup:
                continue


def test_an_archive_can_not_make_a_wallet_that_never_locks_by_an_odd_number(person):
    for minutes in (-5, 7, 10**9):
        person.wallet.save({(Kind.SETTING, "lock"): as_json({"minutes": minutes})})
        assert lock_minutes(person.wallet) == limits.LOCK_MINUTES


def test_new_recovery_words_of_a_restored_wallet_count_as_unproven(person, tmp_path):
    """The old wallet's were typed back; these have never been on paper."""
    keep_words_checked(person.wallet)
    records = open_archive(write_archive(person.wallet, with_seed=True)).records
    wallet, _ = Keeper(tmp_path / "wallet", person.wallet.clock, QuickSodium()).create(
        "een korte zin van mij", records
    )
    assert not words_checked(wallet)
    assert words_checked(person.wallet)

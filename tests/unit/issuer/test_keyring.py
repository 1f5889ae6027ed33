"""Signing keys: sealed for one organisation and key, rotated, revoked, published with their history."""

from datetime import UTC, datetime, timedelta

import pytest

from issuer.errors import TooManyKeys, UnknownKey
from issuer.organisations.keyring import (
    KINDS,
    completed,
    create_key,
    did_document,
    first_keys,
    open_key,
    revoked,
    rotated,
)
from issuer.organisations.records import KeyState, Organisation, SigningKeyRecord
from issuer.secrets import MasterSecret
from passport.dids import parse_document
from passport.errors.dids import MethodRevoked, PurposeNotAllowed
from passport.errors.storage import SealBroken
from passport.keys import PublicKey, verify_signature

MASTER = MasterSecret("m" * 43)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DID = "did:web:school.example:o:school"


def organisation(keys=None):
    return Organisation.model_construct(
        id="school",
        did=DID,
        name="School",
        url=None,
        created_at=NOW,
        keys=keys or first_keys(MASTER, "school", NOW),
        revision=0,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_sealed_key_signs_what_its_public_half_verifies(kind):
    key = organisation().current(kind)
    assert key.type is kind
    signature = open_key(MASTER, "school", key).sign(b"data")
    verify_signature(PublicKey.from_multikey(key.public_key), b"data", signature)


def test_a_key_opens_for_its_organisation_its_id_and_its_master_secret_only():
    key = organisation().current_key
    moved = key.model_copy(update={"id": "key-2"})
    changed = key.model_copy(update={"sealed": key.sealed[:-1] + bytes((key.sealed[-1] ^ 1,))})
    for master, slug, tried in (
        (MASTER, "other", key),
        (MASTER, "school", moved),
        (MASTER, "school", changed),
        (MasterSecret("n" * 43), "school", key),
    ):
        with pytest.raises(SealBroken):
            open_key(master, slug, tried)


@pytest.mark.parametrize("kind", KINDS)
def test_the_secret_does_not_stand_in_the_record(kind):
    key = organisation().current(kind)
    seed = open_key(MASTER, "school", key).secret
    assert seed not in key.sealed
    assert "m" * 43 not in repr(MASTER)


def names(keys):
    return [(key.id, key.state) for key in keys]


def test_a_rotation_retires_the_former_keys_and_keeps_them_for_verification():
    school = organisation()
    keys = rotated(MASTER, school, LATER)
    assert names(keys) == [
        ("key-2", KeyState.CURRENT),
        ("p256-2", KeyState.CURRENT),
        ("key-1", KeyState.RETIRED),
        ("p256-1", KeyState.RETIRED),
    ]
    assert keys[2].retired_at == keys[3].retired_at == LATER
    document = parse_document(did_document(DID, keys), did=DID)
    for former in ("key-1", "p256-1"):
        document.method(f"{DID}#{former}", "assertionMethod").check_usable(LATER)
    document.method(f"{DID}#key-2", "authentication")
    for other in ("key-1", "p256-1", "p256-2"):
        with pytest.raises(PurposeNotAllowed):
            document.method(f"{DID}#{other}", "authentication")


@pytest.mark.parametrize("leaked", ["key-1", "p256-1"])
def test_a_revoked_key_is_good_for_nothing_and_says_since_when(leaked):
    school = organisation(rotated(MASTER, organisation(), LATER))
    keys = revoked(MASTER, school, leaked, LATER)
    document = parse_document(did_document(DID, keys), did=DID)
    found = next(method for method in document.methods if method.id == f"{DID}#{leaked}")
    with pytest.raises(MethodRevoked):
        found.check_usable(LATER)
    with pytest.raises(MethodRevoked):
        document.method(f"{DID}#{leaked}", "assertionMethod")


@pytest.mark.parametrize(
    ("leaked", "expected"), [("key-1", "key-2 key-1 p256-1"), ("p256-1", "p256-2 key-1 p256-1")]
)
def test_revoking_a_current_key_puts_a_new_one_of_its_kind_in_its_place(leaked, expected):
    keys = revoked(MASTER, organisation(), leaked, LATER)
    assert " ".join(key.id for key in keys) == expected
    assert {key.id for key in keys if key.state is KeyState.REVOKED} == {leaked}
    assert {key.type for key in keys if key.state is KeyState.CURRENT} == set(KINDS)


def test_a_revocation_keeps_its_first_date():
    school = organisation(revoked(MASTER, organisation(), "key-1", NOW))
    [again] = [key for key in revoked(MASTER, school, "key-1", LATER) if key.id == "key-1"]
    assert again.revoked_at == NOW


def test_an_unknown_key_is_not_revoked():
    with pytest.raises(UnknownKey):
        revoked(MASTER, organisation(), "key-9", NOW)


def test_sixty_four_keys_are_the_most():
    school = organisation()
    for _ in range(31):
        school = organisation(rotated(MASTER, school, NOW))
    assert len(school.keys) == 64
    with pytest.raises(TooManyKeys):
        rotated(MASTER, school, NOW)


def test_an_organisation_of_before_gets_the_kind_that_it_lacks_and_nothing_else_changes():
    old = SigningKeyRecord.model_validate(
        create_key(MASTER, "school", "key-1", NOW).model_dump(exclude={"type"})
    )
    keys = completed(MASTER, organisation([old]), LATER)
    assert names(keys) == [("key-1", KeyState.CURRENT), ("p256-1", KeyState.CURRENT)]
    assert keys[0] == old
    assert completed(MASTER, organisation(keys), LATER) is None

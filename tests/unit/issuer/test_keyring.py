"""Signing keys: sealed for one organisation and key, rotated, revoked, published with their history."""

from datetime import UTC, datetime, timedelta

import pytest

from issuer.errors import TooManyKeys, UnknownKey
from issuer.organisations.keyring import create_key, did_document, open_key, revoked, rotated
from issuer.organisations.records import KeyState, Organisation
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
        keys=keys or [create_key(MASTER, "school", "key-1", NOW)],
        revision=0,
    )


def test_a_sealed_key_signs_what_its_public_half_verifies():
    key = organisation().current_key
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


def test_the_seed_does_not_stand_in_the_record():
    key = organisation().current_key
    seed = open_key(MASTER, "school", key).secret
    assert seed not in key.sealed
    assert "m" * 43 not in repr(MASTER)


def test_a_rotation_retires_the_former_key_and_keeps_it_for_verification():
    school = organisation()
    keys = rotated(MASTER, school, LATER)
    assert [(key.id, key.state) for key in keys] == [("key-2", KeyState.CURRENT), ("key-1", KeyState.RETIRED)]
    assert keys[1].retired_at == LATER
    document = parse_document(did_document(DID, keys), did=DID)
    document.method(f"{DID}#key-1", "assertionMethod").check_usable(LATER)
    document.method(f"{DID}#key-2", "authentication")
    with pytest.raises(PurposeNotAllowed):
        document.method(f"{DID}#key-1", "authentication")


def test_a_revoked_key_is_good_for_nothing_and_says_since_when():
    school = organisation(rotated(MASTER, organisation(), LATER))
    keys = revoked(MASTER, school, "key-1", LATER)
    document = parse_document(did_document(DID, keys), did=DID)
    found = next(method for method in document.methods if method.id == f"{DID}#key-1")
    with pytest.raises(MethodRevoked):
        found.check_usable(LATER)
    with pytest.raises(MethodRevoked):
        document.method(f"{DID}#key-1", "assertionMethod")


def test_revoking_the_current_key_puts_a_new_one_in_its_place():
    keys = revoked(MASTER, organisation(), "key-1", LATER)
    assert [(key.id, key.state) for key in keys] == [("key-2", KeyState.CURRENT), ("key-1", KeyState.REVOKED)]


def test_a_revocation_keeps_its_first_date():
    school = organisation(revoked(MASTER, organisation(), "key-1", NOW))
    assert revoked(MASTER, school, "key-1", LATER)[1].revoked_at == NOW


def test_an_unknown_key_is_not_revoked():
    with pytest.raises(UnknownKey):
        revoked(MASTER, organisation(), "key-9", NOW)


def test_sixty_four_keys_are_the_most():
    school = organisation()
    for _ in range(63):
        school = organisation(rotated(MASTER, school, NOW))
    assert len(school.keys) == 64
    with pytest.raises(TooManyKeys):
        rotated(MASTER, school, NOW)

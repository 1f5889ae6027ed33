"""Only passport.verification makes verified things."""

import copy
import dataclasses
from pathlib import Path

import pytest

import passport
from passport.answers import Answer
from passport.documents import DocumentCache
from passport.errors.verification import NotConstructible
from passport.verification import Context, VerifiedCredential, VerifiedPresentation, verify_credential
from tests.simulators.exchange import NOW, Signatory

SCHOOL, WORKER = Signatory.key(1), Signatory.key(2)


def verified() -> VerifiedCredential:
    return verify_credential(SCHOOL.issue(WORKER), Context(DocumentCache(), NOW)).require()


def test_a_verified_credential_cannot_be_made_elsewhere() -> None:
    found = verified()
    facts = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    for seal in (None, object(), True, "seal"):
        with pytest.raises(NotConstructible):
            VerifiedCredential(**facts, seal=seal)


def test_a_verified_presentation_cannot_be_made_elsewhere() -> None:
    with pytest.raises(NotConstructible):
        VerifiedPresentation(None, WORKER.did, (), (), (), NOW, seal=None)  # type: ignore[arg-type]


def test_a_standing_cannot_be_improved_afterwards() -> None:
    found = verified()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.standing = Answer.YES  # type: ignore[misc]
    with pytest.raises((ValueError, TypeError), match="seal"):  # Python up to 3.12, and from 3.13
        dataclasses.replace(found, standing=Answer.YES)
    with pytest.raises(NotConstructible):
        dataclasses.replace(found, standing=Answer.YES, seal=None)


def test_a_copy_says_the_same() -> None:
    assert copy.copy(verified()).standing is Answer.YES


def test_the_seal_is_imported_nowhere_else() -> None:
    root = Path(passport.__file__).parents[1]
    rooms = ("contexts", "passport", "issuer", "wallet", "verifier", "matching")
    using = {
        path.relative_to(root).as_posix()
        for room in rooms
        for path in (root / room).rglob("*.py")
        if "verification.seal" in path.read_text(encoding="utf-8")
    }
    assert using == {
        f"passport/verification/{name}.py"
        for name in ("credential", "endorsement", "presentation", "verified")
    }

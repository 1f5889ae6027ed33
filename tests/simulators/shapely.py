"""Badges of known and of new shapes, and shapes that have seen them."""

from typing import Any

import contexts
from passport.errors import PassportError
from passport.jsonld.canonical import canonicalize_by_expansion
from passport.jsonld.compiled.shapes import Shapes
from tests.simulators.odd_values import OB, V2

CONFIG = {
    "@context": [V2, OB],
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-15T09:00:00Z",
    "verificationMethod": "did:web:a.example#key",
    "proofPurpose": "assertionMethod",
}
Document = dict[str, Any]


def badge(**members: Any) -> Document:
    return {
        "@context": [V2, OB],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:school.example", "type": ["Profile"], "name": "School"},
        "credentialSubject": {
            "id": "did:key:z6Mk",
            "type": ["AchievementSubject"],
            "creditsEarned": 4.5,
            "identifier": [
                {"type": "IdentityObject", "identityHash": "a", "identityType": "x", "hashed": True},
                {"type": "IdentityObject", "identityHash": "b", "identityType": "x", "hashed": True},
            ],
            "achievement": {
                "id": "https://school.example/welding",
                "type": ["Achievement"],
                "name": "Welding",
                "tag": ["metal", "heat"],
                "creditsAvailable": 36,
                "criteria": {"narrative": "Weld."},
            },
        },
        **members,
    }


def knowing(*documents: Document) -> Shapes:
    """Shapes that have seen these documents twice."""
    known = Shapes(contexts.shipped())
    for document in documents:
        see(known, document)
    return known


def see(known: Shapes, document: Document, times: int = 2) -> None:
    text = canonicalize_by_expansion(document)
    for _ in range(times):
        known.saw(document, "sha256", text)


def reference(document: Document, hash_name: str = "sha256") -> str:
    try:
        return canonicalize_by_expansion(document, hash_name=hash_name)
    except PassportError as refused:
        return refused.code


def changed(path: str, value: Any) -> Document:
    """The badge with something else at a path."""
    document = badge()
    *steps, last = path.split(".")
    holder: Any = document
    for step in steps:
        holder = holder[int(step) if step.isdigit() else step]
    holder[int(last) if last.isdigit() else last] = value
    return document


def kind(number: int, issuer: str) -> Document:
    """A document of a shape of its own."""
    achievement = {"id": "urn:a", "type": ["Achievement"], "tag": ["x"] * (number % 64 + 1)}
    subject = {"type": ["AchievementSubject"], "achievement": achievement}
    return badge(issuer=issuer, credentialSubject=[subject] * (number // 64 + 1))

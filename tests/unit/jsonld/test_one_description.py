"""A statement cannot wander from one place to another under the same signature."""

from typing import Any

import pytest

from passport.errors.jsonld import DescribedTwice
from passport.jsonld.canonical import canonicalize
from passport.jsonld.descriptions import Descriptions

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
PROFILE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"


def node(*types: str, **members: str) -> dict[str, Any]:
    made: dict[str, Any] = {f"urn:{key}": [{"@value": value}] for key, value in members.items()}
    return {"@id": "urn:n", **({"@type": list(types)} if types else {}), **made}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (node("urn:T", a="1"), {"@id": "urn:n"}),
        (node("urn:T", a="1"), node("urn:T", a="1")),
        (node("urn:T", a="1", b="2"), node("urn:T", a="1")),
        (node("urn:T", a="1"), node("urn:T", a="1", b="2")),
        (node("urn:T", a="1"), node(b="2")),
        (node("urn:T", a="1"), node("urn:U", b="2")),
        (node(PROFILE, a="1"), node(PROFILE, b="2")),
    ],
)
def test_honest_mentions(one: dict[str, Any], other: dict[str, Any]) -> None:
    seen = Descriptions()
    seen.add("", one)
    seen.add("", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (node("urn:T", a="1"), node("urn:T", b="2")),
        (node("urn:T", a="1"), node("urn:T", a="2")),
        (node("urn:T", a="1", b="2"), node("urn:T", "urn:U", a="1")),
        (node(PROFILE, "urn:T", a="1"), node(PROFILE, "urn:T", b="2")),
    ],
)
def test_one_type_with_different_facts_is_refused(one: dict[str, Any], other: dict[str, Any]) -> None:
    for first, second in ((one, other), (other, one)):
        seen = Descriptions()
        seen.add("", first)
        with pytest.raises(DescribedTwice):
            seen.add("", second)


def test_two_endorsers_may_say_different_things() -> None:
    def endorsement(number: int, comment: str) -> dict[str, Any]:
        return {
            "@context": CONTEXTS,
            "id": f"urn:uuid:{number}",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": f"did:web:endorser{number}.example", "type": ["Profile"]},
            "credentialSubject": {
                "id": "https://school.example/achievements/1",
                "type": ["EndorsementSubject"],
                "endorsementComment": comment,
            },
        }

    achievement = {
        "id": "https://school.example/achievements/1",
        "type": ["Achievement"],
        "name": "Robot programming",
        "endorsement": [endorsement(2, "Useful."), endorsement(3, "We hire on it.")],
    }
    subject = {"id": "did:web:x", "type": ["AchievementSubject"], "achievement": achievement}
    badge = {
        "@context": CONTEXTS,
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "credentialSubject": subject,
    }
    assert "We hire on it." in canonicalize(badge)


def test_graphs_are_apart() -> None:
    seen = Descriptions()
    seen.add("", node("urn:T", a="1"))
    seen.add("_:g", node("urn:T", b="2"))

"""A12: a signed badge rewritten so that readers see another badge. All are refused, and none asks the network.

Each row edits a genuine badge. Where the row stands under SAME_MEANING, JSON-LD says the same in other words
and there is nothing to refuse: the canonical form must then be the very same text.
"""

import copy
import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from passport.errors.credentials import MalformedLanguageValue
from passport.errors.jsonld import (
    DescribedTwice,
    EmptyValue,
    KeywordNotAllowed,
    MisplacedContext,
    NestedArray,
    NotAnAbsoluteIri,
    SecondSpelling,
    TooManyItems,
    UndefinedTerm,
    UnknownContext,
    UnsafeDocument,
)
from passport.jsonld.canonical import canonicalize

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_2 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CRED = "https://www.w3.org/2018/credentials#"
OB_TERMS = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
SUBJECT = ("credentialSubject",)
ACHIEVEMENT = ("credentialSubject", "achievement")
STATUS = {
    "id": "https://attacker.example/status#1",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "1",
    "statusListCredential": "https://attacker.example/status",
}


@dataclass(frozen=True)
class Attack:
    """Set a member, or rename it when `to` is given, or wrap its value."""

    name: str
    refusal: type[Exception]
    key: str
    value: Any = None
    path: tuple[str, ...] = ()
    to: str | None = None

    def on(self, badge: dict[str, Any]) -> dict[str, Any]:
        changed = copy.deepcopy(badge)
        holder = changed
        for step in self.path:
            holder = holder[step]
        if self.to is not None:
            holder[self.to] = holder.pop(self.key)
        elif callable(self.value):
            holder[self.key] = self.value(holder[self.key])
        else:
            holder[self.key] = self.value
        return changed


def contexts(name: str, refusal: type[Exception], *named: Any) -> Attack:
    return Attack(name, refusal, "@context", list(named))


def added(name: str, refusal: type[Exception], key: str, value: Any, *path: str) -> Attack:
    return Attack(name, refusal, key, value, path)


def renamed(name: str, refusal: type[Exception], key: str, to: str, *path: str) -> Attack:
    return Attack(name, refusal, key, path=path, to=to)


ATTACKS = [
    # contexts that change what a term means, or are nowhere to be found
    contexts("inline context after", MisplacedContext, V2, OB, EXTENSIONS, {"validUntil": "urn:nothing"}),
    contexts("inline context before", MisplacedContext, {"validUntil": "urn:nothing"}, V2, OB, EXTENSIONS),
    contexts("inline @vocab", MisplacedContext, V2, OB, EXTENSIONS, {"@vocab": "https://attacker.example/"}),
    contexts("inline @base", MisplacedContext, V2, OB, EXTENSIONS, {"@base": "https://attacker.example/"}),
    contexts("inline @import", MisplacedContext, V2, OB, {"@import": V1}),
    contexts("empty inline context", MisplacedContext, V2, OB, EXTENSIONS, {}),
    contexts("null reset", MisplacedContext, V2, OB, None, EXTENSIONS),
    contexts("null only", MisplacedContext, None),
    contexts("no contexts", MisplacedContext),
    contexts("reordered contexts", MisplacedContext, OB, V2, EXTENSIONS),
    contexts("both credentials contexts", MisplacedContext, V2, V1, OB),
    contexts("both credentials contexts, older first", MisplacedContext, V1, V2, OB),
    contexts("two Open Badges versions", MisplacedContext, V2, OB_2, OB),
    contexts("a context twice", MisplacedContext, V2, OB, OB),
    contexts("nested list of contexts", MisplacedContext, V2, [OB, EXTENSIONS]),
    contexts("unknown context after", UnknownContext, V2, OB, EXTENSIONS, "https://attacker.example/context"),
    contexts("unknown context instead", UnknownContext, "https://attacker.example/context"),
    contexts("loopback context", UnknownContext, V2, OB, EXTENSIONS, "http://127.0.0.1:80/context"),
    contexts("file context", UnknownContext, V2, OB, EXTENSIONS, "file:///etc/passwd"),
    contexts("data context", UnknownContext, V2, OB, EXTENSIONS, "data:application/ld+json,{}"),
    contexts("relative context", UnknownContext, V2, OB, EXTENSIONS, "context.json"),
    contexts("context with a fragment", UnknownContext, V2 + "#", OB, EXTENSIONS),
    contexts("context in other letters", UnknownContext, V2.upper(), OB, EXTENSIONS),
    contexts("300 contexts", TooManyItems, *[V2] * 300),
    contexts("VC 1.1 context under 2.0 fields", UnsafeDocument, V1, OB, EXTENSIONS),
    contexts("extensions left out", UndefinedTerm, V2, OB),
    added("context in the subject", MisplacedContext, "@context", [V2, OB], *SUBJECT),
    added("null context in the subject", MisplacedContext, "@context", None, *SUBJECT),
    added("context in the issuer", MisplacedContext, "@context", {"id": "@type"}, "issuer"),
    added("context in the achievement", MisplacedContext, "@context", [V1], *ACHIEVEMENT),
    # fields that the signature would not cover
    added("undefined term", UndefinedTerm, "level", "9"),
    added("undefined term in the subject", UndefinedTerm, "grade", "A+", *SUBJECT),
    added("undefined term in an alignment", UndefinedTerm, "skill", "x", *ACHIEVEMENT, "criteria"),
    added("undefined term holding a field", UndefinedTerm, "x", {"validUntil": "2099-01-01T00:00:00Z"}),
    added("term out of its scope", UndefinedTerm, "statusPurpose", "revocation"),
    added("VC 1.1 expirationDate", UndefinedTerm, "expirationDate", "2099-01-01T00:00:00Z"),
    added("VC 1.1 issuanceDate", UndefinedTerm, "issuanceDate", "2020-01-01T00:00:00Z"),
    added("verifiableCredential on a credential", UndefinedTerm, "verifiableCredential", [{"id": "urn:x"}]),
    added("holder on a credential", UndefinedTerm, "holder", "did:web:attacker.example"),
    renamed("status under another name", UndefinedTerm, "credentialStatus", "credentialstatus"),
    renamed("status with a look-alike letter", UndefinedTerm, "credentialStatus", "credentialStatuѕ"),
    renamed("status with a space", UndefinedTerm, "credentialStatus", "credentialStatus "),
    added("null status", EmptyValue, "credentialStatus", None),
    added("empty list of evidence", EmptyValue, "evidence", []),
    added("null among evidence", EmptyValue, "evidence", lambda old: [*old, None]),
    # the same statement spelled so that readers miss it
    renamed("validUntil as an address", KeywordNotAllowed, "validUntil", CRED + "validUntil"),
    renamed(
        "credentialStatus as an address", KeywordNotAllowed, "credentialStatus", CRED + "credentialStatus"
    ),
    renamed("issuer as an address", KeywordNotAllowed, "issuer", CRED + "issuer"),
    renamed(
        "achievement as an address", KeywordNotAllowed, "achievement", OB_TERMS + "achievement-0", *SUBJECT
    ),
    renamed("a field with a prefix", KeywordNotAllowed, "validUntil", "cred:validUntil"),
    renamed("criteria as a type's name", SecondSpelling, "criteria", "Criteria", *ACHIEVEMENT),
    renamed("id as a keyword", KeywordNotAllowed, "id", "@id"),
    renamed("type as a keyword", KeywordNotAllowed, "type", "@type"),
    renamed("subject id as a keyword", KeywordNotAllowed, "id", "@id", *SUBJECT),
    added(
        "a type as an address",
        SecondSpelling,
        "type",
        ["VerifiableCredential", OB_TERMS + "OpenBadgeCredential"],
    ),
    added("a type with a prefix", UnsafeDocument, "type", ["VerifiableCredential", "cred:x y"]),
    added("a type named like a field", SecondSpelling, "type", ["VerifiableCredential", "criteria"]),
    # keywords that move statements elsewhere
    added("@included", KeywordNotAllowed, "@included", [STATUS]),
    added("@reverse", KeywordNotAllowed, "@reverse", {"credentialStatus": {"id": "urn:x"}}),
    added("@graph", KeywordNotAllowed, "@graph", [{"id": "urn:x"}]),
    added("@nest", KeywordNotAllowed, "@nest", {"validUntil": "2099-01-01T00:00:00Z"}),
    added("@set", KeywordNotAllowed, "credentialStatus", lambda old: {"@set": [old]}),
    added("@list", KeywordNotAllowed, "credentialStatus", lambda old: {"@list": [old]}),
    added("@json", KeywordNotAllowed, "credentialStatus", lambda old: {"@type": "@json", "@value": old}),
    added("@value", KeywordNotAllowed, "name", lambda old: {"@value": old}),
    added("@type on a text", MalformedLanguageValue, "name", lambda old: {"@value": old, "@type": "urn:t"}),
    added("@language elsewhere", KeywordNotAllowed, "id", lambda old: {"@value": old, "@language": "nl"}),
    added("@direction elsewhere", UnsafeDocument, "type", lambda old: {"@value": old, "@direction": "rtl"}),
    added("@index", KeywordNotAllowed, "@index", "x"),
    added("@unknown", KeywordNotAllowed, "@unknown", "x"),
    added("nested list of statuses", NestedArray, "credentialStatus", lambda old: [[old]]),
    added("nested list of evidence", NestedArray, "evidence", lambda old: [old]),
    # identifiers that are not what they look like
    added("relative issuer", NotAnAbsoluteIri, "issuer", "issuer"),
    added("relative subject", NotAnAbsoluteIri, "id", "subject", *SUBJECT),
    added("empty subject", NotAnAbsoluteIri, "id", "", *SUBJECT),
    added("subject with a space", NotAnAbsoluteIri, "id", "did:example:a b", *SUBJECT),
    added("subject with a line end", NotAnAbsoluteIri, "id", lambda old: old + "\n", *SUBJECT),
    added("subject that ends its term", NotAnAbsoluteIri, "id", "urn:x> <urn:p> <urn:o", *SUBJECT),
    added("blank subject", NotAnAbsoluteIri, "id", "_:b0", *SUBJECT),
    added("subject like a keyword", NotAnAbsoluteIri, "id", "@x", *SUBJECT),
    added("subject without a scheme", NotAnAbsoluteIri, "id", "//school.example/", *SUBJECT),
    added("issuer without a scheme", NotAnAbsoluteIri, "issuer", "//school.example/"),
    added(
        "status list without a scheme",
        NotAnAbsoluteIri,
        "statusListCredential",
        "//a.example/",
        "credentialStatus",
    ),
    added("issuer like a keyword", NotAnAbsoluteIri, "issuer", "@none"),
    added("achievement like a keyword", NotAnAbsoluteIri, "id", "@value", *ACHIEVEMENT),
    added("two subjects in one id", UnsafeDocument, "id", ["urn:a", "urn:b"], *SUBJECT),
    added("an object as id", UnsafeDocument, "id", {"id": "urn:a"}, *SUBJECT),
    added("a number as type", UnsafeDocument, "type", [1], *SUBJECT),
    # a node described again, so that its statements can wander
    added(
        "an endorsement that describes the credential anew",
        DescribedTwice,
        "endorsement",
        lambda _: [
            {
                "@context": [V2, OB],
                "id": "urn:uuid:2",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "issuer": "did:web:attacker.example",
                "credentialSubject": {
                    "id": "urn:uuid:6f0c7a6e-1f5c-4d0e-9a55-3c2d9f1b7e10",
                    "type": ["EndorsementSubject", "VerifiableCredential"],
                    "validUntil": "2099-01-01T00:00:00Z",
                },
            }
        ],
    ),
    added(
        "evidence that is the credential with another end",
        DescribedTwice,
        "evidence",
        [
            {
                "id": "urn:uuid:6f0c7a6e-1f5c-4d0e-9a55-3c2d9f1b7e10",
                "type": ["VerifiableCredential"],
                "validUntil": "2099-01-01T00:00:00Z",
            }
        ],
    ),
    added(
        "a source that is the subject with another achievement",
        DescribedTwice,
        "source",
        {
            "id": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
            "type": ["Profile", "AchievementSubject"],
            "achievement": {"id": "https://attacker.example/a", "type": ["Achievement"]},
        },
        *SUBJECT,
    ),
]


@pytest.fixture
def badge(samples: Path) -> dict[str, Any]:
    genuine: dict[str, Any] = json.loads((samples / "realistic.json").read_text())
    genuine.setdefault("endorsement", "urn:uuid:0")
    return genuine


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A spy in the place of every way out."""
    asked: list[Any] = []

    def ask(*arguments: Any, **_named: Any) -> None:
        asked.append(arguments)
        raise OSError

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, ask)
    return asked


def test_the_badge_itself_is_good(badge: dict[str, Any]) -> None:
    assert canonicalize(badge)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack_is_refused_without_asking_anyone(
    badge: dict[str, Any], no_network: list[Any], attack: Attack
) -> None:
    with pytest.raises(attack.refusal):
        canonicalize(attack.on(badge))
    assert no_network == []


SAME_MEANING = [
    contexts("known contexts in another order", UnsafeDocument, V2, EXTENSIONS, OB),
    contexts(
        "a further known context",
        UnsafeDocument,
        V2,
        OB,
        EXTENSIONS,
        "https://w3id.org/security/data-integrity/v2",
    ),
    added("one item in a list", UnsafeDocument, "credentialStatus", lambda old: [old]),
    added("types in another order", UnsafeDocument, "type", lambda old: old[::-1]),
]


@pytest.mark.parametrize("change", SAME_MEANING, ids=lambda change: change.name)
def test_what_means_the_same_is_signed_the_same(badge: dict[str, Any], change: Attack) -> None:
    assert canonicalize(change.on(badge)) == canonicalize(badge)


def test_a_status_cannot_wander_into_an_endorsement() -> None:
    """All objects with one id are one RDF node: the quads stay, and a reader of the credential sees no status."""
    signed = {
        "@context": [V2, OB],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": "did:web:school.example",
        "credentialSubject": {"id": "did:web:x", "type": ["AchievementSubject"]},
        "credentialStatus": STATUS,
        "endorsement": [
            {
                "@context": [V2, OB],
                "id": "urn:uuid:2",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "issuer": "did:web:employer.example",
                "credentialSubject": {"id": "urn:uuid:1", "type": ["EndorsementSubject"]},
            }
        ],
    }
    assert canonicalize(signed)
    moved = copy.deepcopy(signed)
    subject = moved["endorsement"][0]["credentialSubject"]
    subject["type"] = ["EndorsementSubject", "VerifiableCredential"]
    subject["credentialStatus"] = moved.pop("credentialStatus")
    with pytest.raises(DescribedTwice):
        canonicalize(moved)


def test_enough_was_tried() -> None:
    assert len(ATTACKS) + len(SAME_MEANING) >= 60
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)

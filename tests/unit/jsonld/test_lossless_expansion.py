"""Nothing of a document is dropped: what is signed is what is read."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import contexts
from passport.errors.jsonld import NotAnAbsoluteIri, SecondSpelling, UndefinedTerm, UnsafeDocument
from passport.jsonld.canonical import canonicalize
from passport.jsonld.expand import check_leaves_land

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

BADGE: dict[str, Any] = {
    "@context": [V2, OB],
    "id": "urn:uuid:6f0c7a6e-1f5c-4d0e-9a55-3c2d9f1b7e10",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Robot programming",
    "issuer": {"id": "did:web:school.example", "type": ["Profile"], "name": "School"},
    "validFrom": "2026-01-15T09:00:00Z",
    "validUntil": "2031-01-15T09:00:00Z",
    "credentialSubject": {
        "id": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "identityHash": "x", "identityType": "emailAddress", "hashed": True}
        ],
        "achievement": {
            "id": "https://school.example/achievements/1",
            "type": ["Achievement"],
            "achievementType": "Competency",
            "name": "Robot programming",
            "description": "Programs robots.",
            "criteria": {"narrative": "Shows source code."},
            "tag": ["robots", "python"],
            "creditsAvailable": 2.5,
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": "program robots",
                    "targetUrl": "http://data.europa.eu/esco/skill/1",
                    "targetFramework": "ESCO 1.1.1",
                }
            ],
        },
        "result": [{"type": ["Result"], "value": "A"}],
    },
    "evidence": [{"id": "https://school.example/e/1", "type": ["Evidence"], "genre": "examination"}],
    "credentialStatus": {
        "id": "https://school.example/status/3#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": "https://school.example/status/3",
    },
}

Path_ = tuple[str | int, ...]


def objects(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, dict):
        yield path
        for key, member in value.items():
            yield from objects(member, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from objects(item, (*path, index))


def at(document: Any, path: Path_) -> Any:
    for step in path:
        document = document[step]
    return document


KEYS = [(path, key) for path in objects(BADGE) for key in at(BADGE, path) if key != "@context"]
OBJECTS = list(objects(BADGE))
NAMES = st.text(min_size=1, max_size=12).filter(lambda name: name not in contexts.document(OB)["@context"])


def refused(document: dict[str, Any]) -> bool:
    try:
        canonicalize(document)
    except UnsafeDocument:
        return True
    return False


def test_the_badge_itself_is_accepted() -> None:
    assert canonicalize(BADGE).count("\n") == 41


@given(where=st.sampled_from(KEYS), name=NAMES)
@settings(max_examples=400, deadline=None)
def test_renaming_any_key_is_refused_or_changes_what_is_signed(where: tuple[Path_, str], name: str) -> None:
    """Names that no context knows are refused; a few known ones are other statements, so other quads."""
    path, key = where
    changed = copy.deepcopy(BADGE)
    holder = at(changed, path)
    if name in holder:
        return
    holder[name] = holder.pop(key)
    assert refused(changed) or canonicalize(changed) != canonicalize(BADGE)


@pytest.mark.parametrize(("path", "key"), KEYS, ids=str)
def test_renaming_a_key_to_an_unknown_one_is_refused(path: Path_, key: str) -> None:
    changed = copy.deepcopy(BADGE)
    holder = at(changed, path)
    holder[f"{key}Xyz"] = holder.pop(key)
    assert refused(changed)


@given(
    where=st.sampled_from(OBJECTS),
    name=NAMES,
    value=st.sampled_from(["x", 1, True, {}, {"id": "urn:x"}, ["x"]]),
)
@settings(max_examples=300, deadline=None)
def test_adding_a_member_is_refused_or_changes_what_is_signed(where: Path_, name: str, value: Any) -> None:
    changed = copy.deepcopy(BADGE)
    holder = at(changed, where)
    if name in holder:
        return
    holder[name] = value
    assert refused(changed) or canonicalize(changed) != canonicalize(BADGE)


KNOWN_TERMS = sorted(
    {term for url in (V2, OB) for term in contexts.document(url)["@context"] if not term.startswith("@")}
    | {
        inner
        for url in (V2, OB)
        for made in contexts.document(url)["@context"].values()
        if isinstance(made, dict)
        for inner in made.get("@context") or ()
        if not inner.startswith("@")
    }
)


@pytest.mark.parametrize(("path", "key"), KEYS, ids=str)
def test_no_two_names_of_a_field_are_signed_alike(path: Path_, key: str) -> None:
    """Renamed to any other term of the contexts, the badge is refused or is another badge."""
    signed = canonicalize(BADGE)
    for term in KNOWN_TERMS:
        changed = copy.deepcopy(BADGE)
        holder = at(changed, path)
        if term in holder:
            continue
        holder[term] = holder.pop(key)
        assert refused(changed) or canonicalize(changed) != signed, term


@pytest.mark.parametrize(
    "value", ["x", "", "/x", "#x", "a b", "issuer.example", "_:b0", "cred:x y", "did:key:z\n"]
)
@pytest.mark.parametrize(
    "path", [(), ("issuer",), ("credentialSubject", "achievement"), ("credentialStatus",)]
)
def test_identifiers_must_be_absolute(path: Path_, value: str) -> None:
    changed = copy.deepcopy(BADGE)
    at(changed, path)["id"] = value
    with pytest.raises(NotAnAbsoluteIri):
        canonicalize(changed)


def test_an_identifier_written_with_a_prefix_is_refused() -> None:
    """`cred` is a prefix in the VC 1.1 context: what is read would not be what is signed."""
    document: dict[str, Any] = {
        "@context": [V1],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": "did:web:school.example",
        "issuanceDate": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": "did:web:x"},
    }
    canonicalize(document)
    with pytest.raises(NotAnAbsoluteIri):
        canonicalize({**document, "issuer": "cred:x"})
    with pytest.raises(NotAnAbsoluteIri):
        canonicalize({**document, "id": "cred:x"})


@pytest.mark.parametrize("name", ["Unknown", "x", "", " ", "Évidence", "verifiablecredential"])
def test_types_must_be_defined(name: str) -> None:
    changed = copy.deepcopy(BADGE)
    changed["type"].append(name)
    with pytest.raises(UnsafeDocument):
        canonicalize(changed)


def test_a_type_that_is_an_address_without_a_name_is_kept() -> None:
    changed = copy.deepcopy(BADGE)
    changed["evidence"][0]["type"].append("https://school.example/types/Exam")
    assert "<https://school.example/types/Exam>" in canonicalize(changed)
    changed["evidence"][0]["type"][-1] = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence"
    with pytest.raises(SecondSpelling):
        canonicalize(changed)


def test_json_literals_are_signed_whole() -> None:
    changed = copy.deepcopy(BADGE)
    schema = {"type": ["object", None], "properties": {"@id": {"a:b": []}}, "maximum": 1.5}
    changed["credentialSchema"] = {"id": "urn:schema", "type": "JsonSchema"}
    plain = canonicalize(changed)
    embedded = {"type": "JsonSchemaCredential", "id": "urn:schema"}
    assert canonicalize({**changed, "credentialSchema": embedded}) != plain
    document = {
        "@context": [V2],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": "did:web:school.example",
        "credentialSubject": {"id": "urn:x", "type": "JsonSchema", "jsonSchema": schema},
    }
    text = canonicalize(document)
    assert r"\"maximum\":1.5" in text
    assert r"[\"object\",null]" in text


def test_a_literal_term_out_of_its_scope_is_refused() -> None:
    changed = copy.deepcopy(BADGE)
    changed["jsonSchema"] = {"type": "object"}
    with pytest.raises(UndefinedTerm):
        canonicalize(changed)


@pytest.mark.parametrize(
    "expanded",
    [
        {"urn:p": [{"@value": "x", "@direction": "rtl"}]},
        {"urn:p": [{"@value": "x", "@index": "i"}]},
        {"@reverse": {"urn:p": [{"@id": "urn:x"}]}},
        {"@included": [{"@id": "urn:x"}]},
    ],
)
def test_what_quads_do_not_hold_is_refused(expanded: dict[str, Any]) -> None:
    with pytest.raises(UnsafeDocument):
        check_leaves_land({}, [expanded], frozenset())


@pytest.mark.parametrize(
    ("written", "expanded"),
    [
        ({"a": "x", "b": "y"}, {"urn:p": [{"@value": "x"}]}),
        ({"a": "x"}, {"urn:p": [{"@value": "y"}]}),
        ({"a": "x"}, {"urn:p": [{"@value": "urn:x"}]}),
        ({"a": "x"}, {"urn:p": [{"@value": "x"}, {"@value": "urn:more"}]}),
        ({"a": 1}, {"urn:p": [{"@value": True}]}),
        ({"a": 1}, {"urn:p": [{"@value": "1"}]}),
        ({"a": "urn:x"}, {"urn:p": [{"@id": "urn:y"}]}),
        ({"a": "x"}, {"urn:p": [{"@id": "https://relative.invalid/x"}]}),
        ({"a": "x"}, {"@type": ["https://relative.invalid/x"]}),
        ({"j": {"x": 1}}, {"urn:p": [{"@value": "x"}]}),
    ],
)
def test_a_leaf_that_does_not_land_as_itself_is_refused(
    written: dict[str, Any], expanded: dict[str, Any]
) -> None:
    with pytest.raises(UnsafeDocument):
        check_leaves_land(written, [expanded], frozenset({"j"}))


def test_a_whole_document_without_meaning_is_refused(samples: Path) -> None:
    realistic = json.loads((samples / "realistic.json").read_text())
    for named in (
        "https://w3id.org/security/multikey/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ):
        with pytest.raises(UndefinedTerm):
            canonicalize({**realistic, "@context": named})

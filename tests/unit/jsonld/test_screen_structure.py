"""The one accepted way to write a document, and every limit at n and n + 1."""

from typing import Any

import pytest

from passport import limits
from passport.errors import JsonTooDeep
from passport.errors.jsonld import (
    EmptyValue,
    KeywordNotAllowed,
    MisplacedContext,
    NestedArray,
    SecondSpelling,
    TooManyBlankNodes,
    TooManyItems,
    UnknownContext,
    UnsafeDocument,
)
from passport.jsonld.screen import Size, check_structure

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OLD_OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
INTEGRITY = "https://w3id.org/security/data-integrity/v2"
MULTIKEY = "https://w3id.org/security/multikey/v1"


def document(**members: Any) -> dict[str, Any]:
    return {"@context": [V2, OB], "id": "urn:uuid:1", "type": ["VerifiableCredential"], **members}


@pytest.mark.parametrize(
    "named",
    [
        V2,
        [V2],
        [V1],
        [V2, OB],
        [V2, OB, EXTENSIONS],
        [V2, EXTENSIONS, OB],
        [V1, OLD_OB, EXTENSIONS, INTEGRITY],
        [INTEGRITY],
        [MULTIKEY],
    ],
)
def test_contexts_in_their_order(named: Any) -> None:
    check_structure({**document(), "@context": named})


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        (None, MisplacedContext),
        ([], MisplacedContext),
        ({}, MisplacedContext),
        ({V2: V2}, MisplacedContext),
        ([None, V2], MisplacedContext),
        ([V2, None], MisplacedContext),
        ([[V2]], MisplacedContext),
        ([V2, {"name": "https://example.org/name"}], MisplacedContext),
        ([V2, V2], MisplacedContext),
        ([OB, V2], MisplacedContext),
        ([V2, V1], MisplacedContext),
        ([V2, OB, OLD_OB], MisplacedContext),
        ([V2, "https://example.org/context"], UnknownContext),
        ([V2, OB + "#"], UnknownContext),
        ([V2 + "/", OB], UnknownContext),
        (["http://www.w3.org/ns/credentials/v2"], UnknownContext),
        ([" " + V2], UnknownContext),
        ("", UnknownContext),
    ],
)
def test_other_contexts_are_refused(named: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_structure({**document(), "@context": named})


def test_a_document_without_context_is_refused() -> None:
    with pytest.raises(MisplacedContext):
        check_structure({"type": "VerifiableCredential"})


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        ({"@id": "urn:x"}, KeywordNotAllowed),
        ({"@type": "Profile"}, KeywordNotAllowed),
        ({"@graph": [{}]}, KeywordNotAllowed),
        ({"@unknown": "x"}, KeywordNotAllowed),
        ({"issuer": {"@value": "x"}}, KeywordNotAllowed),
        ({"https://www.w3.org/2018/credentials#validUntil": "x"}, KeywordNotAllowed),
        ({"cred:validUntil": "x"}, KeywordNotAllowed),
        ({":": "x"}, KeywordNotAllowed),
        ({"": "x"}, UnsafeDocument),
        ({"Criteria": "x"}, SecondSpelling),
        ({"evidence": {"type": "image"}}, SecondSpelling),
        ({"evidence": {"type": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence"}}, SecondSpelling),
        ({"evidence": {"type": "@json"}}, KeywordNotAllowed),
        ({"evidence": {"type": {"id": "Evidence"}}}, UnsafeDocument),
        ({"evidence": {"type": [1]}}, UnsafeDocument),
        ({"evidence": [["x"]]}, NestedArray),
        ({"evidence": []}, EmptyValue),
        ({"name": None}, EmptyValue),
        ({"evidence": [None]}, EmptyValue),
        ({"issuer": {"@context": [V2]}}, MisplacedContext),
        ({"credentialSubject": {"achievement": {"@context": V2}}}, MisplacedContext),
        ({"verifiableCredential": [{"@context": [V2], "type": "VerifiableCredential"}]}, MisplacedContext),
        ({"endorsement": {"@context": [V2], "type": "Profile"}}, MisplacedContext),
        ({"proof": {"@context": [OB, V2]}}, MisplacedContext),
        ({"proof": {"@context": [V2, OB, EXTENSIONS]}}, MisplacedContext),
    ],
)
def test_second_ways_of_writing_are_refused(members: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_structure(document(**members))


@pytest.mark.parametrize("embedded", ["text", ["x"], 1])
def test_what_is_no_object_is_refused(embedded: Any) -> None:
    with pytest.raises(UnsafeDocument):
        check_structure(embedded)


def test_a_presentation_embeds_credentials_with_contexts() -> None:
    credential = document()
    size = check_structure(
        {"@context": V2, "type": ["VerifiablePresentation"], "verifiableCredential": [credential, credential]}
    )
    assert size == Size() + Size() + Size()


def test_an_embedded_credential_is_held_to_the_same_rules() -> None:
    credential = document(issuer={"@context": [V2]})
    with pytest.raises(MisplacedContext):
        check_structure(
            {"@context": V2, "type": "VerifiablePresentation", "verifiableCredential": credential}
        )


def test_an_endorsement_and_a_proof_may_name_contexts() -> None:
    endorsement = {"@context": [V2, OB], "type": ["VerifiableCredential", "EndorsementCredential"]}
    check_structure(document(issuer={"endorsement": [endorsement]}, proof={"@context": [V2], "type": "x"}))


def test_json_literals_are_not_looked_into_but_for_their_depth() -> None:
    schema = {"type": "JsonSchema", "jsonSchema": {"$ref": None, "a:b": [[]], "@id": {}}}
    check_structure(document(credentialSchema=schema))
    deep: Any = "x"
    for _ in range(limits.CREDENTIAL.depth):
        deep = [deep]
    with pytest.raises(JsonTooDeep):
        check_structure(document(credentialSchema={"jsonSchema": deep}))


@pytest.mark.parametrize(
    ("key", "most"),
    [
        ("tag", limits.DOCUMENT.tags),
        ("evidence", limits.DOCUMENT.evidence),
        ("proof", limits.DOCUMENT.proofs),
        ("credentialStatus", limits.DOCUMENT.statuses),
        ("verifiableCredential", limits.DOCUMENT.credentials),
        ("result", limits.CREDENTIAL.array),
    ],
)
def test_lists_at_their_limit(key: str, most: int) -> None:
    check_structure(document(**{key: ["x"] * most}))
    with pytest.raises(TooManyItems):
        check_structure(document(**{key: ["x"] * (most + 1)}))


def test_types_at_their_limit() -> None:
    check_structure(document(type=["X"] * limits.DOCUMENT.types))
    with pytest.raises(TooManyItems):
        check_structure(document(type=["X"] * (limits.DOCUMENT.types + 1)))


def test_contexts_at_their_limit() -> None:
    four = [V2, OB, EXTENSIONS, INTEGRITY]
    check_structure({**document(), "@context": four})
    with pytest.raises(TooManyItems):
        check_structure({**document(), "@context": [*four, MULTIKEY]})


def test_keys_at_their_limit() -> None:
    most = limits.CREDENTIAL.array
    check_structure(document(issuer={f"k{n}": 1 for n in range(most)}))
    with pytest.raises(TooManyItems):
        check_structure(document(issuer={f"k{n}": 1 for n in range(most + 1)}))


def nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"id": "urn:x"}
    for _ in range(levels - 1):
        inner = {"id": "urn:x", "a": inner}
    return inner


def test_depth_at_its_limit() -> None:
    check_structure(document(issuer=nested(limits.CREDENTIAL.depth - 1)))
    with pytest.raises(JsonTooDeep):
        check_structure(document(issuer=nested(limits.CREDENTIAL.depth)))


def test_blank_nodes_at_their_limit() -> None:
    most = limits.DOCUMENT.blank_nodes
    check_structure(document(result=[{"value": "A"}] * most))
    with pytest.raises(TooManyBlankNodes):
        check_structure(document(result=[{"value": "A"}] * (most + 1)))


def test_nodes_at_their_limit() -> None:
    def with_nodes(count: int) -> dict[str, Any]:
        nodes = [{"id": "urn:x"}] * (count - 1)
        return document(a=nodes[:100], b=nodes[100:])

    check_structure(with_nodes(limits.DOCUMENT.nodes))
    with pytest.raises(TooManyItems):
        check_structure(with_nodes(limits.DOCUMENT.nodes + 1))


def test_values_at_their_limit() -> None:
    def with_values(count: int) -> dict[str, Any]:
        left, members = count - 2, {}
        while left:
            members[f"k{len(members)}"] = ["x"] * min(left, 256)
            left -= min(left, 256)
        return document(**members)

    check_structure(with_values(limits.DOCUMENT.values))
    with pytest.raises(TooManyItems):
        check_structure(with_values(limits.DOCUMENT.values + 1))

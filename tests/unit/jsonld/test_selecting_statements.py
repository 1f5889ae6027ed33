"""Which statements a part of a document makes: lists, graphs, literals, languages and what is no node."""

import json
import re

import pytest

from contexts import shipped
from passport.errors import NotUnicode
from passport.errors.jsonld import UnsafeDocument
from passport.jsonld.canonical import canonicalize
from passport.jsonld.nquads import line
from passport.jsonld.selecting import (
    canonical_labels,
    canonical_statements,
    labelled,
    name_nodes,
)
from passport.proofs import selective
from passport.proofs.ecdsa_sd.pointers import select
from tests.simulators.selective import BADGE, changed, issue, show, verify

CONTEXT = b"""{"@context": {
    "Thing": "https://example.org/Thing",
    "made": {"@id": "https://example.org/made", "@type": "@json"},
    "steps": {"@id": "https://example.org/steps", "@container": "@list"},
    "parts": {"@id": "https://example.org/parts", "@type": "@id"},
    "labels": {"@id": "https://example.org/labels", "@container": "@language"}
}}"""
KNOWN = shipped().with_documents({"https://example.org/v1": CONTEXT})
ROOT = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://example.org/v1"],
    "type": ["VerifiableCredential"],
}


def part_of(document, *pointers):
    named = name_nodes({**ROOT, **document}, KNOWN)
    return named, named.part(select(named.document, pointers))


DOCUMENTS = {
    "plain": {"name": "x"},
    "nodes": {"parts": [{"type": "Thing", "name": "a"}, {"type": "Thing", "name": "a"}]},
    "a JSON literal": {"made": {"id": 1, "a": 2, "inner": [{"x": None}, {}], "@context": 3}},
    "a list": {"steps": ["a", "b", "a"]},
    "a list of one": {"steps": "a"},
    "a list of nodes": {"steps": [{"type": "Thing", "name": "a"}, "b", {"type": "Thing", "steps": ["c", "d"]}]},
    "two lists": {"steps": ["a"], "parts": {"type": "Thing", "steps": ["a"]}},
    "graphs": {"proof": [{"type": "DataIntegrityProof", "created": "2026-01-01T00:00:00Z"}, {"type": "DataIntegrityProof", "id": "urn:uuid:1"}]},
    "texts": {"name": [{"@value": "naam", "@language": "nl"}, {"@value": "nom", "@language": "fr", "@direction": "ltr"}]},
    "odd texts": {"name": '_:c14n0 <urn:x> "_:c14n1" .\\n\u2028\u0085\x7f\n_:c14n0', "description": 'a" _:c14n0'},
    "identifiers": {"id": "urn:bnid:1", "parts": {"id": "urn:bnid:2", "name": "x"}},
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_naming_nodes_changes_no_statement(name):
    document = {**ROOT, **DOCUMENTS[name]}
    named = name_nodes(document, KNOWN)
    canonical = canonicalize(document, contexts=KNOWN)
    assert not any(re.fullmatch(r"_:b\d{1,3}", term) for quad in named.quads for term in quad)
    assert "".join(labelled(named.quads, canonical_labels(named.quads))) == canonical
    quads, labels = canonical_statements(document, KNOWN)
    assert "".join(sorted(map(line, quads))) == canonical
    assert labels == set(canonical_labels(named.quads).values())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_member_is_a_part(name):
    for member in DOCUMENTS[name]:
        named, quads = part_of(DOCUMENTS[name], f"/{member}")
        assert quads <= named.quads
    _, all_of_them = part_of(DOCUMENTS[name], *(f"/{member}" for member in DOCUMENTS[name]))
    assert all_of_them == named.quads


def test_a_part_has_the_statements_on_its_way():
    document = {"name": "x", "parts": [{"type": "Thing", "name": "a", "description": "b"}, {"name": "c"}]}
    _, quads = part_of(document, "/parts/0/name")
    lines = "".join(sorted(map(line, quads)))
    assert lines.count("\n") == 4  # the root's type, the way down, the thing's type, its name
    assert '"a"' in lines
    assert not {'"x"', '"b"', '"c"'} & set(lines.split())


@pytest.mark.parametrize("pointer", ["/made/inner", "/made/inner/0", "/made/id"])
def test_a_json_literal_is_not_cut(pointer):
    with pytest.raises(UnsafeDocument):
        part_of(DOCUMENTS["a JSON literal"], pointer)


@pytest.mark.parametrize("pointer", ["/steps/0", "/steps/1", "/steps/2"])
def test_a_list_in_order_is_not_cut(pointer):
    with pytest.raises(UnsafeDocument):
        part_of(DOCUMENTS["a list"], pointer)


def test_two_lists_of_one_node_cannot_be_told_apart():
    document = {
        "parts": [{"id": "urn:a", "steps": ["a"]}, {"id": "urn:a", "steps": ["b"]}],
    }
    with pytest.raises(UnsafeDocument):
        name_nodes({**ROOT, **document}, KNOWN)


def test_a_node_where_another_scope_has_a_literal():
    """Objects in a literal get no names. Where they are nodes after all, the document is refused."""
    scoped = b"""{"@context": {
        "Odd": {"@id": "https://example.org/Odd", "@context": {
            "made": {"@id": "https://example.org/made", "@type": "@id"}
        }},
        "made": {"@id": "https://example.org/made", "@type": "@json"}
    }}"""
    known = shipped().with_documents({"https://example.org/v1": scoped})
    for made in ({}, {"type": "Odd"}, {"made": {}}, [{}, {}]):
        with pytest.raises(UnsafeDocument):
            name_nodes({**ROOT, "type": ["VerifiableCredential", "Odd"], "made": made}, known)


def test_an_object_that_is_no_node():
    with pytest.raises(UnsafeDocument):
        name_nodes({**ROOT, "labels": {"en": "Welding", "nl": "Lassen"}}, KNOWN)


def test_half_a_character():
    with pytest.raises(NotUnicode):
        name_nodes({**ROOT, "name": "\ud800"}, KNOWN)
    named = name_nodes({**ROOT, "name": "x"}, KNOWN)
    broken = frozenset((s, p, '"\ud800"', g) for s, p, _, g in named.quads if _ == '"x"')
    with pytest.raises(NotUnicode):
        canonical_labels(broken)


def test_the_open_badges_examples_can_be_shown_in_part(samples):
    """The specification's complete example has lists, and endorsements with proofs in graphs of their own."""
    badge = json.loads((samples / "complete.json").read_bytes())
    badge.pop("proof", None)
    base = issue(badge, mandatory=["/issuer", "/validFrom"])
    assert verify(base, allow_base_proof=True)
    for pointers in (
        ["/name"],
        ["/endorsement"],
        ["/endorsement/0/proof", "/credentialSubject/achievement/resultDescription"],
        [f"/{member}" for member in badge if member != "@context"],
    ):
        assert verify(show(base, *pointers))
    with pytest.raises(UnsafeDocument):
        show(base, "/credentialSubject/achievement/resultDescription/1/allowedValue/0")


def test_a_text_that_looks_like_a_label_stays_a_text():
    badge = changed(BADGE, lambda it: it.update(description="_:c14n0 _:c14n1 <urn:x> ."))
    shown = show(issue(badge), "/description", "/evidence/0")
    assert verify(shown)
    assert selective.is_base_proof(issue(badge))

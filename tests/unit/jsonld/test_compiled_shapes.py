"""Compiled canonicalisation says what expansion says, or nothing: guard by guard, and within its bounds."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import contexts
from passport import limits
from passport.errors.jsonld import PoisonGraph
from passport.jsonld.canonical import canonicalize
from passport.jsonld.compiled import learn as learn_module
from passport.jsonld.compiled import shapes as shapes_module
from passport.jsonld.compiled.shapes import Shapes
from passport.jsonld.processor import BASE
from tests.simulators.odd_values import V2
from tests.simulators.shapely import CONFIG, Document, badge, changed, knowing, reference, see


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
@pytest.mark.parametrize("name", ["basic", "realistic", "complete"])
def test_a_sample_is_compiled_when_it_comes_again(samples: Path, name: str, hash_name: str) -> None:
    document = json.loads((samples / f"{name}.json").read_text())
    document.pop("proof", None)
    known = Shapes(contexts.shipped())
    assert known.canonicalize(document, hash_name) is None
    see(known, document, times=1)
    assert known.canonicalize(document, hash_name) is None
    see(known, document, times=1)
    assert known.canonicalize(document, hash_name) == reference(document, hash_name)
    other = {**document, "issuer": {**document["issuer"], "name": "Another"}}
    assert (
        known.canonicalize(other, hash_name) == reference(other, hash_name) != reference(document, hash_name)
    )


def test_a_proof_configuration_is_compiled_too() -> None:
    known = knowing(CONFIG)
    for change in ({}, {"created": "2027-01-01T00:00:00Z"}, {"cryptosuite": 'x"y'}):
        document = {**CONFIG, **change}
        assert known.canonicalize(document, "sha256") == reference(document)
    assert known.canonicalize({**CONFIG, "proofPurpose": "authentication"}, "sha256") is None


FITS = {
    "quote": ("issuer.name", 'a "school"'),
    "backslash": ("issuer.name", "a\\b"),
    "line feed": ("credentialSubject.achievement.criteria.narrative", "a\nb\r\n"),
    "control character": ("issuer.name", "\x00\x1f"),
    "delete": ("issuer.name", "\x7f"),
    "source text": ("issuer.name", "{v0}' + str(v1) + '\\"),
    "line separator": ("issuer.name", "\x85\u2028"),
    "beyond the plane": ("issuer.name", "\U0001f916 é"),
    "nothing": ("issuer.name", ""),
    "address as a text": ("issuer.name", "urn:x"),
    "quads in a text": ("issuer.name", 'x" .\n<urn:a> <urn:b> "'),
    "another address": ("id", "https://a.example/~x?y=[1]&z='#'"),
    "address that sorts first": ("credentialSubject.achievement.id", "data:,x"),
    "address that begins like another": ("credentialSubject.achievement.id", "urn:uuid:11"),
    "the same text twice": ("credentialSubject.achievement.tag.1", "metal"),
    "texts the other way round": ("credentialSubject.achievement.tag", ["heat", "metal"]),
    "another fraction": ("credentialSubject.creditsEarned", 1e21),
    "a whole number as a fraction": ("credentialSubject.creditsEarned", 42.0),
    "minus nought": ("credentialSubject.creditsEarned", -0.0),
    "another whole number": ("credentialSubject.achievement.creditsAvailable", 10**21),
    "blank nodes that are alike": ("credentialSubject.identifier.1.identityHash", "a"),
}


@pytest.mark.parametrize("name", FITS)
def test_a_value_is_copied_as_expansion_copies_it(name: str) -> None:
    known, document = knowing(badge()), changed(*FITS[name])
    for hash_name in ("sha256", "sha384"):
        assert known.canonicalize(document, hash_name) == reference(document, hash_name)


MISFITS = {
    "number for a text": ("issuer.name", 1),
    "boolean for a text": ("issuer.name", True),
    "nothing for a text": ("issuer.name", None),
    "boolean for a number": ("credentialSubject.achievement.creditsAvailable", True),
    "fraction for a whole number": ("credentialSubject.achievement.creditsAvailable", 36.0),
    "whole number for a fraction": ("credentialSubject.creditsEarned", 4),
    "not a number": ("credentialSubject.creditsEarned", float("nan")),
    "text for a number": ("credentialSubject.creditsEarned", "4.5"),
    "the other boolean": ("credentialSubject.identifier.0.hashed", False),
    "one for true": ("credentialSubject.identifier.0.hashed", 1),
    "lone surrogate in a text": ("issuer.name", "\ud800"),
    "lone surrogate in an address": ("id", "urn:\ud800"),
    "another type": ("issuer.type", ["Achievement"]),
    "type as a text": ("issuer.type", "Profile"),
    "another context": ("@context", [V2]),
    "one more key": ("issuer.url", "https://school.example"),
    "one more in an array": ("credentialSubject.achievement.tag", ["a", "b", "c"]),
    "one less in an array": ("credentialSubject.achievement.tag", ["a"]),
    "text of two letters for an array": ("credentialSubject.achievement.tag", "ab"),
    "object for an array": ("credentialSubject.achievement.tag", {"a": 1, "b": 2}),
    "array for an object": ("issuer", ["did:web:school.example", "x", "y"]),
    "text for an object": ("issuer", "abc"),
    "array for a text": ("issuer.name", ["School"]),
    "relative address": ("id", "x"),
    "address under our base": ("id", f"{BASE}x"),
    "blank node": ("id", "_:b0"),
    "prefix": ("id", "xsd:string"),
    "scheme that is a term": ("id", "geo:1,2"),
    "keyword": ("id", "@x"),
    "unusual scheme": ("id", "x:y"),
    "scheme in capitals": ("id", "URN:x"),
    "space": ("id", "urn:x y"),
    "line feed": ("id", "urn:x\n"),
    "two addresses": ("id", "urn:x\nurn:y"),
    "address that ends early": ("id", "urn:x> <urn:p> <urn:o"),
    "delete": ("id", "urn:\x7f"),
    "not ASCII": ("id", "urn:é"),
    "white space that is not ASCII": ("id", "urn:\u3000"),
    "empty address": ("id", ""),
    "scheme alone": ("id", "urn:"),
    "two nodes with one id": ("credentialSubject.id", "did:web:school.example"),
    "credential and achievement with one id": ("credentialSubject.achievement.id", "urn:uuid:1"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_what_does_not_fit_is_left_to_expansion(name: str) -> None:
    assert knowing(badge()).canonicalize(changed(*MISFITS[name]), "sha256") is None


def test_keys_may_stand_in_any_order() -> None:
    document = dict(reversed(badge().items()))
    assert knowing(badge()).canonicalize(document, "sha256") == reference(document)


def test_nodes_with_one_id_become_one() -> None:
    """Which ids are equal is part of the shape: their statements are merged, and each stands once."""
    creator = {"id": "did:web:school.example", "type": ["Profile"], "name": "School"}
    document = changed("credentialSubject.achievement.creator", creator)
    known = knowing(document)
    for name in ("School", "Another"):
        document["credentialSubject"]["achievement"]["creator"]["name"] = name
        assert known.canonicalize(document, "sha256") == reference(document)
    creator["id"] = "did:web:elsewhere.example"
    assert known.canonicalize(document, "sha256") is None


@pytest.mark.parametrize(
    "document",
    [
        badge(name={"@value": "Lassen", "@language": "nl"}),
        changed("id", "x:'+str(v0)+'"),
        changed("id", "urn:é"),
    ],
)
def test_odd_documents_that_are_accepted_stay_right(document: Document) -> None:
    known = knowing(document)
    assert known.canonicalize(document, "sha256") in {None, reference(document)}


NEVER: dict[str, Callable[[], Document]] = {
    "language value": lambda: badge(name={"@value": "Lassen", "@language": "nl"}),
    "JSON literal": lambda: badge(
        credentialSchema={"id": "urn:s", "type": "JsonSchema", "jsonSchema": {"x": 1}}
    ),
    "one node described twice": lambda: badge(evidence=[evidence(1), evidence(1)]),
    "our own sentinel": lambda: changed("id", "x:sentinel-5f1d:0"),
    "more parts than the limit": lambda: badge(evidence=[evidence(n) for n in range(32)]),
}


def evidence(number: int) -> Document:
    fields = ("name", "description", "genre", "audience", "narrative")
    return {"id": f"urn:e:{number}", "type": ["Evidence"]} | {
        field: [f"{number}", "x", "y"] for field in fields
    }


@pytest.mark.parametrize("name", NEVER)
def test_a_shape_that_is_not_compiled_is_tried_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    genuine = shapes_module.learn
    monkeypatch.setattr(shapes_module, "learn", lambda *asked: tried.append(1) or genuine(*asked))
    document = NEVER[name]()
    known = knowing(document, document, document)
    assert known.canonicalize(document, "sha256") is None
    assert len(known) == 0
    assert len(tried) <= 1


def test_parts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = 21
    for bound, compiled in ((parts, 1), (parts - 1, 0)):
        monkeypatch.setattr(limits, "COMPILED", replace(limits.COMPILED, parts=bound))
        assert len(knowing(badge())) == compiled


def test_a_program_that_says_anything_else_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes_module, "compile_template", lambda *_: lambda *_: "something else\n")
    known = knowing(badge(), badge())
    assert len(known) == 0
    assert known.canonicalize(badge(), "sha256") is None


def alike(name: Callable[[int], str]) -> Document:
    """A tree of profiles without ids, 3 wide and 4 deep: poison when their names are equal."""
    count = iter(range(1_000))

    def profile(depth: int) -> Document:
        below = {"parentOrg": [profile(depth - 1) for _ in range(3)]} if depth else {}
        return {"type": ["Profile"], "name": name(next(count)), **below}

    return badge(issuer=profile(4))


def test_poison_in_a_compiled_shape_is_refused_within_the_budget() -> None:
    """A13: the shape of an honest document, with values that make its nodes alike."""
    known = knowing(alike(str))
    assert len(known) == 1
    other = alike(lambda number: str(-number))
    assert known.canonicalize(other, "sha256") == reference(other)
    with pytest.raises(PoisonGraph):
        known.canonicalize(alike(lambda _: "x"), "sha256")
    assert reference(alike(lambda _: "x")) == PoisonGraph.code


def test_other_contexts_have_shapes_of_their_own() -> None:
    document = {"@context": [V2, "https://example.org/own"], "id": "urn:x", "own": "x"}
    one, other = (
        contexts.shipped().with_documents(
            {"https://example.org/own": json.dumps({"@context": {"own": iri}}).encode()}
        )
        for iri in ("urn:one", "urn:other")
    )
    for _ in range(3):
        assert "<urn:one>" in canonicalize(document, contexts=one)
        assert "<urn:other>" in canonicalize(document, contexts=other)


OWN = {
    "own": "https://example.org/own",
    "class": {"@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "@type": "@id"},
    "statements": "@graph",
    "double": {"@id": "https://example.org/double", "@type": "http://www.w3.org/2001/XMLSchema#double"},
}


@pytest.mark.parametrize(
    "members",
    [
        {"class": "urn:t"},
        {"own": "x", "statements": [{"id": "urn:y", "own": "x"}]},
        {"double": "one"},
    ],
)
def test_a_value_that_steers_or_is_rewritten_is_not_compiled(members: Document) -> None:
    known = contexts.shipped().with_documents(
        {"https://example.org/own": json.dumps({"@context": OWN}).encode()}
    )
    document = {"@context": [V2, "https://example.org/own"], "id": "urn:x", **members}
    assert len({canonicalize(document, contexts=known) for _ in range(3)}) == 1
    assert len(shapes_module.shapes(known)) == 0


def test_a_value_that_lands_nowhere_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = learn_module.dataset
    monkeypatch.setattr(
        learn_module, "dataset", lambda it: frozenset(quad for quad in genuine(it) if "name" not in quad[1])
    )
    assert len(knowing(badge())) == 0


@pytest.mark.parametrize(("term", "means"), [("urn", "https://example.org/"), ("a:b", "a:b")])
def test_contexts_with_terms_that_look_like_addresses_are_not_compiled(term: str, means: str) -> None:
    own = {"@context": {"own": "https://example.org/own", term: means}}
    known = contexts.shipped().with_documents({"https://example.org/own": json.dumps(own).encode()})
    document = {"@context": [V2, "https://example.org/own"], "id": "did:web:x", "own": "x"}
    texts = {canonicalize(document, contexts=known) for _ in range(3)}
    assert texts == {'<did:web:x> <https://example.org/own> "x" .\n'}
    assert len(shapes_module.shapes(known)) == 0


@pytest.mark.parametrize("document", [[], "x", None, {}, {1: 2}, {1: 2, "x": 1}])
def test_what_is_no_document_is_left_to_expansion(document: Any) -> None:
    known = knowing(badge())
    assert known.canonicalize(document, "sha256") is None
    assert type(document) is not dict or known._grammar.read(document) is None


def test_an_unknown_hash_is_left_to_expansion() -> None:
    known = knowing(badge())
    assert known.canonicalize(badge(), "sha512") is None
    known.saw(CONFIG, "sha512", "")
    assert known._seen == {}


@pytest.mark.parametrize("key", ["issuer", "id", "x"])
@pytest.mark.parametrize(
    "holder", [lambda inner: {"id": inner, "x": 1}, lambda inner: [inner], lambda inner: {"x": inner}]
)
def test_depth_is_bounded_before_anything_was_checked(key: str, holder: Callable[[Any], Any]) -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = holder(deep)
    known = knowing(badge())
    assert known.canonicalize({**badge(), key: deep}, "sha256") is None


def test_a_document_is_not_changed() -> None:
    document = badge()
    before = copy.deepcopy(document)
    known = knowing(document)
    known.canonicalize(document, "sha256")
    assert document == before

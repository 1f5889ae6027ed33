"""A13: graphs and documents built to cost exponential or at least very much work. All are refused, early.

No test asserts a time: what ends each of these is a count, so what is asserted is the refusal.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import pytest

from passport import limits
from passport.errors import JsonTooDeep, TooLarge
from passport.errors.jsonld import PoisonGraph, TooManyBlankNodes, TooManyItems
from passport.jsonld.canonical import canonicalize, canonicalize_nquads

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


def joined(edges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"_:n{one} <urn:p> _:n{other} .\n" for one, other in edges)


def clique(size: int) -> str:
    return joined(edge for pair in combinations(range(size), 2) for edge in (pair, pair[::-1]))


def ring(size: int) -> str:
    return joined((n, (n + 1) % size) for n in range(size))


def circulant(size: int, *steps: int) -> str:
    return joined((n, (n + step) % size) for n in range(size) for step in steps)


def bipartite(size: int) -> str:
    return joined((n, size + m) for n in range(size) for m in range(size))


def star_of_rings(rings: int, size: int) -> str:
    hub = rings * size
    edges = [(r * size + n, r * size + (n + 1) % size) for r in range(rings) for n in range(size)]
    return joined(edges + [(hub, r * size) for r in range(rings)])


def petersen() -> str:
    outer = [(n, (n + 1) % 5) for n in range(5)]
    inner = [(5 + n, 5 + (n + 2) % 5) for n in range(5)]
    spokes = [(n, 5 + n) for n in range(5)]
    return joined(edge for pair in outer + inner + spokes for edge in (pair, pair[::-1]))


def triple_tree(depth: int) -> str:
    edges, level, count = [], [0], 1
    for _ in range(depth):
        below = []
        for node in level:
            below += [count, count + 1, count + 2]
            edges += [(node, child) for child in below[-3:]]
            count += 3
        level = below
    return joined(edges)


def in_graphs(size: int) -> str:
    """Blank nodes as subjects, objects and graph names of each other."""
    return "".join(
        f"_:n{a} <urn:p> _:n{b} _:n{c} .\n"
        for a in range(size)
        for b in range(size)
        for c in range(size)
        if len({a, b, c}) == 3
    )


GRAPHS: dict[str, tuple[str, type[Exception]]] = {
    **{f"clique of {size}": (clique(size), PoisonGraph) for size in (6, 7, 8, 10, 12, 15, 20)},
    **{f"ring of {size}": (ring(size), PoisonGraph) for size in (50, 100, limits.DOCUMENT.blank_nodes)},
    "ring of 200": (ring(200), TooManyBlankNodes),
    "circulant 12 (1, 2)": (circulant(12, 1, 2), PoisonGraph),
    "circulant 32 (1, 5, 9)": (circulant(32, 1, 5, 9), PoisonGraph),
    "circulant 128 (1 to 8)": (circulant(128, *range(1, 9)), PoisonGraph),
    "bipartite 6": (bipartite(6), PoisonGraph),
    "bipartite 40": (bipartite(40), PoisonGraph),
    "star of rings": (star_of_rings(8, 8), PoisonGraph),
    "Petersen": (petersen(), PoisonGraph),
    "tree of triples, 4 deep": (triple_tree(4), PoisonGraph),
    "tree of triples, 6 deep": (triple_tree(6), TooManyBlankNodes),
    "graphs named by each other": (in_graphs(7), PoisonGraph),
    "graphs named by each other, many": (in_graphs(20), PoisonGraph),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_poison_graph_is_refused(name: str) -> None:
    nquads, refusal = GRAPHS[name]
    for hash_name in ("sha256", "sha384"):
        with pytest.raises(refusal):
            canonicalize_nquads(nquads, hash_name=hash_name)


def badge(**members: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXTS,
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        **members,
    }


def nested(depth: int, make: Callable[[Any], Any]) -> Any:
    inner: Any = {"type": ["Profile"], "name": "x"}
    for _ in range(depth):
        inner = make(inner)
    return inner


def alike_profiles(breadth: int, depth: int) -> Any:
    """A tree of profiles without ids, all alike, through `parentOrg`."""
    if not depth:
        return {"type": ["Profile"]}
    return {"type": ["Profile"], "parentOrg": [alike_profiles(breadth, depth - 1) for _ in range(breadth)]}


DOCUMENTS: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "8,000 tags": (
        badge(credentialSubject={"achievement": {"type": ["Achievement"], "tag": ["x"] * 8_000}}),
        TooManyItems,
    ),
    "5,000 types": (badge(evidence={"type": ["Evidence"] * 5_000}), TooManyItems),
    "300 contexts": ({**badge(), "@context": CONTEXTS * 150}, TooManyItems),
    "1,200 typed nodes": (
        badge(
            **{f"k{n}": [{"id": f"urn:{n}:{m}", "type": ["Evidence"]} for m in range(120)] for n in range(10)}
        ),
        TooManyItems,
    ),
    "1,200 blank nodes": (
        badge(**{f"k{n}": [{"type": ["Evidence"]}] * 120 for n in range(10)}),
        TooManyBlankNodes,
    ),
    "5,000 keys": (badge(**{f"k{n}": "x" for n in range(5_000)}), TooManyItems),
    "60,000 values": (badge(**{f"k{n}": ["x"] * 256 for n in range(240)}), TooManyItems),
    "500 deep": (
        badge(issuer=nested(500, lambda inner: {"type": ["Profile"], "parentOrg": inner})),
        JsonTooDeep,
    ),
    "500 deep in a literal": (badge(jsonSchema=nested(500, lambda inner: [inner])), JsonTooDeep),
    "100,000 deep in a literal": (badge(jsonSchema=nested(100_000, lambda inner: {"x": inner})), JsonTooDeep),
    "profiles alike, 3 wide 4 deep": (badge(issuer=alike_profiles(3, 4)), PoisonGraph),
    "profiles alike, 5 wide 3 deep": (badge(issuer=alike_profiles(5, 3)), TooManyBlankNodes),
    "17 credentials": (
        {**badge(), "type": ["VerifiablePresentation"], "verifiableCredential": [badge()] * 17},
        TooManyItems,
    ),
    "16 poisoned credentials": (
        {
            **badge(),
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [badge(issuer=alike_profiles(3, 4))] * 16,
        },
        PoisonGraph,
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_poison_document_is_refused(name: str) -> None:
    document, refusal = DOCUMENTS[name]
    assert issubclass(refusal, TooLarge)
    with pytest.raises(refusal):
        canonicalize(document)


def test_enough_was_tried() -> None:
    assert len(GRAPHS) + len(DOCUMENTS) >= 20


def test_honest_repetition_is_no_poison() -> None:
    """Many alike parts that hang on named things are told apart at once."""
    results = [{"type": ["Result"], "value": "A"}] * 120
    subject = {"id": "did:web:x", "type": ["AchievementSubject"], "result": results}
    assert canonicalize(badge(credentialSubject=subject)).count("\n") == 2 + 1 + 1 + 120 * 3

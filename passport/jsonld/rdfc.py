"""RDF Dataset Canonicalization 1.0 (W3C Recommendation of 21 May 2024), with a bound on the work.

Step numbers are those of section 4 of the specification. Blank nodes that look alike after their first
degree hash are told apart by trying permutations, which is exponential for graphs built to be so: every
call of Hash N-Degree Quads and every permutation is counted, and beyond the budget the graph is refused.
Quads are taken in order, so that one graph always costs the same.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from passport import limits
from passport.errors.jsonld import PoisonGraph, TooManyBlankNodes
from passport.jsonld.nquads import Quad, line

NewHash: TypeAlias = "Callable[[bytes], hashlib._Hash]"  # noqa: SLF001 - the type has no public name

_POSITIONS = (("s", 0), ("o", 2), ("g", 3))
_PERMUTATIONS_A_CALL = 8
"""Permutations allowed for each allowed call, on average."""


@dataclass(slots=True)
class Issuer:
    """Section 4.5: gives out identifiers in order and remembers for whom."""

    prefix: str
    issued: dict[str, str] = field(default_factory=dict)

    def issue(self, identifier: str) -> str:
        given = self.issued.get(identifier)
        if given is None:
            given = f"{self.prefix}{len(self.issued)}"
            self.issued[identifier] = given
        return given

    def copy(self) -> "Issuer":
        return Issuer(self.prefix, dict(self.issued))


@dataclass(slots=True)
class Budget:
    """How much telling apart is left: calls of Hash N-Degree Quads, and permutations tried in them."""

    calls: int
    permutations: int

    @classmethod
    def of(cls, calls: int) -> "Budget":
        return cls(calls, calls * _PERMUTATIONS_A_CALL)

    def call(self) -> None:
        self.calls -= 1
        if self.calls < 0:
            raise PoisonGraph

    def permutation(self) -> None:
        self.permutations -= 1
        if self.permutations < 0:
            raise PoisonGraph


@dataclass(frozen=True, slots=True)
class Canonical:
    """The canonical N-Quads document and the identifier that each blank node got."""

    text: str
    issued: dict[str, str]


def canonicalize_dataset(
    quads: Collection[Quad],
    *,
    hash_name: str,
    blank_nodes: int = limits.DOCUMENT.blank_nodes,
    hash_n_degree: int = limits.DOCUMENT.hash_n_degree,
) -> Canonical:
    """Bring a dataset into its canonical form (section 4.4).

    Raises:
        TooManyBlankNodes: more blank nodes than `blank_nodes`.
        PoisonGraph: more work than `hash_n_degree` calls of Hash N-Degree Quads.
    """
    quads = sorted(set(quads))
    state = _State(quads, getattr(hashlib, hash_name), Budget.of(hash_n_degree))
    if len(state.quads_of) > blank_nodes:
        raise TooManyBlankNodes(limit=blank_nodes)
    issued = state.label()
    lines = sorted(line(_relabelled(quad, issued)) for quad in quads)
    return Canonical("".join(lines), {node[2:]: label[2:] for node, label in issued.items()})


def issue_identifiers(
    joined: Collection[Quad], first_degree: Mapping[str, str], *, new_hash: NewHash, hash_n_degree: int
) -> Mapping[str, str]:
    """Label blank nodes of which the first degree hashes are known (steps 3 to 5).

    Args:
        joined: the quads with more than one blank node.
        first_degree: the hash of every blank node.
        new_hash: from bytes to a hash object.
        hash_n_degree: how many calls of Hash N-Degree Quads are allowed.

    Raises:
        PoisonGraph: more work than that.
    """
    state = _State(sorted(set(joined)), new_hash, Budget.of(hash_n_degree), first_degree)
    return state.label()


def _is_blank(term: str) -> bool:
    return term.startswith("_:")


def _relabelled(quad: Quad, issued: dict[str, str]) -> Quad:
    subject, predicate, obj, graph = quad
    return (issued.get(subject, subject), predicate, issued.get(obj, obj), issued.get(graph, graph))


class _State:
    """Section 4.2: the canonicalization state."""

    def __init__(
        self,
        quads: Sequence[Quad],
        new_hash: NewHash,
        budget: Budget,
        first_degree: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.first_degree = dict(first_degree)
        self.quads_of: dict[str, list[Quad]] = {node: [] for node in first_degree}
        for quad in quads:
            for node in {term for term in quad if term.startswith("_:")}:
                self.quads_of.setdefault(node, []).append(quad)
        self.canonical = Issuer("_:c14n")
        self.budget = budget
        self._new_hash = new_hash

    def digest(self, text: str) -> str:
        return self._new_hash(text.encode("utf-8")).hexdigest()

    def label(self) -> dict[str, str]:
        by_hash: dict[str, list[str]] = {}
        for node in self.quads_of:  # step 3
            by_hash.setdefault(self.hash_first_degree_quads(node), []).append(node)
        alike = []
        for _, nodes in sorted(by_hash.items()):  # step 4
            if len(nodes) == 1:
                self.canonical.issue(nodes[0])
            else:
                alike.append(nodes)
        for nodes in alike:  # step 5
            results = []
            for node in nodes:
                if node in self.canonical.issued:
                    continue
                issuer = Issuer("_:b")
                issuer.issue(node)
                results.append(self.hash_n_degree_quads(node, issuer))
            for _, issuer in sorted(results, key=lambda result: result[0]):
                for node in issuer.issued:
                    self.canonical.issue(node)
        return self.canonical.issued

    def hash_first_degree_quads(self, node: str) -> str:
        """Section 4.6."""
        known = self.first_degree.get(node)
        if known is None:
            lines = sorted(line(_seen_from(node, quad)) for quad in self.quads_of[node])
            known = self.first_degree[node] = self.digest("".join(lines))
        return known

    def hash_related_blank_node(self, related: str, quad: Quad, issuer: Issuer, position: str) -> str:
        """Section 4.7."""
        identifier = self.canonical.issued.get(related) or issuer.issued.get(related)
        identifier = identifier or self.hash_first_degree_quads(related)
        return self.digest(f"{position}{'' if position == 'g' else quad[1]}{identifier}")

    def hash_n_degree_quads(self, node: str, issuer: Issuer) -> tuple[str, Issuer]:
        """Section 4.8: the hash, and the issuer that labelled what was reached from the node."""
        neighbours = self._related(node, issuer)
        if neighbours:  # a node without any is told apart by nothing, at once
            self.budget.call()
        data = []
        for related_hash, alike in sorted(neighbours.items()):
            data.append(related_hash)
            chosen, chosen_issuer = "", issuer
            for order in orders(sorted(alike)):
                self.budget.permutation()
                tried = self._path(order, issuer.copy(), chosen)
                if tried and (not chosen or tried[0] < chosen):
                    chosen, chosen_issuer = tried
            data.append(chosen)
            issuer = chosen_issuer
        return self.digest("".join(data)), issuer

    def _related(self, node: str, issuer: Issuer) -> dict[str, list[str]]:
        """Steps 1 to 3. A neighbour is listed once for each quad that joins it to the node."""
        by_hash: dict[str, list[str]] = {}
        for quad in self.quads_of[node]:
            for position, related in _others(node, quad):
                found = self.hash_related_blank_node(related, quad, issuer, position)
                by_hash.setdefault(found, []).append(related)
        return by_hash

    def _path(self, order: tuple[str, ...], issuer: Issuer, chosen: str) -> tuple[str, Issuer] | None:
        """Steps 5.4.1 to 5.4.5 for one permutation; None once it cannot be better than `chosen`."""
        path = ""
        recursion = []
        for related in order:
            if related in self.canonical.issued:
                path += self.canonical.issued[related]
            else:
                if related not in issuer.issued:
                    recursion.append(related)
                path += issuer.issue(related)
            if _worse(path, chosen):
                return None
        for related in recursion:
            found, reached = self.hash_n_degree_quads(related, issuer)
            path += f"{issuer.issue(related)}<{found}>"
            issuer = reached
            if _worse(path, chosen):
                return None
        return path, issuer


def orders(nodes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every different order of these nodes, which are sorted. One that is listed twice is not told apart."""
    if len(nodes) <= 1:
        yield tuple(nodes)
        return
    for place, node in enumerate(nodes):
        if not place or node != nodes[place - 1]:
            for rest in orders([*nodes[:place], *nodes[place + 1 :]]):
                yield (node, *rest)


def _worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _seen_from(node: str, quad: Quad) -> Quad:
    """Section 4.6 step 3.1: the node itself becomes _:a, every other blank node _:z."""
    subject, predicate, obj, graph = (
        term if index == 1 or not _is_blank(term) else "_:a" if term == node else "_:z"
        for index, term in enumerate(quad)
    )
    return subject, predicate, obj, graph


def _others(node: str, quad: Quad) -> Iterator[tuple[str, str]]:
    for position, index in _POSITIONS:
        term = quad[index]
        if term != node and term.startswith("_:"):
            yield position, term

"""One node, one description: statements that may not wander.

In RDF all objects with one id are one node, so a statement can be moved from one of them to another and the
signature stays good: a `credentialStatus` taken off a credential and put under an endorsement of it. Honest
documents do name a node more than once: a bare reference, the issuer again as the creator with less about it,
a file as evidence and again with its digest. What they do not do is state the same type twice with different
facts, and facts that decide are bound to a type by type-scoped contexts.
"""

from typing import Any

from passport.errors.jsonld import DescribedTwice

_OPEN_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_FREE_TYPES = frozenset({f"{_OPEN_BADGES}{name}" for name in ("Profile", "Image", "EndorsementSubject")})
"""Types whose facts decide nothing. A profile is given in several lengths; two endorsers say different things
of one subject, each under a proof of its own."""


class Descriptions:
    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def add(self, graph: str, node: dict[str, Any]) -> None:
        """Raises DescribedTwice when the graph holds another description that this one can be mixed with."""
        if len(node) == 1:
            return
        others = self._seen.setdefault((graph, node["@id"]), [])
        if any(_mixable(node, other) for other in others):
            raise DescribedTwice
        others.append(node)


def _mixable(one: dict[str, Any], other: dict[str, Any]) -> bool:
    shared = set(one.get("@type", ())) & set(other.get("@type", ()))
    if shared <= _FREE_TYPES:
        return False
    return not (_within(one, other) or _within(other, one))


def _within(small: dict[str, Any], large: dict[str, Any]) -> bool:
    return all(
        values == large.get(key) if key == "@id" else all(value in large.get(key, ()) for value in values)
        for key, values in small.items()
    )

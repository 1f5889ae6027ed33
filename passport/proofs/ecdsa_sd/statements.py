"""The statements of a document, labelled with an HMAC and grouped by pointers (section 3.4.17)."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contexts import Contexts
from passport.encoding import base64url_encode
from passport.json import JsonObject
from passport.jsonld.selecting import Named, canonical_labels, labelled, name_nodes
from passport.proofs.ecdsa_sd.pointers import select


@dataclass(frozen=True, slots=True)
class Group:
    """What some pointers select."""

    indexes: frozenset[int]
    """Which of the whole's statements."""
    canonical: Mapping[str, str]
    """The canonical label that each node would have in a document with nothing else, by the node's name."""


@dataclass(frozen=True, slots=True)
class Statements:
    """A document's statements as canonical lines in which the labels of blank nodes are HMACs."""

    named: Named
    labels: Mapping[str, str]
    """By the node's name."""
    lines: tuple[str, ...]

    def group(self, pointers: Sequence[str]) -> Group:
        """Raises what selecting raises."""
        if not pointers:
            return Group(frozenset(), {})
        quads = self.named.part(select(self.named.document, pointers))
        selected = frozenset(labelled(quads, self.labels))
        indexes = frozenset(index for index, line in enumerate(self.lines) if line in selected)
        return Group(indexes, canonical_labels(quads))


def label(digest: bytes) -> str:
    """An HMAC as the label of a blank node."""
    return "u" + base64url_encode(digest)


def statements(document: JsonObject, hmac_key: bytes, contexts: Contexts | None) -> Statements:
    """Raises what canonicalizing raises."""
    named = name_nodes(document, contexts)
    labels = {
        name: label(hmac.new(hmac_key, canonical.encode("ascii"), hashlib.sha256).digest())
        for name, canonical in canonical_labels(named.quads).items()
    }
    return Statements(named, labels, labelled(named.quads, labels))

"""The canonical form of documents with contexts that nobody pinned: for the conformance profile alone.

The product reads one spelling over a closed set of contexts (`passport.jsonld.screen`). The public test
suites send contexts within the document, addresses as types and contexts with `@vocab`. What is kept of safe
mode is what the field keeps: a term that would be dropped and an address that is not complete are refused.
That is not enough to rely on a document: `@vocab` defines every misspelling. Nothing in the product imports
this.
"""

from typing import Any

from contexts import Contexts
from passport import limits
from passport.errors.jsonld import TooManyBlankNodes, TooManyItems
from passport.json import JsonObject
from passport.jsonld import rdfc
from passport.jsonld.dataset import dataset
from passport.jsonld.processor import expander


def canonicalize_foreign(document: JsonObject, *, hash_name: str = "sha256", contexts: Contexts) -> str:
    """The canonical N-Quads of a document.

    Args:
        document: JSON-LD with contexts of its own or out of `contexts`, strict JSON; it is not changed.
        hash_name: "sha256", or "sha384" for P-384.
        contexts: the documents that it may name; nothing is fetched.

    Raises:
        UnknownContext, UnsafeDocument
        TooManyItems, TooManyBlankNodes, PoisonGraph: beyond the limits.
    """
    nodes, without_id = _count(document)
    if nodes > limits.DOCUMENT.nodes:
        raise TooManyItems(limit=limits.DOCUMENT.nodes)
    if without_id > limits.DOCUMENT.blank_nodes:
        raise TooManyBlankNodes(limit=limits.DOCUMENT.blank_nodes)
    quads = dataset(expander(contexts).expand(document))
    return rdfc.canonicalize_dataset(
        quads,
        hash_name=hash_name,
        blank_nodes=limits.DOCUMENT.blank_nodes,
        hash_n_degree=limits.DOCUMENT.hash_n_degree,
    ).text


def _count(document: JsonObject) -> tuple[int, int]:
    """Objects, and those without an id; the contexts are counted as objects too."""
    nodes = without_id = 0
    todo: list[Any] = [document]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            nodes += 1
            without_id += "id" not in value and "@id" not in value
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return nodes, without_id

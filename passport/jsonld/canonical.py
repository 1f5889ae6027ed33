"""The text that a proof is made over: safe expansion, then RDFC-1.0 (VC Data Integrity, section 4.3)."""

from collections.abc import Mapping

from contexts import Contexts, shipped
from passport import limits
from passport.errors import NotUnicode
from passport.json import JsonObject
from passport.jsonld import expand, rdfc, screen
from passport.jsonld.compiled.shapes import shapes
from passport.jsonld.dataset import dataset
from passport.jsonld.nquads import parse_nquads
from passport.jsonld.slow_road import SLOW_ROAD


def canonicalize(document: JsonObject, *, hash_name: str = "sha256", contexts: Contexts | None = None) -> str:
    """The canonical N-Quads of a document, when a signature over them covers all of the document.

    A document of a known shape is not expanded (docs/canonicalisation.md); the result is the same.

    Args:
        document: a JSON-LD document; it is not changed.
        hash_name: "sha256", or "sha384" for P-384 (ECDSA cryptosuites, section 3.2).
        contexts: the documents that `@context` may name; those that are shipped, when not given.

    Raises:
        UnknownContext, UnsafeDocument: something in it would be lost or is not allowed.
        TooManyItems, TooManyBlankNodes, PoisonGraph: beyond the limits.
        NotUnicode: a lone surrogate.
    """
    known = shapes(contexts or shipped())
    text = known.canonicalize(document, hash_name)
    if text is None:
        road = SLOW_ROAD.get()
        if road is not None and contexts is None:
            return road.canonicalize(document, hash_name)
        text = canonicalize_by_expansion(document, hash_name=hash_name, contexts=contexts)
        known.saw(document, hash_name, text)
    return text


def canonicalize_by_expansion(
    document: JsonObject, *, hash_name: str = "sha256", contexts: Contexts | None = None
) -> str:
    """The same, always by expansion: the reference that every compiled shape is held to."""
    known = contexts or shipped()
    size = screen.check_structure(document, contexts=known)
    expanded = expand.expand(document, known)
    quads = dataset(expanded)
    try:
        return rdfc.canonicalize_dataset(
            quads, hash_name=hash_name, blank_nodes=size.blank_nodes, hash_n_degree=size.hash_n_degree
        ).text
    except UnicodeEncodeError:
        raise NotUnicode from None


def canonicalize_nquads(
    nquads: str, *, hash_name: str = "sha256", hash_n_degree: int = limits.DOCUMENT.hash_n_degree
) -> str:
    """The canonical form of an N-Quads document.

    Raises:
        MalformedNQuads, TooManyBlankNodes, PoisonGraph.
    """
    return rdfc.canonicalize_dataset(
        parse_nquads(nquads), hash_name=hash_name, hash_n_degree=hash_n_degree
    ).text


def issued_identifiers(nquads: str, *, hash_name: str = "sha256") -> Mapping[str, str]:
    """The label that each blank node gets in the canonical form (RDFC-1.0, section 4.9)."""
    return rdfc.canonicalize_dataset(parse_nquads(nquads), hash_name=hash_name).issued

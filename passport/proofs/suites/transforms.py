"""The two canonical forms: of the graph that a document says (rdfc), and of its text (jcs)."""

from collections.abc import Callable
from functools import cache

from contexts import Contexts
from passport import json
from passport.json import JsonObject


def rdfc(document: JsonObject, hash_name: str = "sha256", contexts: Contexts | None = None) -> bytes:
    """RDFC-1.0 of the document as RDF; the hash tells its blank nodes apart."""
    return _canonicalize()(document, hash_name=hash_name, contexts=contexts).encode("utf-8")


@cache
def _canonicalize() -> Callable[..., str]:
    from passport.jsonld.canonical import canonicalize  # PyLD takes a moment to load; jcs does without

    return canonicalize


def jcs(document: JsonObject, _hash_name: str = "sha256", _contexts: Contexts | None = None) -> bytes:
    """RFC 8785. Contexts are text like the rest."""
    return json.canonicalize(document)

"""Contexts within a document, given an address: what selects statements takes contexts by address only.

The address is made from what the context says, so one document always gets the same ones; to JSON-LD a
context means the same wherever it stands.
"""

from functools import lru_cache
from typing import Any

from contexts import Contexts
from passport.encoding import digest_multibase
from passport.json import JsonObject, canonicalize, dump

_PREFIX = "urn:inline-context:"


def with_addresses(document: JsonObject, contexts: Contexts) -> tuple[JsonObject, Contexts]:
    """The document with addresses in place of contexts, and the contexts with those added."""
    found = document.get("@context")
    if not isinstance(found, list) or not any(isinstance(item, dict) for item in found):
        return document, contexts
    named = [_address(item) if isinstance(item, dict) else item for item in found]
    inline = tuple(
        (name, dump(item if "@context" in item else {"@context": item}))
        for name, item in zip(named, found, strict=True)
        if isinstance(item, dict)
    )
    return {**document, "@context": named}, _with(contexts, inline)


def _address(context: dict[str, Any]) -> str:
    return _PREFIX + digest_multibase(canonicalize(context))


@lru_cache(maxsize=8)
def _with(contexts: Contexts, inline: tuple[tuple[str, bytes], ...]) -> Contexts:
    return contexts.with_documents(dict(inline))

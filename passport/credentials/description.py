"""One thing, one description: nothing that was signed may be moved to where nobody reads it.

A signature over RDF covers statements, not places. A holder could move `validUntil`, with a copy
of everything else, to a second object with the credential's identifier: the statements, and so the signature,
stay the same while a reader of the JSON misses them. `passport.jsonld` refuses descriptions that mix;
what the model reads is held to more here: one object is of one class, and one class describes a thing once.
"""

from collections.abc import Iterator
from typing import Any

from passport.credentials.reading import is_url
from passport.credentials.vocabulary import CLASSES, REVOCATION_LIST_ENTRY
from passport.errors.credentials import NotAUrl
from passport.errors.jsonld import DescribedTwice
from passport.json import JsonObject

_MAY_RECUR = frozenset({"Profile", "EndorsementSubject", REVOCATION_LIST_ENTRY})
"""An issuer is often named again as creator or source, and endorsed more than once; a list of revoked ids is
named by each credential that may be on it."""


def check_description(document: JsonObject) -> None:
    """Check identifiers, and that no two objects describe one thing.

    Raises:
        NotAUrl: an `id` that is no URL.
        DescribedTwice: one object of two classes, or two objects of one class with one `id`.
    """
    seen: set[tuple[str, str]] = set()
    for item in _objects(document):
        identifier = item.get("id")
        if "id" in item and not is_url(identifier):
            raise NotAUrl(member="id")
        classes = _classes(item)
        if len(classes) > 1:
            raise DescribedTwice
        for name in classes - _MAY_RECUR:
            if identifier is not None and (name, identifier) in seen:
                raise DescribedTwice
            seen.add((name, identifier or ""))


def _classes(item: JsonObject) -> frozenset[str]:
    kind = item.get("type")
    names = kind if isinstance(kind, list) else [kind]
    return CLASSES.intersection(name for name in names if isinstance(name, str))


def _objects(root: JsonObject) -> Iterator[JsonObject]:
    todo: list[Any] = [root]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            yield value
            todo += [part for name, part in value.items() if part.__class__ is not str and name != "@context"]
        elif isinstance(value, list):
            todo.extend(value)

"""One thing, one description: nothing that was signed may be moved to where nobody reads it.

A signature over RDF covers statements, not places. Whoever holds a badge could give a member its absolute
IRI, or move `validUntil` to a second object with the credential's identifier: the statements, and so the
signature, stay the same while a reader of the JSON misses them. Contexts and dropped terms are the matter
of `passport.jsonld`; the names and places of members are refused here.
"""

from collections.abc import Iterator
from typing import Any

from passport.credentials.reading import is_url
from passport.credentials.vocabulary import CLASSES
from passport.errors.credentials import DescribedTwice, NotAUrl, UnsafeMemberName
from passport.json import JsonObject

_MAY_RECUR = frozenset({"Profile", "EndorsementSubject"})
"""An issuer is often named again as creator or source, and endorsed more than once."""


def check_description(document: JsonObject) -> None:
    """Check names of members, identifiers, and that no two objects describe one thing.

    Raises:
        UnsafeMemberName: a keyword of JSON-LD, an IRI or a compact IRI in the place of a term.
        NotAUrl: an `id` that is no URL.
        DescribedTwice: one object of two classes, or two objects of one class with one `id`.
    """
    seen: set[tuple[str, str]] = set()
    for item in _objects(document):
        _check_names(item)
        identifier = item.get("id")
        if "id" in item and not is_url(identifier):
            raise NotAUrl(member="id")
        kind = item.get("type")
        classes = CLASSES.intersection(kind if isinstance(kind, list) else [kind])
        if len(classes) > 1:
            raise DescribedTwice
        for name in classes - _MAY_RECUR:
            if identifier is not None and (name, identifier) in seen:
                raise DescribedTwice
            seen.add((name, identifier or ""))


def _check_names(item: JsonObject) -> None:
    for name in item:
        if ":" in name or (name.startswith("@") and name != "@context"):
            raise UnsafeMemberName


def _objects(root: JsonObject) -> Iterator[JsonObject]:
    todo: list[Any] = [root]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            yield value
            todo.extend(part for name, part in value.items() if name != "@context")
        elif isinstance(value, list):
            todo.extend(value)

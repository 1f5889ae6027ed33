"""What a closed set of contexts defines, read from the documents once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contexts import Contexts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms and addresses, whatever the scope they are defined in."""

    json: frozenset[str]
    """Terms whose value is a JSON literal: their content is not JSON-LD."""
    iris: frozenset[str]
    """The addresses that have a term."""
    classes: frozenset[str]
    """Terms for types. Some have the address of a property, and would pass for it as a key."""
    properties: frozenset[str]
    """Terms for properties."""
    plain: frozenset[str]
    """Those whose value is JSON-LD, so that a text as value needs no second look."""
    addresses: frozenset[str]
    """Terms whose value, somewhere, is the address of something and no text."""


@lru_cache(maxsize=16)
def vocabulary(contexts: Contexts) -> Vocabulary:
    definitions = [
        made for url in contexts.known() for made in _definitions(contexts.document(url)["@context"])
    ]
    terms = frozenset(term for term, _ in definitions)
    properties = frozenset(term for term in terms if term[0].islower() or term[0] == "_")
    json = frozenset(term for term, made in definitions if _type(made) == "@json")
    return Vocabulary(
        json=json,
        iris=frozenset(address for _, made in definitions if ":" in (address := _address(made))),
        classes=terms - properties,
        properties=properties,
        plain=frozenset(term for term in properties - json if ":" not in term),
        addresses=frozenset(term for term, made in definitions if _type(made) in {"@id", "@vocab"}),
    )


def _type(definition: Any) -> Any:
    return definition.get("@type") if isinstance(definition, dict) else None


def _address(definition: Any) -> str:
    found = definition.get("@id", "") if isinstance(definition, dict) else definition
    return found if isinstance(found, str) else ""


def _definitions(context: Any) -> Iterator[tuple[str, Any]]:
    """Every term with its definition, in this context and in those scoped to its terms."""
    for part in context if isinstance(context, list) else [context]:
        for term, definition in part.items() if isinstance(part, dict) else ():
            if not term.startswith("@"):
                yield term, definition
                if isinstance(definition, dict):
                    yield from _definitions(definition.get("@context"))

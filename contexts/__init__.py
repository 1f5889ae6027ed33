"""The JSON-LD contexts, as documents pinned by digest, and the closed loader from address to document.

Nothing here reaches the network and nothing here knows about credentials. MANIFEST.toml says where each
document comes from, under which licence, and the digest that it must have.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the manifest."""

    url: str
    file: str
    source: str
    licence: str
    sha256: str
    """Hexadecimal SHA-256 of the JCS form."""
    bytes: str = ""
    """Hexadecimal SHA-256 of the file, where it is the publisher's exact bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Contexts:
    """A closed set of context documents. It is compared by identity and never changes."""

    _raw: Mapping[str, bytes] = field(repr=False)

    def known(self) -> tuple[str, ...]:
        """The addresses of all documents, sorted."""
        return tuple(sorted(self._raw))

    def raw(self, url: str) -> bytes:
        """The document's bytes as they are kept; KeyError when it is not one of ours."""
        return self._raw[url]

    def document(self, url: str) -> dict[str, Any]:
        """A new copy of the document each time (JSON-LD processors write into what they are given).

        Raises:
            KeyError: not one of ours.
        """
        document: dict[str, Any] = json.loads(self._raw[url])
        return document

    def with_documents(self, documents: Mapping[str, bytes]) -> "Contexts":
        """A new set with more documents: for applications that pin contexts of their own.

        Raises:
            ValueError: an address that is there already. A pinned document is never replaced.
        """
        if taken := self._raw.keys() & documents.keys():
            message = f"pinned already: {', '.join(sorted(taken))}"
            raise ValueError(message)
        return Contexts({**self._raw, **documents})


@cache
def manifest() -> tuple[Entry, ...]:
    table = tomllib.loads(files(__name__).joinpath("MANIFEST.toml").read_text(encoding="utf-8"))
    return tuple(Entry(**row) for row in table["context"])


@cache
def shipped() -> Contexts:
    """The documents of the manifest, read once."""
    folder = files(__name__).joinpath("documents")
    return Contexts({entry.url: folder.joinpath(entry.file).read_bytes() for entry in manifest()})


def known() -> tuple[str, ...]:
    return shipped().known()


def raw(url: str) -> bytes:
    return shipped().raw(url)


def document(url: str) -> dict[str, Any]:
    return shipped().document(url)

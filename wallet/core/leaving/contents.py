"""What the readable copy lists: items with their facts and the files that belong to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the person has. All of its texts are plain."""

    name: str
    facts: tuple[tuple[str, str], ...] = ()
    """Codes of sentences and values."""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Sections in the order in which people look for them, and every file by its path."""

    did: str
    made: str
    sections: Mapping[str, tuple[Item, ...]]
    files: Mapping[str, bytes] = field(repr=False)

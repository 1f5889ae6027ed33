"""What the readable copy lists: items with their facts and the files that belong to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the person has. All of its texts are plain."""

    name: str
    facts: tuple[tuple[str, str | datetime | None], ...] = ()
    """Codes of sentences and values; nothing is said of what is None."""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Sections in the order in which people look for them, and every file by its path."""

    did: str
    made: datetime
    sections: Mapping[str, tuple[Item, ...]]
    files: Mapping[str, bytes] = field(repr=False)

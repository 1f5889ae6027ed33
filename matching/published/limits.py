"""Limits of published sets, named, with their reasons."""

from dataclasses import dataclass

from passport.limits import JsonLimits


@dataclass(frozen=True, slots=True)
class PublishedLimits:
    """Bounds on what a wallet fetches whole."""

    sets: int = 16
    """In one index: one of each kind is the rule."""
    file: int = 2_097_152
    """Bytes as it travels: what is fetched at most (FETCH.size)."""
    content: int = 16_777_216
    """Bytes of a set after inflating, so that a small file can't fill the memory."""
    documents: int = 4_096
    """In one set: every vacancy of a large employer, or the catalogues of all schools."""
    earlier: int = 12
    """Earlier versions from which there is a delta: a year by month."""


PUBLISHED_SETS = PublishedLimits()
INDEX_JSON = JsonLimits(size=262_144, depth=8, array=64, string=1_024)
"""Sixteen sets with twelve earlier versions each."""

"""The limits of matching, named, with their reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bounds on a publisher's zip archive."""

    entries: int = 64
    """ESCO's archives hold 14 at most."""
    entry_size: int = 67_108_864
    """Bytes after inflating; the largest table of ESCO 1.1.1 has 21 MB."""
    size: int = 134_217_728
    """Bytes of all entries that are read."""
    field: int = 65_536
    """Characters in one cell."""


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """Bounds on a compact bundle."""

    manifest: int = 16_384
    """Bytes; the shipped one has about 4 kB."""
    size: int = 8_388_608
    """Bytes as it travels; the shipped one has 1.4 MB."""
    expanded: int = 33_554_432
    """Bytes of one part after inflating, so that a small part can't fill the memory."""
    concepts: int = 65_536
    """In one table: concepts are numbered in 16 bits."""


@dataclass(frozen=True, slots=True)
class ProfileLimits:
    skills: int = 5_000
    """In one profile. The richest occupation of ESCO has 262; a long working life stays under a thousand."""
    search: int = 200
    """Characters of a search text."""


ARCHIVE = ArchiveLimits()
BUNDLE = BundleLimits()
PROFILE = ProfileLimits()

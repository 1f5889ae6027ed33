"""Limits of the Open Badges API, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenBadgesApiLimits:
    page: int = 50
    """Credentials in one answer: a realistic one has 3 kB, one with pictures some 100 kB."""
    description: int = 262_144
    """Bytes of a service description: the official OpenAPI file with all its schemas has some 150 kB."""
    pages: int = 20
    """Pages that a client asks for in one go: twenty of fifty are more badges than a person has."""
    badges: int = 500
    """Badges that a client takes from one provider in one go."""


OPEN_BADGES_API = OpenBadgesApiLimits()

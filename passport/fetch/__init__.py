"""The one outbound HTTP door: https to public hosts, short, small, and nowhere else."""

from passport.fetch.fetcher import Fetcher
from passport.fetch.gather import gather, gather_sync
from passport.outbound.media_types import JSON_TYPES, PUBLISHED_TYPES
from passport.outbound.ports import Source

__all__ = ["JSON_TYPES", "PUBLISHED_TYPES", "Fetcher", "Source", "gather", "gather_sync"]

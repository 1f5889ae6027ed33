"""The one outbound HTTP door: https to public hosts, short, small, and nowhere else."""

from passport.fetch.fetcher import JSON_TYPES, PUBLISHED_TYPES, Fetcher, Source
from passport.fetch.gather import gather, gather_sync

__all__ = ["JSON_TYPES", "PUBLISHED_TYPES", "Fetcher", "Source", "gather", "gather_sync"]

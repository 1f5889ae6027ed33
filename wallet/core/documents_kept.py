"""Fetched documents as records of the vault: the wallet checks offline with what it has seen."""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta

from passport.clock import format_datetime, parse_datetime
from passport.documents import DocumentCache, Fetched

_AGAIN_AFTER = timedelta(hours=1)
"""A copy younger than this is not written again for a later time of fetching alone."""


def read(records: Mapping[str, bytes]) -> DocumentCache:
    return DocumentCache.of(_read(url, data) for url, data in records.items())


def changed(records: Mapping[str, bytes], cache: DocumentCache) -> dict[str, bytes]:
    """The documents of the cache that the records lack or hold an older copy of."""
    fresh = {}
    for url, fetched in cache.at_hand.items():
        if url in records:
            kept = _read(url, records[url])
            if kept.body == fetched.body and fetched.fetched_at - kept.fetched_at < _AGAIN_AFTER:
                continue
        fresh[url] = _write(fetched)
    return fresh


def oldest(records: Mapping[str, bytes], fresh: Mapping[str, bytes], most: int) -> frozenset[str]:
    """The addresses whose copies were fetched longest ago, beyond the `most` that are kept."""
    together = {**records, **fresh}
    by_age = sorted(together, key=lambda url: (_read(url, together[url]).fetched_at, url), reverse=True)
    return frozenset(by_age[most:])


def _write(fetched: Fetched) -> bytes:
    return json.dumps(
        {
            "body": base64.b64encode(fetched.body).decode("ascii"),
            "fetchedAt": format_datetime(fetched.fetched_at),
            "mediaType": fetched.media_type,
            "etag": fetched.etag,
        }
    ).encode("utf-8")


def _read(url: str, data: bytes) -> Fetched:
    kept = json.loads(data)
    return Fetched(
        url,
        base64.b64decode(kept["body"]),
        parse_datetime(kept["fetchedAt"]),
        kept["mediaType"],
        kept["etag"],
    )

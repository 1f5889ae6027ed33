"""Ids of records. With an Idempotency-Key the id is made from it, so a retry meets the first one's record.

That needs no table of pending requests, and a crash before the reply leaves nothing to clean up.
"""

import hashlib
import secrets
import uuid

from issuer.secrets import MasterSecret
from passport.json import JsonValue, canonicalize


def record_id(master: MasterSecret, kind: str, slug: str, key: str | None) -> str:
    """32 hexadecimal digits (a UUID, version 4): random, or made from `key` so that nobody can guess it."""
    data = secrets.token_bytes(16) if key is None else master.code("id", kind, slug, key)[:16]
    return uuid.UUID(bytes=data, version=4).hex


def request_digest(*parts: JsonValue) -> str:
    """Tells two requests apart without keeping what they said."""
    return hashlib.sha256(canonicalize(list(parts))).hexdigest()

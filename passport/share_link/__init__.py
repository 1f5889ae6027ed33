"""Share links (way D): a presentation that a host keeps without being able to read it.

A link is an address and, behind its #, a key. Browsers and our programs never send what stands behind the #.
The host has the ciphertext; whoever has the whole link can read it until it ends, or is deleted.
"""

from passport.share_link.address import (
    ShareLink,
    deletion_digest,
    link_id,
    looks_like_link,
    new_link,
    parse_link,
)
from passport.share_link.sealing import Shared, envelope, open_shared, read_envelope, seal_shared

__all__ = [
    "ShareLink",
    "Shared",
    "deletion_digest",
    "envelope",
    "link_id",
    "looks_like_link",
    "new_link",
    "open_shared",
    "parse_link",
    "read_envelope",
    "seal_shared",
]

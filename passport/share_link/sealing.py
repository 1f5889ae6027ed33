"""What the host of a link keeps: AES-256-GCM with the link's id and end as associated data (NIST SP 800-38D).

A ciphertext under another id, or with another end, does not open. The key is used once, for one document.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from passport.clock import format_datetime, parse_datetime
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import DecryptionFailed, Invalid
from passport.errors.share_link import MalformedShared, SharedTampered, SharedTooLarge, ShareLinkEnded
from passport.json import JsonObject, dump, parse_object
from passport.keys import open_sealed, seal
from passport.share_link.address import ShareLink
from passport.share_link.limits import ENVELOPE, SHARE_LINK

TYPE: Final = "SkillsPassportShared"
_NONCE, _TAG = 12, 16
_MEMBERS = frozenset({"type", "id", "until", "sealed"})
_LONGEST = SHARE_LINK.document + _NONCE + _TAG


@dataclass(frozen=True, slots=True)
class Shared:
    """A ciphertext with what may be known of it."""

    id: str
    until: datetime
    sealed: bytes = field(repr=False)
    """The nonce, the ciphertext and the tag."""


def seal_shared(document: bytes, link: ShareLink, until: datetime, random: Callable[[int], bytes]) -> Shared:
    """Encrypt a document for a link that was made for it.

    Raises:
        SharedTooLarge
    """
    filled = document + b" " * (-len(document) % SHARE_LINK.step)
    if len(filled) > SHARE_LINK.document:
        raise SharedTooLarge(limit=SHARE_LINK.document)
    nonce = random(_NONCE)
    sealed = seal(link.key, nonce=nonce, plaintext=filled, aad=_associated(link.id, until))
    return Shared(link.id, until, nonce + sealed)


def open_shared(shared: Shared, link: ShareLink, now: datetime) -> bytes:
    """Decrypt what a host gave for a link.

    Raises:
        ShareLinkEnded: its time is over, whatever the host says.
        SharedTampered: not what was put there for this link, or not with this key.
    """
    if shared.id != link.id:
        raise SharedTampered
    nonce, sealed = shared.sealed[:_NONCE], shared.sealed[_NONCE:]
    try:
        document = open_sealed(link.key, nonce=nonce, sealed=sealed, aad=_associated(link.id, shared.until))
    except DecryptionFailed:
        raise SharedTampered from None
    if now >= shared.until:
        raise ShareLinkEnded
    return document.rstrip(b" ")


def envelope(shared: Shared) -> JsonObject:
    """What a host gives, as JSON."""
    return {
        "type": TYPE,
        "id": shared.id,
        "until": format_datetime(shared.until),
        "sealed": base64url_encode(shared.sealed),
    }


def read_envelope(data: bytes) -> Shared:
    """Raises MalformedShared: not what a host of links gives."""
    try:
        document: Any = parse_object(data, ENVELOPE)
        if document.keys() != _MEMBERS or document["type"] != TYPE or not isinstance(document["id"], str):
            raise MalformedShared
        sealed = base64url_decode(document["sealed"], ENVELOPE.string)
        shared = Shared(document["id"], parse_datetime(document["until"]), sealed)
    except (Invalid, TypeError, AttributeError):
        raise MalformedShared from None
    if not _NONCE + _TAG < len(sealed) <= _LONGEST:
        raise MalformedShared
    return shared


def _associated(identifier: str, until: datetime) -> bytes:
    return dump({"id": identifier, "type": TYPE, "until": format_datetime(until)})

"""The address of a share link: https://host/s/<id>#<key>; the key is random, the id is of a random secret.

The id is of the secret that takes the link away, so that nobody else can put something at that id: also not
what lay there before, once its owner took it away.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from passport.encoding import base64url_decode, base64url_encode
from passport.errors import MalformedEncoding
from passport.errors.share_link import NotAShareLink
from passport.share_link.limits import SHARE_LINK

PATH: Final = "/s/"
_ID, _KEY = 16, 32
"""Bytes: an id that can't be guessed, and the key of AES-256."""
_OF_LINKS = b"skills passport: id of a share link\n"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)*{_LABEL}(?::[1-9][0-9]{{0,4}})?"
_LOCAL = r"(?:localhost|127\.0\.0\.1)(?::[1-9][0-9]{0,4})?"
_FORM = re.compile(
    rf"(?P<origin>https://{_HOST}|http://{_LOCAL})/s/(?P<id>[0-9a-f]{{32}})#(?P<key>[A-Za-z0-9_-]{{43}})"
)
_ORIGIN = re.compile(rf"https://{_HOST}|http://{_LOCAL}")
_ANY = re.compile(r"https?://[^\s#]+/s/[^\s#]*#?\S*")


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link that was read: where its ciphertext is, and its key."""

    origin: str
    id: str
    key: bytes = field(repr=False)

    @property
    def url(self) -> str:
        """The address without the key: what a host may know, and what a presentation in it is made for."""
        return f"{self.origin}{PATH}{self.id}"

    @property
    def sealed_url(self) -> str:
        """Where the ciphertext is fetched."""
        return f"{self.url}/sealed"

    @property
    def text(self) -> str:
        """The whole link. Who has it can read everything in it."""
        return f"{self.url}#{base64url_encode(self.key)}"

    @property
    def host(self) -> str:
        """In the letters of the network (RFC 5890): a look-alike name stands there as what it is."""
        return urlsplit(self.origin).netloc


def parse_link(text: str) -> ShareLink:
    """Read a link that somebody pasted or scanned. Nothing is fetched.

    Only one spelling of a link is taken: lower case, no user name, no other path, no query, ASCII.

    Raises:
        NotAShareLink
    """
    text = text.strip()
    found = _FORM.fullmatch(text) if len(text) <= SHARE_LINK.address else None
    if found is None:
        raise NotAShareLink
    try:
        key = base64url_decode(found["key"])
    except MalformedEncoding:
        raise NotAShareLink from None
    assert len(key) == _KEY  # so many characters are so many bytes
    return ShareLink(found["origin"], found["id"], key)


def looks_like_link(text: str) -> bool:
    """Whether a text is meant as a share link, right or wrong."""
    text = text.strip()
    return len(text) <= SHARE_LINK.address and _ANY.fullmatch(text) is not None


def deletion_digest(secret: str) -> str:
    """What a host keeps of the secret that takes a link away; readers of the link never see it."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def link_id(digest: str) -> str:
    """The only id at which a host takes something with this digest of a secret."""
    return hashlib.sha256(_OF_LINKS + bytes.fromhex(digest)).hexdigest()[: 2 * _ID]


def new_link(origin: str, secret: str, random: Callable[[int], bytes]) -> ShareLink:
    """A link that nobody has had before, at a host.

    Args:
        origin: scheme, host and perhaps a port.
        secret: takes the link away; random, of 128 bits at least.
        random: gives random bytes.

    Raises:
        NotAShareLink: `origin` is none.
    """
    if len(origin) > SHARE_LINK.address // 2 or not _ORIGIN.fullmatch(origin):
        raise NotAShareLink
    return ShareLink(origin, link_id(deletion_digest(secret)), random(_KEY))

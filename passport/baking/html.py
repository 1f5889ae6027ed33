"""A page with a credential in it: a `script` element of a data type, which no browser runs (HTML, 4.12.1)."""

import re
from collections.abc import Iterator
from html import unescape

from passport.baking.inside import Inside, bounded, is_token
from passport.baking.limits import CARRIER
from passport.errors import Invalid
from passport.errors.baking import BadgeFileTooLarge, NoCredentialInside, TwoCredentialsInside
from passport.json import JsonObject, parse_object
from passport.limits import PRESENTATION

JSON_TYPE, JWT_TYPE = "application/vc+json", "application/vc+jwt"
_JSON_TYPES = frozenset(
    {JSON_TYPE, "application/vc", "application/vp", "application/ld+json", "application/vc+ld+json"}
)
_TOKEN_TYPES = frozenset({JWT_TYPE, "application/jwt", "application/vc+sd-jwt", "application/dc+sd-jwt"})
_SCRIPT = re.compile(rb"<script\b([^<>]{0,1024})>", re.IGNORECASE)
_END = re.compile(rb"</script", re.IGNORECASE)
_TYPE = re.compile(rb"\btype\s*=\s*[\"']?([A-Za-z0-9.+/-]{1,64})", re.IGNORECASE)
_KINDS = ("VerifiableCredential", "VerifiablePresentation", "Assertion")
_MOST_BLOCKS = 64


def unhtml(page: bytes) -> Inside:
    """The one credential in a page; other data (what search engines read) is passed over.

    Raises:
        NoCredentialInside, TwoCredentialsInside, BadgeFileTooLarge, UnpackedTooLarge.
    """
    if len(page) > CARRIER.page:
        raise BadgeFileTooLarge(limit=CARRIER.page)
    found = list(dict.fromkeys(_credentials(page)))
    if len(found) > 1:
        raise TwoCredentialsInside
    if not found:
        raise NoCredentialInside
    return Inside(found[0])


def for_a_page(text: bytes) -> str:
    """A credential as the content of a data block.

    A `<` only ever stands inside strings of JSON, where it can be written another way: a reader gets the same
    JSON, and where there is none the same bytes.
    """
    return text.decode("utf-8").replace("<", "\\u003c")


def _credentials(page: bytes) -> Iterator[bytes]:
    at = 0
    for _ in range(_MOST_BLOCKS):
        opened = _SCRIPT.search(page, at)
        closed = None if opened is None else _END.search(page, opened.end())
        if opened is None or closed is None:
            return
        at = closed.end()
        kind = _TYPE.search(opened[1])
        content = page[opened.end() : closed.start()]
        found = None if kind is None else _credential(kind[1].decode("ascii").lower(), content)
        if found is not None:
            yield found
    raise BadgeFileTooLarge(limit=_MOST_BLOCKS)


def _credential(kind: str, content: bytes) -> bytes | None:
    if kind in _TOKEN_TYPES:
        text = bounded(unescape(content.decode("utf-8", "replace")).encode("utf-8"))
        return text if is_token(text) else None
    if kind not in _JSON_TYPES:
        return None
    text = bounded(content)
    try:
        document = parse_object(text, PRESENTATION)
    except Invalid:
        return None
    return text if _is_credential(document) else None


def _is_credential(document: JsonObject) -> bool:
    types = document.get("type")
    named = types if isinstance(types, list) else [types]
    return any(kind in named for kind in _KINDS)

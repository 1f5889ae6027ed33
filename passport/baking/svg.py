"""Baked SVG: the credential in an element of its own (Open Badges 3.0, section 5.3.2; 2.0, "Badge Baking").

A token stands in the attribute `verify`, JSON in the element as CDATA. The picture is never drawn here.
"""

import re
from dataclasses import dataclass, field

from passport.baking.inside import Inside, Version, bounded, for_a_file, is_compact_jws
from passport.baking.xml_reading import Element, Handlers, read_svg
from passport.errors.baking import (
    AlreadyBaked,
    CredentialNotForPictures,
    MalformedSvg,
    NoCredentialInside,
    OnlyAnAddressInside,
    TwoCredentialsInside,
)

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_ELEMENTS = {
    (NAMESPACE, "credential"): Version.OB3,
    ("http://openbadges.org", "assertion"): Version.OB2,
}
_PREFIX = "openbadges"
_DECLARED = f' xmlns:{_PREFIX}="{NAMESPACE}"'.encode()
_VERIFY = "verify"
_ADDRESSES = ("http://", "https://")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold (XML 1.0, section 2.2)."""
_IN_TAG = re.compile(rb"\"[^\"]*\"|'[^']*'|>")


def bake_svg(picture: bytes, credential: bytes, *, replace: bool = False) -> bytes:
    """The picture with the credential directly after its `<svg>` tag; every other byte as it was.

    Raises:
        CredentialNotForPictures, AlreadyBaked, MalformedSvg, EntitiesInSvg, BadgeFileTooLarge.
    """
    element = _element(for_a_file(credential))
    scan = _scanned(picture)
    if scan.found and not replace:
        raise AlreadyBaked
    for start, end in reversed([(one.start, one.end) for one in scan.found]):
        picture = picture[:start] + picture[end:]
    root = _tag_end(picture, scan.root)
    if picture[root - 2 : root] == b"/>":
        raise MalformedSvg  # nothing is drawn in it
    declared = b"" if scan.prefixes.get(_PREFIX) == NAMESPACE else _DECLARED
    if _PREFIX in scan.prefixes:  # as an older version or as ours: the element says what it means by itself
        element = element.replace(b":credential", b":credential" + declared, 1)
        declared = b""
    return picture[: root - 1] + declared + b">" + element + picture[root:]


def unbake_svg(picture: bytes) -> Inside:
    """The credential in a picture, by the newest version of Open Badges that it carries.

    Raises:
        NoCredentialInside
        TwoCredentialsInside: two of one version, or an element that holds both a token and JSON.
        OnlyAnAddressInside
        MalformedSvg, EntitiesInSvg, BadgeFileTooLarge, UnpackedTooLarge.
    """
    scan = _scanned(picture)
    for version in Version:
        ours = [one for one in scan.found if one.version is version]
        if len(ours) > 1:
            raise TwoCredentialsInside
        if ours:
            return _inside(ours[0])
    raise NoCredentialInside


@dataclass(slots=True)
class _Found:
    """One element that carries a credential, and its place in the bytes."""

    version: Version
    verify: str | None
    start: int
    end: int = 0
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    root: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)
    found: list[_Found] = field(default_factory=list)


def _scanned(picture: bytes) -> _Scan:
    scan = _Scan()
    inside: list[_Found] = []

    def start(element: Element) -> None:
        if inside:
            raise MalformedSvg  # a credential holds text and no elements
        if element.depth == 1:
            scan.root = element.at
        version = _ELEMENTS.get((element.namespace, element.name))
        if version is not None:
            inside.append(_Found(version, element.attributes.get(_VERIFY), element.at))

    def end(element: Element, at: int) -> None:
        if inside:
            one = inside.pop()
            one.end = _tag_end(picture, max(at, element.at))
            scan.found.append(one)

    def text(written: str) -> None:
        if inside:
            inside[0].text.append(written)

    read_svg(picture, Handlers(start, end, text, scan.prefixes.__setitem__))
    return scan


def _inside(one: _Found) -> Inside:
    body = bounded("".join(one.text).encode("utf-8"))
    said = (one.verify or "").strip()
    address = said.startswith(_ADDRESSES)
    if body and said and not (address and one.version is Version.OB2):
        raise TwoCredentialsInside
    if body:
        return Inside(body, one.version)
    if address:
        raise OnlyAnAddressInside
    if not said:
        raise NoCredentialInside
    return Inside(bounded(said.encode("utf-8")), one.version)


def _element(text: bytes) -> bytes:
    if is_compact_jws(text):
        return b'<%s:credential verify="%s"></%s:credential>' % (
            _PREFIX.encode(),
            text,
            _PREFIX.encode(),
        )
    if _NOT_XML.search(text.decode("utf-8")):
        raise CredentialNotForPictures
    # a reader of XML puts these together again; \r alone would be read as \n
    body = text.replace(b"]]>", b"]]]]><![CDATA[>").replace(b"\r", b"]]>&#13;<![CDATA[")
    return b"<%s:credential><![CDATA[%s]]></%s:credential>" % (_PREFIX.encode(), body, _PREFIX.encode())


def _tag_end(data: bytes, start: int) -> int:
    """The place behind the tag that starts here: its first `>` outside quotes."""
    for match in _IN_TAG.finditer(data, start):
        if match[0] == b">":
            return match.end()
    raise MalformedSvg

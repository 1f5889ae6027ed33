"""Baked PNG: the credential in an iTXt chunk (Open Badges 3.0, section 5.3.1; 2.0, "Badge Baking")."""

from collections.abc import Iterable

from passport.baking.inside import Inside, Version, bounded, for_a_file
from passport.baking.png_chunks import SIGNATURE, Chunk, chunks
from passport.errors.baking import (
    AlreadyBaked,
    CompressedCredential,
    DamagedPng,
    NoCredentialInside,
    OnlyAnAddressInside,
    TwoCredentialsInside,
)

KEYWORDS = {Version.OB3: b"openbadgecredential", Version.OB2: b"openbadges"}
_ADDRESSES = (b"http://", b"https://")
_TEXTS = frozenset({b"iTXt", b"zTXt", b"tEXt"})


def bake_png(picture: bytes, credential: bytes, *, replace: bool = False) -> bytes:
    """The picture with the credential in it, in front of everything else; all its other chunks as they were.

    Args:
        picture: a PNG.
        credential: JSON with an embedded proof, or a compact JWS.
        replace: take the place of a credential that is in the picture already.

    Raises:
        CredentialNotForPictures, AlreadyBaked, DamagedPng, BadgeFileTooLarge.
    """
    text = for_a_file(credential)
    header, *others = chunks(picture)
    kept = [chunk for chunk in others if not _carries(chunk)]
    if len(kept) != len(others) and not replace:
        raise AlreadyBaked
    made = Chunk(b"iTXt", KEYWORDS[Version.OB3] + b"\0\0\0\0\0" + text)
    return SIGNATURE + b"".join(chunk.written() for chunk in (header, made, *kept))


def unbake_png(picture: bytes) -> Inside:
    """The credential in a picture, by the newest version of Open Badges that it carries.

    The specification lets a reader stop at the first chunk; a second one is looked for, since it may not be
    there and another reader might take it.

    Raises:
        NoCredentialInside
        TwoCredentialsInside: two of one version.
        CompressedCredential: never inflated, so it can't be a bomb.
        OnlyAnAddressInside: of before Open Badges 1.1; the address is not opened.
        DamagedPng, BadgeFileTooLarge, UnpackedTooLarge.
    """
    found = [chunk for chunk in chunks(picture) if _carries(chunk)]
    for version, keyword in KEYWORDS.items():
        ours = [chunk for chunk in found if _keyword(chunk) == keyword]
        if ours:
            return _read(ours, version)
    raise NoCredentialInside


def _read(found: Iterable[Chunk], version: Version) -> Inside:
    texts = [_text(chunk) for chunk in found]
    if len(texts) > 1:
        raise TwoCredentialsInside
    text = bounded(texts[0])
    if text.startswith(_ADDRESSES):
        raise OnlyAnAddressInside
    return Inside(text, version)


def _text(chunk: Chunk) -> bytes:
    """The text of an iTXt chunk: keyword, flag, method, language, translated keyword, text (11.3.3.4)."""
    rest = chunk.data[len(_keyword(chunk)) + 1 :]
    if chunk.kind == b"zTXt" or (chunk.kind == b"iTXt" and rest[:1] != b"\0"):
        raise CompressedCredential
    if chunk.kind == b"tEXt":
        return rest
    parts = rest[2:].split(b"\0", 2)
    if len(parts) != 3:  # noqa: PLR2004
        raise DamagedPng
    return parts[2]


def _carries(chunk: Chunk) -> bool:
    return chunk.kind in _TEXTS and _keyword(chunk) in KEYWORDS.values()


def _keyword(chunk: Chunk) -> bytes:
    return chunk.data.partition(b"\0")[0]

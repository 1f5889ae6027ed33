"""A picture that somebody uploads, before it stands on our pages and in people's badges."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from passport.baking import FileKind, kind_of_file
from passport.baking.limits import PICTURE
from passport.baking.png_chunks import SIGNATURE, chunks, size_of
from passport.baking.svg_safe import check_drawing
from passport.errors.baking import DamagedPng, PictureSizeRefused
from passport.errors.web import NotAPicture

_DRAWS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sRGB", b"pHYs"})
"""What draws a PNG. Text, profiles, animation and what nobody knows stay behind, and so does what follows."""


def checked_picture(data: bytes, *, most: int) -> tuple[str, bytes]:
    """Its media type, and the picture as it is kept: a PNG without metadata, an SVG that is only a drawing.

    Raises:
        PictureSizeRefused: too many bytes or points, said before anything is decoded.
        NotAPicture: neither PNG nor SVG.
        DamagedPng, UnsafeSvg, EntitiesInSvg, MalformedSvg.
    """
    if len(data) > most:
        raise PictureSizeRefused(limit=most)
    kind = kind_of_file(data)
    if kind is FileKind.PNG:
        return "image/png", _png(data)
    if kind is FileKind.SVG:
        check_drawing(data)
        return "image/svg+xml", data
    raise NotAPicture


def _png(data: bytes) -> bytes:
    header, *others = chunks(data)
    if not all(1 <= side <= PICTURE.side for side in size_of(header)):
        raise PictureSizeRefused(side=PICTURE.side)
    kept = SIGNATURE + b"".join(each.written() for each in (header, *others) if each.kind in _DRAWS)
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(kept), formats=("PNG",)) as picture:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise DamagedPng from None
    return kept

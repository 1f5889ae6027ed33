"""Photos of work and work orders: decoded within bounds and written anew, so that nothing but pixels is kept.

A camera writes where and when a photo was taken, on which device, and often a small copy of it. Pixels that
are written anew carry none of that, and no bytes that mean something to another program.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from issuer.confirmations.errors import PhotoTooLarge, PhotoUnreadable
from issuer.confirmations.limits import CONFIRMATION
from passport.pictures.scans import too_many_scans

FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85


def clean_photo(data: bytes) -> bytes:
    """The photo as a JPEG without metadata, upright, at most `side` pixels wide and high.

    Raises:
        PhotoTooLarge: too many pixels said in its header, before anything is decoded.
        PhotoUnreadable: broken, no photo, or one that is sharpened more often than cameras do.
    """
    if too_many_scans(data):
        raise PhotoUnreadable
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about its size, which is bounded below, and about odd metadata
            with Image.open(io.BytesIO(data), formats=FORMATS) as photo:
                most = CONFIRMATION.pixels if photo.format == "JPEG" else CONFIRMATION.whole_pixels
                if photo.width * photo.height > most:
                    raise PhotoTooLarge(limit=most)
                side = (CONFIRMATION.side, CONFIRMATION.side)
                photo.draft("RGB", side)
                photo.thumbnail(side)  # before anything copies it: pixels of a large one are 160 MB
                return _written(ImageOps.exif_transpose(photo))
    except Image.DecompressionBombError:
        raise PhotoTooLarge(limit=CONFIRMATION.pixels) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError):
        raise PhotoUnreadable from None


def _written(photo: Image.Image) -> bytes:
    pixels = Image.new("RGB", photo.size, "white")
    seen = photo.convert("RGBA")
    pixels.paste(seen, mask=seen.getchannel("A"))
    written = io.BytesIO()
    pixels.save(written, format="JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()

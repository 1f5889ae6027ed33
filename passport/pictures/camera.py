"""Stills of a camera that looks for codes: many, small, and of most of them nothing can be read."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from passport.errors.web import NoQrCode, NotAPicture, PictureTooLarge
from passport.pictures.qr import read_image

STILL_BYTES = 524_288
"""A still of 960 by 960 as a JPEG of good quality takes 60 to 200 kB."""
STILL_PIXELS = 2_100_000
"""Said in its header: 1920 by 1080. A code that fills half of that has five points for each module."""


def read_still(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes in one still; none is usual.

    Raises:
        PictureTooLarge: too many bytes or pixels, before anything is decoded.
        NotAPicture: no JPEG, or a broken one.
    """
    if len(data) > STILL_BYTES:
        raise PictureTooLarge(limit=STILL_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG",)) as still:
                pixels = still.width * still.height
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise NotAPicture from None
    if pixels > STILL_PIXELS:
        raise PictureTooLarge(limit=STILL_PIXELS)
    try:
        return read_image(data)
    except NoQrCode:
        return ()

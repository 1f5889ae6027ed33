"""QR codes as pictures, out and in: the one module that draws and reads pixels."""

import io
import warnings
from functools import lru_cache

import qrcode
import zxingcpp
from PIL import Image, UnidentifiedImageError
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from passport.errors import TooLarge
from passport.errors.web import NoQrCode, NotAPicture, PictureTooLarge

PICTURE_BYTES = 8_388_608
"""A photo from a phone is 3 to 6 MB."""
PICTURE_PIXELS = 30_000_000
"""Decoded in memory at 1 byte a pixel; 24 megapixel cameras fit."""
CODES = 99
"""Codes read from one picture: a moving one has as many as a document may take, a printed sheet has 12."""
FRAME_MILLISECONDS = 250
"""Four pictures a second: a cheap phone's camera takes each of them seven times. Faster would flash: a point
changes at most four times a second, which are two flashes, where WCAG 2.3.1 allows three."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_MARGIN = 4
_MODULE = 6
_LOOP_MODULE = 5
"""Points of a module in a loop: the longest one stays within PICTURE_PIXELS when it is read as a file."""
_SHORT = 300
"""Characters up to which the stronger error correction M still gives a picture that scans well."""


@lru_cache(maxsize=256)
def draw_png(text: str) -> bytes:
    """A PNG of one QR code, black on white with its quiet zone.

    Raises:
        TooLarge: more than a QR code holds.
    """
    picture = _drawn(text)
    written = io.BytesIO()
    picture.save(written, format="PNG", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=256)
def draw_svg(text: str) -> str:
    """An SVG element of one QR code, without styles or scripts, to stand inside a page."""
    lines = matrix(text)
    size = len(lines)
    path = "".join(f"M{x},{y}h1v1h-1z" for y, line in enumerate(lines) for x, dark in enumerate(line) if dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" class="qr" role="img" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>'
    )


@lru_cache(maxsize=64)
def draw_loop(texts: tuple[str, ...], milliseconds: int = FRAME_MILLISECONDS) -> bytes:
    """A GIF that shows the codes one after another for ever: an animated QR without a script.

    Raises:
        TooLarge: a text is more than a QR code holds, or there is none.
    """
    if not texts:
        raise TooLarge
    pictures = [_drawn(text, _LOOP_MODULE) for text in texts]
    side = max(picture.width for picture in pictures)
    frames = []
    for picture in pictures:
        frame = Image.new("L", (side, side), 255)
        frame.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
        frames.append(frame)
    written = io.BytesIO()
    frames[0].save(
        written,
        format="GIF",
        save_all=True,
        append_images=frames[1:],
        duration=milliseconds,
        loop=0,
        optimize=False,
    )
    return written.getvalue()


def read_image(data: bytes) -> tuple[str, ...]:
    """The texts of every QR code in a picture, each once, also over the frames of a GIF or an animated PNG.

    Raises:
        PictureTooLarge: too many bytes, or too many pixels said in its header, before anything is decoded.
        NotAPicture: no PNG, JPEG, WebP or GIF, or a broken one.
        NoQrCode: none that can be read.
    """
    if len(data) > PICTURE_BYTES:
        raise PictureTooLarge(limit=PICTURE_BYTES)
    found: dict[str, None] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                frames = min(getattr(picture, "n_frames", 1), CODES)
                if picture.width * picture.height * frames > PICTURE_PIXELS:
                    raise PictureTooLarge(limit=PICTURE_PIXELS)
                for index in range(frames):
                    picture.seek(index)
                    for text in _read(picture):
                        found[text] = None
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        raise NotAPicture from None
    if not found:
        raise NoQrCode
    return tuple(found)[:CODES]


def _read(picture: Image.Image) -> list[str]:
    results = zxingcpp.read_barcodes(picture.convert("L"), formats=_QR)
    return [result.text for result in results if result.valid and result.text]


def _drawn(text: str, module: int = _MODULE) -> Image.Image:
    lines = matrix(text)
    side = len(lines)
    picture = Image.new("L", (side, side), 255)
    picture.putdata([0 if dark else 255 for line in lines for dark in line])
    return picture.resize((side * module, side * module), Image.Resampling.NEAREST)


def matrix(text: str) -> list[list[bool]]:
    """The dark modules of one QR code, line by line, with its quiet zone; raises TooLarge."""
    code = qrcode.QRCode(
        error_correction=ERROR_CORRECT_M if len(text) <= _SHORT else ERROR_CORRECT_L,
        border=_MARGIN,
    )
    try:
        code.add_data(text, optimize=20)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        raise TooLarge from None
    return [[bool(dark) for dark in line] for line in code.get_matrix()]

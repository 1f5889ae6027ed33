"""QR codes as pictures, out and in: the one module that draws and reads pixels on a server or a desktop."""

import io
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache

import zxingcpp
from PIL import Image, UnidentifiedImageError

from passport.errors import TooLarge
from passport.errors.web import NoQrCode, NotAPicture, PictureTooLarge
from passport.pictures.matrix import matrix
from passport.pictures.scans import SCANS, too_many_scans

PICTURE_BYTES = 8_388_608
"""A photo from a phone is 3 to 6 MB."""
PICTURE_PIXELS = 30_000_000
"""Decoded in memory at 1 byte a pixel; 24 megapixel cameras fit."""
READ_PIXELS = 9_000_000
"""In which codes are looked for: a sheet of A4 at 300 points an inch. A larger picture is made smaller first.
The reader compares whatever may be a corner with whatever else may be, so the time that a picture full of
them takes grows with the square of its size: 17 kB with 30 million points took 24 s."""
READ_TOGETHER = 48_000_000
"""In which codes are looked for in all pictures that come together: of many, each is made smaller."""
PIXELS_TOGETHER = 360_000_000
"""Decoded of all pictures that come together: twelve of the largest."""
CODES = 99
"""Codes read from one picture: a moving one has as many as a document may take, a printed sheet has 12."""
FRAME_MILLISECONDS = 250
"""Four pictures a second: a cheap phone's camera takes each of them seven times. Faster would flash: a point
changes at most four times a second, which are two flashes, where WCAG 2.3.1 allows three."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError),
    *(OSError, ValueError, SyntaxError, EOFError),
)
_MODULE = 6
_LOOP_MODULE = 5
"""Points of a module in a loop: the longest one stays within PICTURE_PIXELS when it is read as a file."""


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
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" class="qr" aria-hidden="true" '
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
    """The texts of every QR code in one picture; raises as `Reading.texts`."""
    return Reading(1).texts(data)


def read_images(pictures: Sequence[bytes]) -> tuple[str, ...]:
    """The texts of every QR code in some pictures, in their order; raises as `Reading.texts`."""
    reading = Reading(len(pictures))
    return tuple(text for picture in pictures for text in reading.texts(picture))


class Reading:
    """Pictures that come together: what looking at all of them may cost is shared among them."""

    def __init__(self, pictures: int) -> None:
        self._most = min(READ_PIXELS, READ_TOGETHER // max(1, pictures))
        self._decoded, self._read = PIXELS_TOGETHER, READ_TOGETHER

    def texts(self, data: bytes) -> tuple[str, ...]:
        """The texts of every QR code in a picture, each once, also over the frames of a moving one.

        Raises:
            PictureTooLarge: too many bytes, scans, or pixels said in its header, before anything is
                decoded; or too many in all pictures.
            NotAPicture: no PNG, JPEG, WebP or GIF, or a broken one.
            NoQrCode: none that can be read.
        """
        if len(data) > PICTURE_BYTES:
            raise PictureTooLarge(limit=PICTURE_BYTES)
        if too_many_scans(data):
            raise PictureTooLarge(scans=SCANS)
        found: dict[str, None] = {}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                    for frame in self._frames(picture):
                        found.update(dict.fromkeys(_read(frame)))
        except _BROKEN:
            raise NotAPicture from None
        if not found:
            raise NoQrCode
        return tuple(found)[:CODES]

    def _frames(self, picture: Image.Image) -> Iterable[Image.Image]:
        """Each in shades of grey, no larger than codes are looked for in."""
        # further pictures behind the end of a JPEG (MPO: depth, previews) are not looked at: `scans` saw none
        frames = 1 if picture.format == "MPO" else min(getattr(picture, "n_frames", 1), CODES)
        pixels = picture.width * picture.height
        self._decoded -= pixels * frames
        self._read -= min(pixels, self._most) * frames
        if pixels * frames > PICTURE_PIXELS or min(self._decoded, self._read) < 0:
            raise PictureTooLarge(limit=PICTURE_PIXELS)
        for index in range(frames):
            picture.seek(index)
            grey = picture.convert("L")
            if pixels > self._most:
                smaller = (self._most / pixels) ** 0.5
                size = (max(1, int(grey.width * smaller)), max(1, int(grey.height * smaller)))
                grey = grey.resize(size, Image.Resampling.BOX)
            yield grey


def _read(picture: Image.Image) -> list[str]:
    results = zxingcpp.read_barcodes(picture, formats=_QR)
    return [result.text for result in results if result.valid and result.text]


def _drawn(text: str, module: int = _MODULE) -> Image.Image:
    lines = matrix(text)
    side = len(lines)
    picture = Image.new("L", (side, side), 255)
    picture.putdata([0 if dark else 255 for line in lines for dark in line])
    return picture.resize((side * module, side * module), Image.Resampling.NEAREST)

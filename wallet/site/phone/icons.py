"""The app's icon as pictures, for systems that take no SVG: drawn here, the same as icon.svg."""

import io

from PIL import Image, ImageDraw

_BLUE, _WHITE, _GREEN = (26, 79, 139), (255, 255, 255), (120, 190, 90)
_FINER = 4
"""Drawn so many times as large, and made smaller: smooth edges."""


def touch_icon(side: int) -> bytes:
    """A PNG: a passport with a tick on it, with room around for masks of any shape."""
    unit = side * _FINER / 64
    picture = Image.new("RGB", (side * _FINER, side * _FINER), _BLUE)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((18 * unit, 13 * unit, 46 * unit, 51 * unit), 3 * unit, fill=_WHITE)
    draw.ellipse((24 * unit, 19 * unit, 40 * unit, 35 * unit), fill=_GREEN)
    draw.line(
        [(28 * unit, 27 * unit), (31 * unit, 30.5 * unit), (36.5 * unit, 24 * unit)],
        fill=_WHITE,
        width=round(2.5 * unit),
        joint="curve",
    )
    for height in (40, 45):
        draw.rounded_rectangle((24 * unit, height * unit, 40 * unit, (height + 2) * unit), unit, fill=_BLUE)
    written = io.BytesIO()
    picture.resize((side, side), Image.Resampling.LANCZOS).save(written, format="PNG", optimize=True)
    return written.getvalue()

"""The badge in points: the same seal as in SVG, drawn with the letters of the certificate."""

import io
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from passport.certificate.drawing import draw_badge
from passport.certificate.palette import rgb
from passport.certificate.seal import DISC, RING, SIDE, Point, seal_of
from passport.paper.fonts import fonts_for, letters_of, main_font

_FINER = 3
"""Drawn larger and made smaller, so that its edges are smooth."""
_COLOURS = 64
_INK = (29, 35, 39)


@lru_cache(maxsize=256)
def badge_picture(title: str, issuer: str, issuer_id: str, *, svg: bool = False) -> bytes:
    """The picture of a badge whose organisation has chosen none, 512 by 512."""
    if svg:
        return draw_badge(title, issuer, issuer_id)
    fonts = fonts_for(title + issuer)
    beside, unknown = fonts.beside, dict.fromkeys(fonts.unknown)

    def wide(text: str, size: float, bold: bool) -> float:
        return sum(font.getlength(part) for part, font in _runs(text, size, bold, beside)) / _FINER

    seal = seal_of(title.translate(unknown), issuer.translate(unknown), issuer_id, wide)
    tone, paper = rgb(seal.palette.tone), rgb(seal.palette.paper)
    picture = Image.new("RGBA", (SIDE * _FINER, SIDE * _FINER), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.polygon(_larger(seal.outline), fill=tone)
    draw.ellipse(_around(DISC), fill=paper)
    draw.ellipse(_around(RING), fill=(255, 255, 255), outline=tone, width=3 * _FINER)
    draw.polygon(_larger(seal.star), fill=tone)
    for each in seal.words:
        x = (each.x - wide(each.text, each.size, each.bold) / 2) * _FINER
        for part, font in _runs(each.text, each.size, each.bold, beside):
            draw.text((x, each.y * _FINER), part, fill=_INK if each.bold else tone, font=font, anchor="ls")
            x += font.getlength(part)
    written = io.BytesIO()
    smaller = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    smaller.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _runs(
    text: str, size: float, bold: bool, beside: tuple[Path, ...]
) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """A line in parts of one font: the main one for each word that it has all letters of."""
    fonts = (main_font("B" if bold else ""), *beside)
    runs: list[tuple[str, Path]] = []
    for word in text.split():
        path = next(
            (each for each in fonts if {ord(letter) for letter in word} <= letters_of(each)), fonts[0]
        )
        if runs and runs[-1][1] == path:
            runs[-1] = (f"{runs[-1][0]} {word}", path)
        else:
            runs.append((f" {word}" if runs else word, path))
    return [(part, _font(path, round(size * _FINER))) for part, path in runs]


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def _larger(points: tuple[Point, ...]) -> list[Point]:
    return [(x * _FINER, y * _FINER) for x, y in points]


def _around(radius: float) -> tuple[float, float, float, float]:
    middle = SIDE / 2
    return tuple((middle + side * radius) * _FINER for side in (-1, -1, 1, 1))  # type: ignore[return-value]

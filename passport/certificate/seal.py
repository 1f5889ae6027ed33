"""The badge that is drawn where an organisation has chosen no picture: its shape, and where its words go.

One layout for SVG and for points, so that both look alike. Lengths are in a square of 512.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from passport.certificate.palette import Palette, palette_of
from passport.certificate.plain import one_line

SIDE = 512
_MIDDLE = SIDE / 2
_SCALLOPS = 28
_OUTER, _DEPTH = 246.0, 9.0
DISC, RING = 222.0, 206.0
_STAR = (_MIDDLE, 122.0, 46.0, 19.0)
_BROAD = 348.0
_TITLE_SIZES = (64.0, 54.0, 46.0, 40.0, 35.0, 31.0, 27.0, 24.0)
_TITLE_LINES = {64.0: 1, 54.0: 2, 46.0: 2, 40.0: 3, 35.0: 4, 31.0: 4, 27.0: 5, 24.0: 5}
_TITLE_MIDDLE = 262.0
_ISSUER_SIZE = 23.0
_ISSUER_BROAD = 268.0
_ISSUER_TOP = 376.0
_LEADING = 1.16

Measure = Callable[[str, float, bool], float]
"""The width of a text in a size, bold or not."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, with the middle of its foot."""

    text: str
    size: float
    bold: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Seal:
    palette: Palette
    outline: tuple[Point, ...]
    star: tuple[Point, ...]
    words: tuple[Words, ...]


def seal_of(title: str, issuer: str, issuer_id: str, measure: Measure) -> Seal:
    """Lay out a badge. A title that is too long is cut: the credential has all of it."""
    palette = palette_of(issuer_id)
    title, issuer = one_line(title), one_line(issuer)
    size, lines = _title(title, measure)
    top = _TITLE_MIDDLE - (len(lines) - 1) * size * _LEADING / 2 + size * 0.35
    words = [
        Words(line, size, True, _MIDDLE, top + place * size * _LEADING) for place, line in enumerate(lines)
    ]
    words += [
        Words(line, _ISSUER_SIZE, False, _MIDDLE, _ISSUER_TOP + place * _ISSUER_SIZE * 1.25)
        for place, line in enumerate(_wrapped(issuer, (_ISSUER_SIZE, False), _ISSUER_BROAD, 2, measure))
    ]
    return Seal(palette, _outline(), _star(palette.points), tuple(words))


def _title(title: str, measure: Measure) -> tuple[float, list[str]]:
    for size in _TITLE_SIZES:
        lines = _wrapped(title, (size, True), _BROAD, _TITLE_LINES[size] + 1, measure)
        if len(lines) <= _TITLE_LINES[size] and not lines[-1].endswith("…"):
            return size, lines
    smallest = _TITLE_SIZES[-1]
    return smallest, _wrapped(title, (smallest, True), _BROAD, _TITLE_LINES[smallest], measure)


def _wrapped(text: str, font: tuple[float, bool], broad: float, most: int, measure: Measure) -> list[str]:
    lines: list[str] = []
    for word in text.split() or [""]:
        together = f"{lines[-1]} {word}" if lines else word
        if lines and measure(together, *font) <= broad:
            lines[-1] = together
        elif len(lines) < most:
            lines.append(_fitted(word, font, broad, measure))
        else:
            lines[-1] = _fitted(f"{lines[-1]} {word}", font, broad, measure)
            return lines
    return lines


def _fitted(text: str, font: tuple[float, bool], broad: float, measure: Measure) -> str:
    if measure(text, *font) <= broad:
        return text
    while text and measure(f"{text}…", *font) > broad:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _outline() -> tuple[Point, ...]:
    steps = _SCALLOPS * 12
    return tuple(
        _polar(_OUTER - _DEPTH * (1 - abs(math.cos(step * math.pi * _SCALLOPS / steps))), step / steps)
        for step in range(steps)
    )


def _star(points: int) -> tuple[Point, ...]:
    x, y, outer, inner = _STAR
    corners = points * 2
    return tuple(
        _polar(inner if corner % 2 else outer, corner / corners - 0.25, x, y) for corner in range(corners)
    )


def _polar(radius: float, turn: float, x: float = _MIDDLE, y: float = _MIDDLE) -> Point:
    return x + radius * math.cos(turn * 2 * math.pi), y + radius * math.sin(turn * 2 * math.pi)

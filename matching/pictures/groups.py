"""Bars of a person's skills by how they are proven, with those of the time before under them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.pictures.frame import WIDTH, framed, legend, text, wrapped
from matching.texts import catalogue
from passport.texts import Language

_LEFT, _LONGEST, _LINE = 8, 290, 18
_BAR, _THIN = 16, 6
_NOW = 'class="chain-fill-hard" fill="#0d4f8b"'
_BEFORE = 'class="chain-fill-soft" fill="#5c5f62"'


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: its words, how many there are, and how many there were."""

    words: str
    count: int
    before: int | None = None
    """None where there is no time before."""


def draw_groups(
    bars: Sequence[Bar],
    language: Language = Language.EN,
    *,
    name: str = "groups",
    standalone: bool = False,
) -> str:
    """An SVG element: a bar for each group, as long as the group is large; those of none are left out."""
    say = catalogue().say
    shown = [bar for bar in bars if bar.count or bar.before]
    compared = any(bar.before is not None for bar in shown)
    most = max((max(bar.count, bar.before or 0) for bar in shown), default=1)
    parts: list[str] = []
    y = 4.0
    for bar in shown:
        for line in wrapped(bar.words, 14, WIDTH - 2 * _LEFT, 2):
            y += _LINE
            parts.append(text(_LEFT, y, line, size=14))
        y += 7
        parts.append(_bar(y, _length(bar.count, most), _BAR, _NOW))
        parts.append(text(_LEFT + _length(bar.count, most) + 6, y + 13, str(bar.count), size=15, bold=True))
        y += _BAR
        if bar.before is not None:
            long = _length(bar.before, most)
            parts.append(_bar(y + 3, long, _THIN, _BEFORE))
            parts.append(
                text(_LEFT + long + 6, y + 11, str(bar.before), size=12, name="quiet", colour="#55606a")
            )
            y += _THIN + 7
        y += 6
    if compared:
        rows = [
            (f'<rect x="-8" y="-7" width="16" height="14" {_NOW}/>', say("picture.groups-now", language)),
            (
                f'<rect x="-8" y="-3" width="16" height="6" {_BEFORE}/>',
                say("picture.groups-before", language),
            ),
        ]
        drawn, y = legend(y + 6, rows)
        parts += drawn
    return framed(
        parts,
        y + 6,
        name=name,
        title=say("picture.groups-title", language),
        sentences=[_sentence(bar, language) for bar in shown],
        language=language,
        standalone=standalone,
    )


def _length(count: int, most: int) -> int:
    """In units; one skill is still seen."""
    return max(3 if count else 1, round(_LONGEST * count / most))


def _bar(y: float, long: int, high: int, colour: str) -> str:
    return f'<rect x="{_LEFT}" y="{y:g}" width="{long}" height="{high}" rx="3" {colour}/>'


def _sentence(bar: Bar, language: Language) -> str:
    code = "picture.groups-one" if bar.before is None else "picture.groups-both"
    values: dict[str, str | int] = {"words": bar.words, "count": bar.count}
    return catalogue().say(code, language, values if bar.before is None else {**values, "before": bar.before})

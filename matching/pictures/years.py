"""Skills over the years: when each was shown, and what age leaves of what it counts for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.pictures.frame import WIDTH, framed, text, wrapped
from matching.texts import catalogue
from passport.texts import Language

MOST = 12
"""Skills in one picture; the others are counted."""
_LEFT, _RIGHT, _ROW, _TOP = 12, 296, 52, 34
_YEAR = 365.25 * 86_400


@dataclass(frozen=True, slots=True)
class SkillYears:
    """One skill, every moment at which it was shown, and what it counts for (0 to 1)."""

    label: str
    dates: tuple[datetime, ...]
    weight: float
    count: int = 1
    """Of how many skills the row is."""


def draw_years(
    skills: Sequence[SkillYears],
    now: datetime,
    language: Language = Language.EN,
    *,
    name: str = "years",
    standalone: bool = False,
) -> str:
    """An SVG element: a row a skill, the one that was shown last in front; no dates, no row."""
    say = catalogue().say
    dated = [one for one in skills if one.dates]
    ordered = sorted(dated, key=lambda one: (-max(one.dates).timestamp(), one.label))
    shown = ordered[:MOST]
    first = min((min(one.dates).year for one in shown), default=now.year)
    axis = _Axis(first, now.year + 1)
    parts = [axis.drawn(_TOP + _ROW * len(shown))]
    for place, one in enumerate(shown):
        parts.append(_row(one, _TOP + _ROW * place, axis, now))
    bottom = _TOP + _ROW * len(shown) + 4
    rest = sum(one.count for one in ordered[MOST:])
    undated = sum(one.count for one in skills if not one.dates)
    notes = [
        say(code, language, {"count": count})
        for code, count in (("picture.years-more", rest), ("picture.years-undated", undated))
        if count
    ]
    for note in notes:
        for line in wrapped(note, 13, WIDTH - 16, 2):
            bottom += 18
            parts.append(text(8, bottom, line, size=13, name="quiet", colour="#55606a"))
    sentences = [
        say(
            "picture.years-sentence",
            language,
            {
                "skill": one.label,
                "first": min(one.dates).year,
                "last": max(one.dates).year,
                "percent": round(100 * one.weight),
            },
        )
        for one in shown
    ]
    return framed(
        parts,
        bottom + 10,
        name=name,
        title=say("picture.years-title", language),
        sentences=[*sentences, *notes],
        language=language,
        standalone=standalone,
    )


class _Axis:
    """Years from left to right."""

    def __init__(self, first: int, last: int) -> None:
        self._first, self._years = first, max(1, last - first)

    def at(self, moment: datetime) -> int:
        start = datetime(self._first, 1, 1, tzinfo=moment.tzinfo)
        years = (moment - start).total_seconds() / _YEAR
        return round(_LEFT + (_RIGHT - _LEFT) * min(1.0, years / self._years))

    def drawn(self, bottom: float) -> str:
        every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if self._years / step <= 6)  # noqa: PLR2004
        parts = []
        for year in range(self._first, self._first + self._years + 1):
            if year % every == 0:
                x = round(_LEFT + (_RIGHT - _LEFT) * (year - self._first) / self._years)
                parts.append(
                    f'<path d="M{x} {_TOP - 8}V{bottom:g}" class="chain-line-quiet" stroke="#55606a"'
                    f' stroke-opacity="0.3"/><text x="{x}" y="{_TOP - 14}" font-size="12"'
                    f' text-anchor="middle" class="chain-fill-quiet" fill="#55606a">{year}</text>'
                )
        return "".join(parts)


def _row(one: SkillYears, top: float, axis: _Axis, now: datetime) -> str:
    """The name; a bar from the first time to the last, dashed from there to today; a dot for each time."""
    places = sorted({axis.at(moment) for moment in one.dates})
    y = top + 34
    [label] = wrapped(one.label, 14, WIDTH - 16, 1)
    dots = "".join(
        f'<circle cx="{x}" cy="{y:g}" r="5" class="chain-fill-hard" fill="#0d4f8b"/>' for x in places
    )
    return (
        f"{text(8, top + 16, label, size=14)}"
        f'<path d="M{places[0]} {y:g}H{places[-1]}" class="chain-line-hard" stroke="#0d4f8b"'
        f' stroke-width="4"/>'
        f'<path d="M{places[-1]} {y:g}H{axis.at(now)}" class="chain-line-hard" stroke="#0d4f8b"'
        f' stroke-width="2" stroke-dasharray="3 4"/>{dots}'
        f"{text(WIDTH - 8, y + 5, f'{round(100 * one.weight)} %', size=14, bold=True, end=True)}"
    )

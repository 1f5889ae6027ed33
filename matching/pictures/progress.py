"""A plan over time: how many of the needed skills were there when, and what the plan's parts would add."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching.pictures.frame import framed, legend, text
from matching.texts import catalogue
from passport.texts import Language

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 340, 26, 176
_SHORTEST = timedelta(days=30)
"""That the picture spans: a plan of today is a line and not a dot."""
_ROOM = 12
"""Of the span, the part that is added at the end, so that a last step is seen."""
_CLOSE = 112
"""Units; a day in full and half of "today" beside it: nearer to each other they would run together."""


@dataclass(frozen=True, slots=True)
class Reached:
    """From this day on so many of the needed skills are there."""

    day: date
    met: int


def draw_progress(
    reached: Sequence[Reached],
    planned: Sequence[Reached],
    of: int,
    today: date,
    language: Language = Language.EN,
    *,
    name: str = "progress",
    standalone: bool = False,
) -> str:
    """An SVG element.

    Args:
        reached: by day, the first when the plan was made.
        planned: what would be there if the parts of the plan with a last day are done by then.
        of: how many skills are needed; at least one.
        today: the dashed line begins here.
        language: of the words in it.
        name: makes its ids unique on a page.
        standalone: for a file of its own.
    """
    say = catalogue().say
    end = max(
        [today, reached[0].day + _SHORTEST, *(each.day for each in planned)],
    )
    axes = _Axes(reached[0].day, end + (end - reached[0].day) / _ROOM, of)
    now = reached[-1].met
    parts = [*_grid(axes), *_days(axes, today, language), axes.steps(reached, today, "hard", "#0d4f8b")]
    if planned:
        ahead = [Reached(today, now), *planned]
        parts.append(axes.steps(ahead, end, "quiet", "#55606a", dashed=True))
    parts += [axes.dot(each) for each in reached]
    here = axes.at(today), axes.up(now)
    far = here[0] > _LEFT + 40  # nearer than that the number would stand in the numbers of the axis
    beside = here[0] + (-9 if far else 6), here[1] - 10
    parts.append(
        f'<circle cx="{here[0]}" cy="{here[1]}" r="6" class="chain-fill-hard" fill="#0d4f8b"/>'
        f"{text(*beside, str(now), size=16, bold=True, end=far)}"
    )
    rows = [(_MARK, say("picture.progress-reached", language))]
    if planned:
        rows.append((_DASHED, say("picture.progress-planned", language)))
    drawn, bottom = legend(_BOTTOM + 36, rows)
    first = reached[0]
    sentences = [
        say(
            "picture.progress-start", language, {"day": _day(first.day, language), "met": first.met, "of": of}
        ),
        say("picture.progress-now", language, {"met": now, "of": of}),
        *(
            say("picture.progress-then", language, {"day": _day(each.day, language), "met": each.met})
            for each in planned[-1:]
        ),
    ]
    return framed(
        [*parts, *drawn],
        bottom + 4,
        name=name,
        title=say("picture.progress-title", language),
        sentences=sentences,
        language=language,
        standalone=standalone,
    )


_MARK = '<path d="M-8 0H8" class="chain-line-hard" stroke="#0d4f8b" stroke-width="4"/>'
_DASHED = (
    '<path d="M-10 0H10" class="chain-line-quiet" stroke="#55606a" stroke-width="3" stroke-dasharray="5 4"/>'
)


class _Axes:
    """Days from left to right, skills upwards."""

    def __init__(self, first: date, last: date, of: int) -> None:
        self.first, self.last, self.of = first, last, of

    def at(self, day: date) -> int:
        part = (day - self.first) / (self.last - self.first)
        return round(_LEFT + (_RIGHT - _LEFT) * min(1.0, max(0.0, part)))

    def up(self, met: int) -> int:
        return round(_BOTTOM - (_BOTTOM - _TOP) * met / self.of)

    def steps(
        self, reached: Sequence[Reached], until: date, colour: str, plain: str, *, dashed: bool = False
    ) -> str:
        path = f"M{self.at(reached[0].day)} {self.up(reached[0].met)}" + "".join(
            f"H{self.at(each.day)}V{self.up(each.met)}" for each in reached[1:]
        )
        dashes = ' stroke-dasharray="5 4"' if dashed else ""
        return (
            f'<path d="{path}H{self.at(until)}" fill="none" class="chain-line-{colour}" stroke="{plain}"'
            f' stroke-width="3"{dashes}/>'
        )

    def dot(self, each: Reached) -> str:
        return (
            f'<circle cx="{self.at(each.day)}" cy="{self.up(each.met)}" r="4" class="chain-fill-hard"'
            f' fill="#0d4f8b"/>'
        )


def _grid(axes: _Axes) -> list[str]:
    """The bottom, the goal and, where there is room, half of it."""
    lines = sorted({0, axes.of, *({axes.of // 2} if axes.of > 3 else ())})  # noqa: PLR2004
    return [
        f'<path d="M{_LEFT} {axes.up(met)}H{_RIGHT}" class="chain-line-quiet" stroke="#55606a"'
        f' stroke-opacity="0.35"/>'
        f"{text(_LEFT - 6, axes.up(met) + 5, str(met), size=13, name='quiet', colour='#55606a', end=True)}"
        for met in lines
    ]


def _days(axes: _Axes, today: date, language: Language) -> list[str]:
    """The first and the last day, and today where it stands apart from both."""
    labels = [(axes.first, "start"), (axes.last, "end")]
    parts = []
    x = axes.at(today)
    if x - _LEFT > _CLOSE and _RIGHT - x > _CLOSE:
        labels.append((today, "middle"))
    for day, anchor in labels:
        word = catalogue().say("picture.today", language) if day == today else _day(day, language)
        parts.append(
            f'<text x="{axes.at(day)}" y="{_BOTTOM + 20}" font-size="13" text-anchor="{anchor}"'
            f' class="chain-fill-quiet" fill="#55606a">{word}</text>'
        )
    return parts


_MONTHS = {
    Language.EN: "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec",
    Language.NL: "jan feb mrt apr mei juni juli aug sept okt nov dec",
}


def _day(day: date, language: Language) -> str:
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"

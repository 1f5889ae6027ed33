"""The figures of one occupation over time, drawn: vacancies as a line, people who look as a dashed one."""

from itertools import groupby

from matching.market.document import Counts
from matching.market.series import Series
from matching.market.wording import windows
from matching.pictures.frame import WIDTH, framed, legend, text
from matching.texts import catalogue
from passport.texts import Language

_LEFT, _RIGHT, _TOP, _BOTTOM = 12, WIDTH - 12, 30, 170
_TICKS = 6


def draw_series(
    series: Series, language: Language = Language.EN, *, name: str = "demand", standalone: bool = False
) -> str:
    """An SVG element. A window without a count leaves a gap: nothing is drawn across what is not known."""
    say = catalogue().say
    counts = [count for count in (*series.vacancies, *series.seekers) if count is not None]
    most = max(counts, default=0) or 1
    parts = [_axis(series, most)]
    rows = []
    for code, values, dashed in (
        ("market.picture.vacancies", series.vacancies, False),
        ("market.picture.seekers", series.seekers, True),
    ):
        if any(value is not None for value in values):
            parts.append(_line(values, most, dashed=dashed))
            rows.append((_path("M-10 0H10", dashed=dashed), say(code, language)))
    marks, bottom = legend(_BOTTOM + 30, rows)
    sentences = [
        say(
            "market.picture.sentence",
            language,
            {**windows(first=series.first, last=series.last), "begin": first, "end": last},
        )
        for first, last in [_ends(series.vacancies)]
    ]
    return framed(
        [*parts, *marks],
        bottom + 6,
        name=name,
        title=say("market.picture.title", language),
        sentences=sentences,
        language=language,
        standalone=standalone,
    )


def _ends(counts: Counts) -> tuple[int | str, int | str]:
    known = [count for count in counts if count is not None]
    return (known[0], known[-1]) if known else ("?", "?")


def _axis(series: Series, most: int) -> str:
    """The largest count, a line for nothing, and the years."""
    a_year, first = series.first.period.a_year, series.first.number
    years = [place for place in range(len(series.vacancies)) if (first + place) % a_year == 0]
    every = -(-len(years) // _TICKS) or 1
    parts = [
        f'<path d="M{_LEFT} {_BOTTOM}H{_RIGHT}" class="chain-line-quiet" stroke="#55606a"/>',
        text(_LEFT, _TOP - 10, str(most), size=13, name="quiet", colour="#55606a"),
    ]
    for place in years[::every]:
        x = _x(place, len(series.vacancies))
        year = str(series.first.later(place).start.year)
        parts.append(
            f'<path d="M{x} {_BOTTOM}V{_BOTTOM + 6}" class="chain-line-quiet" stroke="#55606a"/>'
            f'<text x="{x}" y="{_BOTTOM + 20}" font-size="12" text-anchor="middle"'
            f' class="chain-fill-quiet" fill="#55606a">{year}</text>'
        )
    return "".join(parts)


def _line(values: Counts, most: int, *, dashed: bool) -> str:
    """One path for each stretch without a gap; a stretch of one is a short stroke."""
    parts = []
    for known, stretch in groupby(enumerate(values), lambda pair: pair[1] is not None):
        points = [
            f"{_x(place, len(values))} {_BOTTOM - round((_BOTTOM - _TOP) * (value or 0) / most)}"
            for place, value in stretch
        ]
        if known:
            parts.append(_path(f"M{'L'.join(points if len(points) > 1 else points * 2)}", dashed=dashed))
    return "".join(parts)


def _path(points: str, *, dashed: bool) -> str:
    kind, colour = ("quiet", "#55606a") if dashed else ("hard", "#0d4f8b")
    dashes = ' stroke-dasharray="3 5"' if dashed else ""
    return (
        f'<path d="{points}" fill="none" class="chain-line-{kind}" stroke="{colour}" stroke-width="3"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )


def _x(place: int, windows: int) -> int:
    return round(_LEFT + 8 + (_RIGHT - _LEFT - 16) * place / max(1, windows - 1))

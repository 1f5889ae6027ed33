"""The figures of one occupation, added up over regions, and on which level of the classification they are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from matching.market.document import Counts, Figure, Market
from matching.market.periods import Window
from matching.market.regions import apart, chosen_or_all
from matching.taxonomy.compact import Taxonomy

GROUP = "http://data.europa.eu/esco/isco/C"
"""Groups of ISCO-08 are named by this and their digits."""
_LEVELS = (4, 3, 2)
"""Digits of a group that still says something of an occupation in it; major groups hold hundreds."""


@dataclass(frozen=True, slots=True)
class Series:
    """Counts a window, the oldest first; None where a region that has figures lacks one."""

    occupation: str
    """What the figures are of: the occupation itself, or a group that it is in."""
    exact: bool
    regions: tuple[str, ...]
    """Those that have figures."""
    vacancies: Counts
    seekers: Counts
    first: Window

    @property
    def last(self) -> Window:
        return self.first.later(len(self.vacancies) - 1)


def series(
    market: Market, occupation: str, taxonomy: Taxonomy, regions: Collection[str] = ()
) -> Series | None:
    """The figures of an occupation (or group); without regions those of all; None where there are none."""
    codes = chosen_or_all(market, regions)
    for place, named in enumerate(_names(occupation, taxonomy)):
        figures = market.by_occupation.get(named, {})
        found = [figures[code] for code in apart(market, [code for code in codes if code in figures])]
        if found:
            return added(named, found, market, exact=place == 0)
    return None


def added(occupation: str, figures: list[Figure], market: Market, *, exact: bool) -> Series:
    return Series(
        occupation,
        exact,
        tuple(figure.region for figure in figures),
        tuple(_sum(each) for each in zip(*(figure.vacancies for figure in figures), strict=True)),
        tuple(_sum(each) for each in zip(*(figure.seekers for figure in figures), strict=True)),
        market.first,
    )


def _names(occupation: str, taxonomy: Taxonomy) -> Iterator[str]:
    """The occupation or group itself, then the groups that it is in, the smallest first."""
    yield occupation
    number = taxonomy.occupations.numbers.get(occupation)
    if number is not None:
        code = taxonomy.codes[number].partition(".")[0]
    else:  # a group is in the groups of fewer digits
        code = occupation.removeprefix(GROUP)[:-1] if occupation.startswith(GROUP) else ""
    yield from (f"{GROUP}{code[:digits]}" for digits in _LEVELS if len(code) >= digits)


def _sum(counts: Counts) -> int | None:
    """Part of a sum is no sum."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None

"""A publisher's CSV as figures: read as a stream, row by row; what can't be used is counted by rule.

Columns `occupation` (an IRI, or digits of ISCO-08), `region` (a code), `window` (2025-Q1 and the like),
`vacancies`, and `seekers` where the source has them; others are left alone. Commas or semicolons, UTF-8. An
empty count is a count that the source does not have.
"""

import csv
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from matching.limits import MARKET
from matching.market.document import Counts, Figure
from matching.market.errors import (
    MalformedMarketTable,
    MalformedWindow,
    MarketTableEmpty,
    MarketTableTooLarge,
)
from matching.market.periods import Period, Window, parse_window
from matching.market.series import GROUP
from matching.taxonomy.compact import Taxonomy

NEEDED = ("occupation", "region", "window", "vacancies")
_DIGITS = frozenset("0123456789")
_NONE = -1
"""In the arrays: the source has no count."""


class Dropped(StrEnum):
    """Why a row could not be used."""

    NOT_A_ROW = "not-a-row"
    """Not UTF-8, too long, a quote that never ends, or too few columns."""
    UNKNOWN_OCCUPATION = "unknown-occupation"
    UNKNOWN_REGION = "unknown-region"
    NOT_A_WINDOW = "not-a-window"
    OTHER_PERIOD = "other-period"
    """A window of another length than that of the first row."""
    NOT_A_COUNT = "not-a-count"
    TWICE = "twice"
    """An occupation, region and window that stood there before: the first row counts."""
    TOO_MANY_FIGURES = "too-many-figures"
    TOO_EARLY = "too-early"
    """Before the latest windows that a set may have."""


@dataclass(slots=True)
class Table:
    """What a table holds."""

    first: Window
    last: Window
    figures: tuple[Figure, ...]
    rows: int
    dropped: Mapping[str, int]
    lines: Mapping[str, int]
    """Of each rule the line that broke it first; of those that show only at the end there is none."""


class _Unusable(Exception):  # no refusal: the row is counted and the next one read
    def __init__(self, rule: Dropped) -> None:
        self.rule = rule


@dataclass(slots=True)
class _Reading:
    taxonomy: Taxonomy
    regions: Collection[str] | None
    places: Mapping[str, int]
    delimiter: str
    period: Period | None = None
    rows: int = 0
    dropped: Counter[Dropped] = field(default_factory=Counter)
    lines: dict[str, int] = field(default_factory=dict)
    found: dict[tuple[str, str], "array[int]"] = field(default_factory=dict)
    """Three numbers a row: window, vacancies, seekers."""
    names: dict[str, str] = field(default_factory=dict)
    """Of occupations that the taxonomy knows: those that it doesn't have no end."""

    def take(self, number: int, line: bytes | None) -> None:
        self.rows += 1
        try:
            place, numbers = self._read(line)
        except _Unusable as refused:
            self.dropped[refused.rule] += 1
            self.lines.setdefault(str(refused.rule), number)
        else:
            self.found.setdefault(place, array("q")).extend(numbers)

    def _read(self, line: bytes | None) -> tuple[tuple[str, str], tuple[int, int, int]]:
        """Raises _Unusable."""
        row = None if line is None else _cells(line, self.delimiter)
        if row is None or len(row) <= max(self.places[name] for name in NEEDED):
            raise _Unusable(Dropped.NOT_A_ROW)
        occupation = self._occupation(row[self.places["occupation"]].strip())
        region = row[self.places["region"]].strip()
        if occupation is None:
            raise _Unusable(Dropped.UNKNOWN_OCCUPATION)
        if not region or (self.regions is not None and region not in self.regions):
            raise _Unusable(Dropped.UNKNOWN_REGION)
        number = self._window(row[self.places["window"]].strip())
        counts = self._count(row, "vacancies"), self._count(row, "seekers")
        if (occupation, region) not in self.found and len(self.found) >= MARKET.figures:
            raise _Unusable(Dropped.TOO_MANY_FIGURES)
        return (occupation, region), (number, *counts)

    def _window(self, text: str) -> int:
        try:
            window = parse_window(text)
        except MalformedWindow:
            raise _Unusable(Dropped.NOT_A_WINDOW) from None
        self.period = self.period or window.period
        if window.period is not self.period:
            raise _Unusable(Dropped.OTHER_PERIOD)
        return window.number

    def _occupation(self, name: str) -> str | None:
        if name not in self.names:
            known = _known(name, self.taxonomy)
            if known is None:
                return None
            self.names[name] = known
        return self.names[name]

    def _count(self, row: list[str], column: str) -> int:
        place = self.places.get(column, len(row))
        text = row[place].strip() if place < len(row) else ""
        if not text:
            return _NONE
        if not _DIGITS.issuperset(text) or len(text) > len(str(MARKET.count)) or int(text) > MARKET.count:
            raise _Unusable(Dropped.NOT_A_COUNT)
        return int(text)


def read_market_table(file: BinaryIO, *, taxonomy: Taxonomy, regions: Collection[str] | None = None) -> Table:
    """Read a table of which the header is right; `regions` None takes the codes as they come.

    Raises:
        MalformedMarketTable: the header.
        MarketTableTooLarge: more bytes than MARKET.table.
        MarketTableEmpty: no row could be used; its details are the counts.
    """
    lines = _lines(file)
    reading = _Reading(taxonomy, regions, *_header(next(lines, None)))
    for number, line in enumerate(lines, start=2):
        if line is None or line.strip():
            reading.take(number, line)
    if reading.period is None or not reading.found:
        raise MarketTableEmpty(**{str(rule): count for rule, count in sorted(reading.dropped.items())})
    return _table(reading, reading.period)


def _table(reading: _Reading, period: Period) -> Table:
    numbers = {number for found in reading.found.values() for number in found[::3]}
    last = max(numbers)
    first = min(number for number in numbers if number > last - MARKET.windows)
    figures = []
    for (occupation, region), found in sorted(reading.found.items()):
        counts: dict[int, tuple[int, int]] = {}
        for number, vacancies, seekers in zip(found[::3], found[1::3], found[2::3], strict=True):
            if number < first:
                reading.dropped[Dropped.TOO_EARLY] += 1
            elif number in counts:
                reading.dropped[Dropped.TWICE] += 1
            else:
                counts[number] = (vacancies, seekers)
        rows = [counts.get(number, (_NONE, _NONE)) for number in range(first, last + 1)]
        figures.append(Figure(occupation, region, _known_counts(rows, 0), _known_counts(rows, 1)))
    dropped = {str(rule): count for rule, count in sorted(reading.dropped.items())}
    return Table(
        Window(period, first), Window(period, last), tuple(figures), reading.rows, dropped, reading.lines
    )


def _known_counts(rows: list[tuple[int, int]], place: int) -> Counts:
    return tuple(None if row[place] == _NONE else row[place] for row in rows)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Lines within the bound; None for one that is longer. Raises MarketTableTooLarge."""
    read, within = 0, True
    while line := file.readline(MARKET.line + 1):
        read += len(line)
        if read > MARKET.table:
            raise MarketTableTooLarge(limit=MARKET.table)
        ended = line.endswith(b"\n") or len(line) <= MARKET.line
        if within:
            yield line if ended else None
        within = ended


def _header(line: bytes | None) -> tuple[Mapping[str, int], str]:
    """Where each column stands, and what parts them."""
    if line is None:
        raise MalformedMarketTable
    line = line.removeprefix(b"\xef\xbb\xbf")
    delimiter = ";" if line.count(b";") > line.count(b",") else ","
    names = [name.strip().casefold() for name in _cells(line, delimiter) or ()]
    if len(set(names)) != len(names) or not set(NEEDED) <= set(names):
        raise MalformedMarketTable
    return {name: place for place, name in enumerate(names)}, delimiter


def _cells(line: bytes, delimiter: str) -> list[str] | None:
    """One line by itself: a quote that never ends takes no other row with it."""
    try:
        return next(csv.reader([line.decode("utf-8")], delimiter=delimiter, strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return None


def _known(name: str, taxonomy: Taxonomy) -> str | None:
    """The IRI that a row means; of an occupation that an older release had, its successor."""
    if name and _DIGITS.issuperset(name):
        name = f"{GROUP}{name}"
    gone = taxonomy.retired.get(name)
    if gone is not None and gone.successor is not None:
        name = gone.successor
    known = name in taxonomy.occupations or name in taxonomy.occupation_groups
    return name if known else None

"""Time sheets: CSV (RFC 4180) with a day, hours and a task in each row; read strictly, written anew.

What is bound and handed on is what we wrote from what we read: dates in one form, hours as numbers, and every
task that a spreadsheet would take for a formula with an apostrophe before it. The file that came is not kept.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issuer.confirmations.errors import (
    DayTooLong,
    MalformedTimeSheet,
    TimeSheetTooLong,
    WrongCells,
    WrongDay,
    WrongHours,
    WrongTask,
)
from issuer.confirmations.limits import CONFIRMATION
from passport.errors import PassportError
from passport.spreadsheet import neutral
from passport.texts.unseen import UNSEEN

_COLUMNS = {
    "date": "date",
    "datum": "date",
    "day": "date",
    "dag": "date",
    "hours": "hours",
    "uren": "hours",
    "task": "task",
    "taak": "task",
    "werk": "task",
}
_NAMES = ("date", "hours", "task")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
_HOURS = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,2})?")
_DAY = Decimal(24)
_EARLIEST = date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class TimeSheetRow:
    day: date
    hours: Decimal
    task: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    """`number` counts from 1 below the names of the columns."""

    number: int
    error: PassportError


@dataclass(frozen=True, slots=True)
class TimeSheet:
    rows: tuple[TimeSheetRow, ...]
    wrong: tuple[WrongRow, ...]
    """The first of them; a sheet with any is not taken."""

    @property
    def hours(self) -> Decimal:
        return sum((row.hours for row in self.rows), Decimal(0))

    @property
    def days(self) -> int:
        return len({row.day for row in self.rows})

    @property
    def first(self) -> date:
        return min(row.day for row in self.rows)

    @property
    def last(self) -> date:
        return max(row.day for row in self.rows)


def read_time_sheet(data: bytes, today: date) -> TimeSheet:
    """Read the whole sheet; what is wrong with single rows is told by row.

    Raises:
        MalformedTimeSheet, TimeSheetTooLong
    """
    if len(data) > CONFIRMATION.sheet:
        raise TimeSheetTooLong(limit=CONFIRMATION.rows)
    lines = _lines(data)
    names = _columns(next(lines, []))
    rows: list[TimeSheetRow] = []
    wrong: list[WrongRow] = []
    days: dict[date, Decimal] = {}
    number = 0
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if number > CONFIRMATION.rows:
            raise TimeSheetTooLong(limit=CONFIRMATION.rows)
        try:
            row = _row(names, cells, today)
            days[row.day] = days.get(row.day, Decimal(0)) + row.hours
            if days[row.day] > _DAY:
                raise DayTooLong
        except PassportError as error:
            if len(wrong) < CONFIRMATION.wrong_rows:
                wrong.append(WrongRow(number, error))
        else:
            rows.append(row)
    if not rows and not wrong:
        raise MalformedTimeSheet
    return TimeSheet(tuple(rows), tuple(wrong))


def write_time_sheet(sheet: TimeSheet) -> bytes:
    """The sheet in one form. A cell is data in every program: none begins a formula."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(_NAMES)
    for row in sheet.rows:
        lines.writerow((row.day.isoformat(), str(row.hours), neutral(row.task)))
    return written.getvalue().encode()


def _lines(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedTimeSheet from None
    if "\x00" in text:
        raise MalformedTimeSheet
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise MalformedTimeSheet from None


def _columns(cells: list[str]) -> list[str]:
    names = [_COLUMNS.get(cell.strip().lower(), "") for cell in cells]
    if sorted(names) != sorted(_NAMES):
        raise MalformedTimeSheet
    return names


def _row(names: list[str], cells: list[str], today: date) -> TimeSheetRow:
    if len(cells) != len(names):
        raise WrongCells
    row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    return TimeSheetRow(_day(row["date"], today), _hours(row["hours"]), _task(row["task"]))


def _day(text: str, today: date) -> date:
    iso, dutch = _ISO.fullmatch(text), _DUTCH.fullmatch(text)
    if iso is not None:
        year, month, day = iso.groups()
    elif dutch is not None:
        day, month, year = dutch.groups()
    else:
        raise WrongDay
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise WrongDay from None
    if not _EARLIEST <= found <= today:
        raise WrongDay
    return found


def _hours(text: str) -> Decimal:
    if _HOURS.fullmatch(text) is None:
        raise WrongHours
    hours = Decimal(text.replace(",", "."))
    if not 0 < hours <= _DAY:
        raise WrongHours
    return hours


def _task(text: str) -> str:
    if not 0 < len(text) <= CONFIRMATION.task or UNSEEN.search(text) or "\n" in text or "\t" in text:
        raise WrongTask
    return text

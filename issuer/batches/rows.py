"""Read the rows of a CSV file (RFC 4180), each into an order or an error; nothing is stored here.

Columns, in any order, all optional:

    reference            your own number for the row; with it the same row is never issued twice, in any batch
    subject              the holder's did:key or did:jwk; empty makes an offer with a link
    valid_from, valid_until, activity_start, activity_end    dates, 2026-01-31
    role, result_value   texts
    evidence_name, evidence_genre, evidence_narrative        one piece of evidence
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from pydantic import ValidationError

from issuer.errors import (
    CellTooLong,
    DuplicateReference,
    MalformedCsv,
    NoRows,
    SubjectNotSupported,
    TooManyRows,
    UnknownColumn,
    WrongDate,
    WrongNumberOfCells,
    WrongReference,
    WrongSubject,
)
from issuer.issuance.claims import Claims, NewEvidence, NewResult
from issuer.issuance.prepare import check_subject
from issuer.limits import BATCH, REFERENCE
from passport.errors import PassportError
from passport.errors.web import MalformedRequest

COLUMNS = (
    "reference",
    "subject",
    "valid_from",
    "valid_until",
    "activity_start",
    "activity_end",
    "role",
    "result_value",
    "evidence_name",
    "evidence_genre",
    "evidence_narrative",
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be issued. `number` counts from 1 below the column names."""

    number: int
    reference: str
    subject: str | None
    claims: Claims


@dataclass(frozen=True, slots=True)
class RefusedRow:
    number: int
    reference: str
    error: PassportError


def read_rows(data: bytes, achievement: str) -> list[Row | RefusedRow]:
    """Read the whole file. A wrong row is refused by itself; a file that is no such table as a whole.

    Raises:
        MalformedCsv, UnknownColumn, TooManyRows, NoRows
    """
    lines = _lines(data)
    names = [name.strip().lower() for name in next(lines, [])]
    if not names or len(set(names)) != len(names) or not set(names) <= set(COLUMNS):
        raise UnknownColumn if names else MalformedCsv
    found: list[Row | RefusedRow] = []
    seen: set[str] = set()
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) >= BATCH.rows:
            raise TooManyRows(limit=BATCH.rows)
        found.append(_read(len(found) + 1, names, cells, achievement, seen))
    if not found:
        raise NoRows
    return found


def _lines(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedCsv from None
    if "\x00" in text:
        raise MalformedCsv
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise MalformedCsv from None


def _read(
    number: int, names: list[str], cells: list[str], achievement: str, seen: set[str]
) -> Row | RefusedRow:
    reference = ""
    try:
        if len(cells) != len(names):
            raise WrongNumberOfCells
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        reference = _reference(row.get("reference", ""))
        if any(len(cell) > BATCH.cell for cell in row.values()):
            raise CellTooLong(limit=BATCH.cell)
        if reference in seen:
            raise DuplicateReference
        made = Row(number, reference, _subject(row), _claims(row, achievement))
    except PassportError as error:
        return RefusedRow(number, reference, error)
    if reference:
        seen.add(reference)
    return made


def _reference(text: str) -> str:
    if len(text) > REFERENCE or not text.isprintable():
        raise WrongReference
    return text


def _subject(row: Mapping[str, str]) -> str | None:
    subject = row.get("subject", "")
    if not subject:
        return None
    try:
        return check_subject(subject)
    except SubjectNotSupported:
        raise WrongSubject from None


def _claims(row: Mapping[str, str], achievement: str) -> Claims:
    evidence = {
        member: row[column]
        for member, column in (
            ("name", "evidence_name"),
            ("genre", "evidence_genre"),
            ("narrative", "evidence_narrative"),
        )
        if row.get(column)
    }
    try:
        claims = Claims.model_construct(
            achievement=achievement,
            valid_from=_day(row, "valid_from"),
            valid_until=_day(row, "valid_until", last=True),
            activity_start_date=_day(row, "activity_start"),
            activity_end_date=_day(row, "activity_end", last=True),
            role=row.get("role") or None,
            evidence=[NewEvidence.model_validate(evidence)] if evidence else [],
            result=[NewResult.model_validate({"value": row["result_value"]})]
            if row.get("result_value")
            else [],
            source=None,
        )
    except ValidationError:
        raise MalformedRequest(field="evidence", rule="text") from None
    claims.check()
    return claims


def _day(row: Mapping[str, str], column: str, *, last: bool = False) -> datetime | None:
    """A day's first second, or for an end its last one, in UTC."""
    text = row.get(column, "")
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise WrongDate(column=column)  # fromisoformat also takes week dates and the basic format
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongDate(column=column) from None
    return datetime.combine(day, _LAST_SECOND if last else time(tzinfo=UTC))

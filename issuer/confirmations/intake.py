"""Take in a record: what it is says its first bytes, and not its name; then it is cleaned or refused."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from issuer.confirmations.errors import RecordEmpty, RecordKindUnknown, RecordTooLarge
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.photos import clean_photo
from issuer.confirmations.time_sheets import TimeSheet, WrongRow, read_time_sheet, write_time_sheet
from passport.json import JsonObject
from passport.texts.unseen import UNSEEN

_PDF = b"%PDF-"
_PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_NAME = 80
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_SEPARATORS = str.maketrans({"/": "-", "\\": "-"})


class RecordKind(StrEnum):
    TIME_SHEET = "time-sheet"
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A record as it will be kept."""

    kind: RecordKind
    data: bytes
    media_type: str
    name: str
    summary: JsonObject
    """Of a time sheet its totals: days, hours, first, last."""


@dataclass(frozen=True, slots=True)
class WrongSheet:
    """A time sheet that is not taken: the page tells its rows."""

    name: str
    rows: tuple[WrongRow, ...]


def take_in(data: bytes, name: str, today: date) -> TakenIn | WrongSheet:
    """Read, clean and name a record; a time sheet whose rows are not all right comes back with those.

    Raises:
        RecordEmpty, RecordTooLarge, RecordKindUnknown, PhotoTooLarge, PhotoUnreadable,
        MalformedTimeSheet, TimeSheetTooLong
    """
    if not data:
        raise RecordEmpty
    if len(data) > CONFIRMATION.record:
        raise RecordTooLarge(limit=CONFIRMATION.record)
    shown = shown_name(name)
    if data.startswith(_PDF):
        if len(data) > CONFIRMATION.document:
            raise RecordTooLarge(limit=CONFIRMATION.document)
        return TakenIn(RecordKind.DOCUMENT, data, "application/pdf", f"{shown}.pdf", {})
    if data.startswith(_PHOTOS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return TakenIn(RecordKind.PHOTO, clean_photo(data), "image/jpeg", f"{shown}.jpg", {})
    if not _is_text(data):
        raise RecordKindUnknown
    sheet = read_time_sheet(data, today)
    if sheet.wrong:
        return WrongSheet(f"{shown}.csv", sheet.wrong)
    return TakenIn(
        RecordKind.TIME_SHEET, write_time_sheet(sheet), "text/csv", f"{shown}.csv", _summary(sheet)
    )


def _summary(sheet: TimeSheet) -> JsonObject:
    return {
        "days": sheet.days,
        "rows": len(sheet.rows),
        "hours": str(sheet.hours.normalize() if sheet.hours % 1 else sheet.hours.to_integral_value()),
        "first": sheet.first.isoformat(),
        "last": sheet.last.isoformat(),
    }


def _is_text(data: bytes) -> bool:
    """No control characters but those that end lines and cells: no archive and no program looks like that."""
    return not any(byte < 32 and byte not in b"\t\r\n" for byte in data[: CONFIRMATION.sheet])  # noqa: PLR2004


def shown_name(name: str) -> str:
    """A file's name without its ending, for people to know it by: no path, nothing unseen, not too long."""
    stem = UNSEEN.sub("", name.translate(_SEPARATORS)).replace("\n", " ").replace("\t", " ")
    stem = _ENDING.sub("", stem)
    return stem.strip(" .-'\"=+@")[:_NAME].strip() or "record"

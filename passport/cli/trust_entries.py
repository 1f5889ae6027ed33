"""Entries of a trust list from what a registrar keeps: a word on the command line, a CSV or a JSON file."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from passport.cli.trust_classes import classes_of
from passport.clock import parse_datetime
from passport.errors import Invalid
from passport.errors.trust import MalformedTrustList
from passport.json import JsonValue, parse_json
from passport.limits import PUBLISHED
from passport.statements import Members
from passport.terminal import read_file
from passport.trust import Recognised, Recognition, RecognitionClass, Revocation, TrustEntry
from passport.trust.entry import read_entry as read_member
from passport.trust.recognition import by_word

COLUMNS = (
    "did",
    "name",
    "recognised_as",
    "valid_from",
    "valid_until",
    "achievements",
    "skills",
    "also_known_as",
    "may_recognise",
    "list",
    "revoked_at",
    "revoked_reason",
)
_NEEDED = frozenset({"did", "name"})


class MalformedEntry(Invalid):
    code = "malformed_entry"
    sentence = (
        "Write an entry like did:web:school.example=educator,validator=Name of the school. "
        f"Recognitions are: {', '.join(sorted(Recognition))}; or a class of the list."
    )


class MalformedEntries(Invalid):
    code = "malformed_entries"
    sentence = (
        "The file of entries could not be read. A CSV needs the columns did and name, and may have: "
        f"{', '.join(COLUMNS[2:])}. Within a cell a space separates values; a day is written 2027-01-31."
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries of a file, and the classes that it brings along."""

    entries: list[TrustEntry]
    classes: tuple[RecognitionClass, ...] = ()


def read_entry(text: str, since: datetime, classes: Iterable[RecognitionClass] = ()) -> TrustEntry:
    """Read `DID=recognition[,recognition]=name`; raises MalformedEntry."""
    known = by_word(classes)
    parts = text.split("=", 2)
    try:
        did, recognitions, name = parts
        recognised = frozenset(known[word] for word in recognitions.split(","))
    except (ValueError, KeyError):
        raise MalformedEntry from None
    return TrustEntry(id=did, name=name, recognised_as=recognised, valid_from=since)


def read_entries(
    path: Path, since: datetime, done: Callable[[], None], classes: Iterable[RecognitionClass] = ()
) -> Listed:
    """Read a CSV, or JSON as a trust list has it; `done` is called for each.

    The entries may name the classes that are given, and those that are in the JSON beside them.

    Raises:
        MalformedEntries: with the line of a CSV, or the number of an entry, where there is one.
    """
    data = read_file(path, PUBLISHED.size)
    document = parse_json(data, PUBLISHED) if data.lstrip()[:1] in {b"[", b"{"} else None
    own = classes_of(document) if isinstance(document, dict) else ()
    known = by_word((*classes, *own))
    found = _from_csv(data, since, known) if document is None else _from_json(document, known)
    entries = []
    for entry in found:
        entries.append(entry)
        done()
    return Listed(entries, own)


def _from_json(document: JsonValue, known: Mapping[str, Recognised]) -> Iterator[TrustEntry]:
    listed = document.get("entries") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise MalformedEntries
    for number, each in enumerate(listed, start=1):
        try:
            yield read_member(Members(each, MalformedTrustList), known)
        except MalformedTrustList as error:
            raise MalformedEntries(entry=number, **error.details) from None


def _from_csv(data: bytes, since: datetime, known: Mapping[str, Recognised]) -> Iterator[TrustEntry]:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        columns = set(reader.fieldnames or ())
        if not _NEEDED <= columns <= set(COLUMNS):
            raise MalformedEntries
        for row in reader:
            if None in row or None in row.values():
                raise MalformedEntries(line=reader.line_num)
            try:
                yield _row({name: str(cell).strip() for name, cell in row.items()}, since, known)
            except (ValueError, KeyError, Invalid):
                raise MalformedEntries(line=reader.line_num) from None
    except (UnicodeDecodeError, csv.Error):
        raise MalformedEntries from None


def _row(row: Mapping[str, str], since: datetime, known: Mapping[str, Recognised]) -> TrustEntry:
    """Raises KeyError for a word that is no recognition, ValueError or Invalid for a date that is none."""

    def cell(name: str) -> str:
        return row.get(name, "")

    def several(name: str) -> frozenset[str]:
        return frozenset(cell(name).split())

    revoked = None
    if cell("revoked_at") or cell("revoked_reason"):
        revoked = Revocation(_moment(cell("revoked_at")), cell("revoked_reason"))
    return TrustEntry(
        id=cell("did"),
        name=cell("name"),
        recognised_as=frozenset(known[word] for word in several("recognised_as")),
        valid_from=_moment(cell("valid_from")) if cell("valid_from") else since,
        valid_until=_moment(cell("valid_until")) if cell("valid_until") else None,
        achievements=several("achievements") or None,
        skills=several("skills") or None,
        also_known_as=several("also_known_as"),
        may_recognise=frozenset(known[word] for word in several("may_recognise")),
        list_id=cell("list") or None,
        revoked=revoked,
    )


def _moment(text: str) -> datetime:
    """A day, or a moment with its zone."""
    if len(text) == len("2027-01-31"):
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    return parse_datetime(text)

"""What arguments stand for: files, folders, pictures of QR codes, lines of a file or of standard input."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import typer

from passport.errors import Invalid, JsonTooLarge, MalformedJson, PassportError
from passport.errors.qr_text import FramesMissing, NotAFrame
from passport.limits import PRESENTATION
from passport.terminal import one_line, read_file
from passport.workers import Refused

STANDARD_INPUT = Path("-")
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
LINES = frozenset({".jsonl", ".ndjson"})
DOCUMENTS = frozenset({".json", ".jsonld", ".jwt", ".jws", ".sdjwt"})
CARRIERS = frozenset({".svg", ".pdf", ".html", ".htm", ".zip"})
"""Files that hold a credential among other things; pictures are looked into as well."""
ARCHIVE = ".zip"
_MOST = PRESENTATION.size


class NothingToRead(Invalid):
    code = "nothing_to_read"
    sentence = "There is no document in that folder: no .json, .jsonl, .jwt or .sdjwt, no picture, no PDF."


class NothingGiven(Invalid):
    code = "nothing_given"
    sentence = "There is nothing to verify: what was given is empty."


@dataclass(frozen=True, slots=True)
class Input:
    """One document, or why it could not be read. `label` names it to the person who gave it."""

    label: str
    source: bytes | Refused


def there(paths: list[Path] | None) -> list[Path] | None:
    """A name that leads nowhere is a wrong use of the command; `-` is standard input."""
    for path in paths or ():
        if path != STANDARD_INPUT and not path.exists():
            raise typer.BadParameter(f"There is no file or folder {one_line(str(path))}.")
    return paths


def find(paths: Sequence[Path]) -> list[Path]:
    """The files that arguments stand for: a folder's documents by their names, all else as it is.

    Raises:
        NothingToRead: a folder without a document.
    """
    found: list[Path] = []
    for path in paths:
        if path == STANDARD_INPUT or not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            each for each in path.rglob("*") if each.suffix.lower() in DOCUMENTS | LINES | PICTURES | CARRIERS
        )
        inside = [each for each in inside if each.is_file()]
        if not inside:
            raise NothingToRead
        found += inside
    return found


def count(files: Iterable[Path]) -> int | None:
    """How many documents there are; None when standard input or an archive is among them."""
    total = 0
    for path in files:
        if path == STANDARD_INPUT or path.suffix.lower() == ARCHIVE:
            return None
        total += sum(1 for _ in _lines_of(path)) if path.suffix.lower() in LINES else 1
    return total


def read(files: Iterable[Path]) -> Iterator[Input]:
    """Every document, in order, read when it is its turn."""
    parts: list[Path] = []
    for path in files:
        if path == STANDARD_INPUT:
            yield from _from_stream(sys.stdin.buffer)
        elif path.suffix.lower() in LINES:
            for number, line in _lines_of(path):
                yield Input(f"{path.name}:{number}", line)
        elif path.suffix.lower() in PICTURES | CARRIERS:
            for each in _opened(path):
                if _is_part(each):
                    parts.append(path)
                else:
                    yield each
        else:
            yield Input(path.name, _read(path))
    if parts:
        yield from _together(parts)


def _is_part(one: Input) -> bool:
    return isinstance(one.source, Refused) and isinstance(one.source.error, FramesMissing)


def _together(parts: Sequence[Path]) -> Iterator[Input]:
    """One document of which each picture shows some codes: they came in any order."""
    from passport.baking.limits import CARRIER
    from passport.pictures.badge_files import open_files

    found = open_files([(path.name, read_file(path, CARRIER.archive)) for path in parts])
    for document in found.documents:
        yield Input(document.file, document.source)
    for refused in found.refused:
        yield Input(refused.file, Refused.of(refused.error))


def _read(path: Path) -> bytes | Refused:
    try:
        return read_file(path)
    except PassportError as error:
        return Refused.of(error)


def _opened(path: Path) -> Iterator[Input]:
    """The documents in a picture, a PDF file, a page, or an archive of them, each under its file's name."""
    from passport.baking.limits import CARRIER
    from passport.pictures.badge_files import open_files

    try:
        found = open_files([(path.name, read_file(path, CARRIER.archive))])
    except PassportError as error:
        yield Input(path.name, Refused.of(error))
        return
    inside = path.suffix.lower() == ARCHIVE
    for document in found.documents:
        yield Input(f"{path.name}:{document.file}" if inside else path.name, document.source)
    for refused in found.refused:
        label = f"{path.name}:{refused.file}" if inside else path.name
        yield Input(label, Refused.of(refused.error))
    if found.links and not found.documents:
        yield Input(path.name, Refused.of(NotAFrame()))


def _lines_of(path: Path) -> Iterator[tuple[int, bytes | Refused]]:
    with path.open("rb") as file:
        yield from _lines(file)


def _from_stream(stream: BinaryIO) -> Iterator[Input]:
    """One document over several lines, or a document on every line: the first line tells."""
    first = stream.readline(_MOST + 1)
    if not first.strip() or _is_whole(first):
        for number, line in _lines(stream, first):
            yield Input(f"-:{number}", line)
        return
    whole = first + stream.read(_MOST + 1 - len(first))
    yield Input("-", Refused.of(JsonTooLarge(limit=_MOST)) if len(whole) > _MOST else whole)


def _is_whole(line: bytes) -> bool:
    if not line.lstrip().startswith((b"{", b"[")):
        return True
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _lines(stream: BinaryIO, first: bytes = b"") -> Iterator[tuple[int, bytes | Refused]]:
    """Every line that is not empty, with its number; of one that is too long, no more than that is read."""
    number = 0
    line = first or stream.readline(_MOST + 1)
    while line:
        number += 1
        if len(line) > _MOST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_MOST)
            yield number, Refused.of(JsonTooLarge(limit=_MOST))
        elif line.strip():
            yield number, unquoted(line.strip())
        line = stream.readline(_MOST + 1)


def unquoted(line: bytes) -> bytes | Refused:
    """A token stands on a line as it is, or as a JSON string."""
    if not line.startswith(b'"'):
        return line
    try:
        return str(json.loads(line)).encode("utf-8")
    except ValueError:
        return Refused.of(MalformedJson())

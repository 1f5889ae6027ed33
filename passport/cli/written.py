"""Where signed badges go: to the screen, to one file, to the lines of a file, to a folder of files."""

import json
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import typer

from passport.cli.inputs import LINES
from passport.json import dump
from passport.workers import Refused


class Written:
    """Takes outcomes in order. What is refused is kept with its label."""

    def __init__(self) -> None:
        self.count = 0
        self.refused: list[tuple[str, Refused]] = []
        self.about: dict[str, str] = {}
        """Of the last one that was signed: who it is from, and what it is called."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""

    def add(self, label: str, outcome: bytes | Refused) -> None:
        if isinstance(outcome, Refused):
            self.refused.append((label, outcome))
            self.leave_out(outcome)
            return
        self.count += 1
        self.write(label, outcome)

    def write(self, _label: str, signed: bytes) -> None:
        typer.echo(signed)

    def leave_out(self, refused: Refused) -> None:
        """Nothing stands where it would have stood."""


class OneFile(Written):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def write(self, _label: str, signed: bytes) -> None:
        self._path.write_bytes(signed)
        document = json.loads(signed)
        issuer = document["issuer"]
        self.about = {
            "id": document.get("id"),
            "issuer": issuer["id"] if isinstance(issuer, dict) else issuer,
        }


class Folder(Written):
    """A file for each, under the name that it had; of two with one name the second gets a number."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._names: set[str] = set()
        path.mkdir(parents=True, exist_ok=True)

    def write(self, label: str, signed: bytes) -> None:
        name, _, line = label.partition(":")
        stem = Path(name).stem + (f"-{line}" if line else "")
        chosen, number = stem, 1
        while chosen in self._names:
            number += 1
            chosen = f"{stem}-{number}"
        self._names.add(chosen)
        (self._path / f"{chosen}.json").write_bytes(signed)


class Lines(Written):
    """A line for each, also for one that was refused: line 7 that comes out is about line 7 that went in."""

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._file: BinaryIO | None = None if path is None else path.open("wb")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, _label: str, signed: bytes) -> None:
        if self._file is None:
            typer.echo(signed)
        else:
            self._file.write(signed + b"\n")

    def leave_out(self, refused: Refused) -> None:
        error = refused.error
        self.write("", dump({"error": {"code": error.code, "message": str(error)}}))


def writer(output: Path | None, *, one: bool) -> Written:
    """One badge: printed, or in a file. Many: lines, printed or in a file .jsonl; or a folder."""
    if one:
        return Written() if output is None else OneFile(output)
    if output is None or output.suffix.lower() in LINES:
        return Lines(output)
    return Folder(output)

"""How commands speak: rich text to people, JSON to programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from passport.errors import TooLarge
from passport.limits import PRESENTATION

console = Console(highlight=False, emoji=False)
errors = Console(stderr=True, highlight=False, emoji=False)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file.")]


def emit(value: Any, *, as_json: bool, show: Callable[[], None]) -> None:
    """Print `value` as JSON, or let `show` print it for a person."""
    if as_json:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
    else:
        show()


def read_file(path: Path, most: int = PRESENTATION.size) -> bytes:
    """The bytes of a file that a person named; raises TooLarge."""
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge(limit=most)
    return data

"""What happened in the demo: told on the terminal while it happens, kept for the page and for programs."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

MARK = {"yes": "[green]✔ yes[/]", "no": "[red]✘ no[/]", "cannot-tell": "[yellow]? cannot tell[/]"}
STRENGTH = {"hard": "● hard", "semi-hard": "◑ semi-hard", "soft": "◔ soft"}


@dataclass(slots=True)
class Picture:
    file: str
    caption: str


@dataclass(slots=True)
class Grid:
    """A small table: its heading, its columns and its rows of plain text."""

    caption: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(slots=True)
class Step:
    """One step of the story."""

    number: int
    title: str
    who: str
    parts: list[str | Grid | Picture] = field(default_factory=list)
    """What was said and shown, in its order."""
    facts: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(slots=True)
class Record:
    """The steps so far. `console` is None when only JSON is wanted."""

    folder: Path
    console: Console | None
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, who: str, title: str) -> Iterator[Step]:
        """A step: announced, timed, and kept, also when it fails."""
        made = Step(len(self.steps) + 1, title, who)
        self.steps.append(made)
        if self.console:
            self.console.print(f"\n[bold]{made.number:2}. {title}[/]  [dim]{who}[/]")
        began = time.monotonic()
        try:
            yield made
        finally:
            made.seconds = round(time.monotonic() - began, 2)

    def say(self, line: str) -> None:
        self.steps[-1].parts.append(line)
        if self.console:
            self.console.print(f"    {line}", soft_wrap=True, markup=False)

    def table(self, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        grid = Grid(caption, tuple(columns), [tuple(row) for row in rows])
        self.steps[-1].parts.append(grid)
        if self.console:
            shown = Table(
                *columns, title=caption, title_justify="left", title_style="italic", box=None, padding=(0, 2)
            )
            for row in grid.rows:
                shown.add_row(*(MARK.get(cell, STRENGTH.get(cell, cell)) for cell in row))
            self.console.print(shown)

    def picture(self, name: str, data: bytes, caption: str) -> Path:
        """Keep a picture in the report's folder."""
        path = self.folder / name
        path.write_bytes(data)
        self.steps[-1].parts.append(Picture(name, caption))
        if self.console:
            self.console.print(f"    [dim]picture: {path}[/]")
        return path

    def facts(self, **found: Any) -> None:
        """Figures for the machine-readable summary."""
        self.steps[-1].facts.update(found)

    def panel(self, text: str, title: str) -> None:
        if self.console:
            self.console.print(Panel(text, title=title, title_align="left", expand=False))

"""How commands speak: plain text with a little colour to people, JSON to programs.

What a stranger wrote can't take the screen over: square brackets are brackets, and characters that move the
cursor, colour text or turn its direction round are shown as U+FFFD.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from passport.answers import Answer
from passport.errors import TooLarge
from passport.limits import PRESENTATION
from passport.texts import Language
from passport.texts.unseen import seen


class Screen(Console):
    """A console that takes no markup unless `markup=True` is asked for, and no control characters at all."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, emoji=False, markup=False)

    def print(self, *objects: Any, **options: Any) -> None:
        """Text breaks between words, on a screen only: a link or a DID stays whole, to be copied."""
        if objects and all(isinstance(each, str) for each in objects):
            if not self.is_terminal:
                options.setdefault("soft_wrap", True)
            options.setdefault("overflow", "ignore")
            options.setdefault("crop", False)
        super().print(*objects, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(seen(text), **options)


console = Screen()
errors = Screen(stderr=True)

_YES, _NO = ("✔", "✘") if console.encoding.lower().startswith("utf") else ("+", "x")
MARKS: Mapping[Answer, Text] = {
    Answer.YES: Text(_YES, "green"),
    Answer.NO: Text(_NO, "red"),
    Answer.CANNOT_TELL: Text("?", "yellow"),
}


def language_of_the_terminal(environment: Mapping[str, str]) -> Language:
    """What the terminal speaks, by the variable that counts first (POSIX, 8.2); English if not Dutch."""
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return Language.NL if next(filter(None, named), "").startswith("nl") else Language.EN


_VARIABLE = "PASSPORT_LANGUAGE"


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What `-l` or `--language` says, or the variable, or the terminal. What is no language says nothing."""
    named = _option(words) or environment.get(_VARIABLE, "")
    return Language(named) if named in set(Language) else language_of_the_terminal(environment)


def _option(words: Sequence[str]) -> str:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in {"-l", "--language"}:
            return following
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word.startswith("-l") and word[2:] in set(Language):
            return word[2:]
    return ""


SPOKEN = language_of_the_terminal(os.environ)
"""What a command speaks where nobody says otherwise."""
InLanguage = Annotated[
    Language,
    typer.Option("--language", "-l", envvar=_VARIABLE, help="Of labels and sentences: nl or en."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file.")]
RowsOfSkills = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="A CSV, a row for each skill.")
]
PublisherKey = Annotated[
    Path, typer.Option("--key", exists=True, dir_okay=False, help="Key of the publisher.")
]
PublisherName = Annotated[str, typer.Option(help="Name of the publisher.")]
WhoseSkills = Annotated[str, typer.Option(help="Whose skills they are, with the release.")]
NewVersion = Annotated[int, typer.Option(min=1, help="Higher than any version before.")]
DaysInForce = Annotated[int, typer.Option(min=1, help="How long the publisher answers for it.")]


def one_line(text: str) -> str:
    """A stranger's text without the line breaks that could pass for lines of ours."""
    return " ".join(text.split())


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

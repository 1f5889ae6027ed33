"""Texts of a stranger, fit for paper: nothing in them hides, turns or moves what stands beside them."""

import re
import unicodedata
from collections.abc import Iterator

from passport.texts.unseen import seen

_NO_LETTERS = re.compile("[\ufffe\uffff\U0001fffe\U0001ffff]")
"""What no XML can hold, and no font has."""

_LINE = 300
_TEXT = 4_000
_LINES = 80
"""Of one text: a page and a half. Four thousand characters would make two thousand."""
_TURNS = frozenset({"L", "R", "AL", "EN", "AN"})
_WITHOUT_LETTERS = 200
"""Characters in a row that say nothing of the direction of writing (Unicode, annex 9): the library that sets
a page looks for the next letter by calling itself, and ends after nine hundred."""


def one_line(text: str) -> str:
    """On one line, of a length that a heading can have."""
    return _cut(" ".join(_printable(text).split()), _LINE)


def several_lines(text: str) -> str:
    """With its paragraphs, as long as a page."""
    written = _printable(text.replace("\r\n", "\n")).strip()
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in written.split("\n")):
        if line or (kept and kept[-1]):
            kept.append(line)
    if len(kept) > _LINES:
        kept = [*kept[: _LINES - 1], "…"]
    return _cut("\n".join(kept), _TEXT)


def _printable(text: str) -> str:
    return with_letters(_NO_LETTERS.sub("\ufffd", seen(text)))


def with_letters(text: str) -> str:
    """Without what goes on and on between two letters: lines of dashes, of dots, of small pictures."""
    return "".join(_with_letters(text))


def _with_letters(text: str) -> Iterator[str]:
    run = 0
    for letter in text:
        run = 0 if unicodedata.bidirectional(letter) in _TURNS else run + 1
        if run <= _WITHOUT_LETTERS:
            yield letter
        elif run == _WITHOUT_LETTERS + 1:
            yield "…"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"

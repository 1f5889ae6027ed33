"""Texts of a stranger, fit for paper: nothing in them hides, turns or moves what stands beside them."""

import re

from passport.texts.unseen import seen

_NO_LETTERS = re.compile("[\ufffe\uffff\U0001fffe\U0001ffff]")
"""What no XML can hold, and no font has."""

_LINE = 300
_TEXT = 4_000


def one_line(text: str) -> str:
    """On one line, of a length that a heading can have."""
    return _cut(" ".join(_printable(text).split()), _LINE)


def several_lines(text: str) -> str:
    """With its paragraphs, as long as a page."""
    kept = [" ".join(line.split()) for line in _printable(text.replace("\r\n", "\n")).split("\n")]
    return _cut("\n".join(kept).strip(), _TEXT)


def _printable(text: str) -> str:
    return _NO_LETTERS.sub("\ufffd", seen(text))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"

"""Text in a picture: how wide it is about, where it breaks, and what of a stranger's text is not drawn.

A picture knows no fonts, so widths are estimates that err on the wide side: a name may break early, and never
runs out of its box.
"""

import re
import unicodedata
from itertools import groupby

from passport.texts.unseen import seen

_NARROW, _WIDE = frozenset("fijlrtI.,:;'!|()[]- "), frozenset("mwMW@%&<>+=~#_—…·")
_NOT_XML = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_MARKS = 2
"""Marks on one letter that are drawn: more of them pile up over the lines around."""


def drawable(text: str) -> str:
    """One line of text that XML can hold and that moves nothing around it."""
    shown = seen(_NOT_XML.sub("\ufffd", " ".join(text.split())))
    return "".join(
        "".join(list(group)[: _MARKS if mark else None])
        for mark, group in groupby(shown, key=lambda letter: unicodedata.combining(letter) > 0)
    )


def width_of(text: str, size: float) -> float:
    """About how wide, in the picture's units."""
    return sum(map(_letter, text)) * size


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.05
    if letter in _NARROW:
        return 0.38
    if letter in _WIDE or not letter.isalnum():
        return 1.0
    return 0.75 if letter.isupper() else 0.6


def wrapped(text: str, size: float, width: float, most: int) -> list[str]:
    """The text in at most so many lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in _pieces(drawable(text), size, width):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while width_of(f"{last}…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _pieces(text: str, size: float, width: float) -> list[str]:
    """The words, those that are wider than a line cut."""
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for letter in word:
            if width_of(piece + letter, size) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces

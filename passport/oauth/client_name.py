"""What a client or a platform calls itself: nobody vouches for it, but people must see that it is there."""

import re
import unicodedata

_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by their category, drawn as nothing: fillers of Hangul, the empty Braille cell."""
_STACKED = 4
"""Marks on one letter: no language writes so many, and enough of them paint over the lines beside a name."""


def can_be_seen(name: str) -> bool:
    """Whether a name has a letter, a digit or a symbol that is drawn, and stays on its line."""
    drawn = any(
        unicodedata.category(character)[0] in "LNS" and character not in _BLANKS for character in name
    )
    marks = "".join("m" if unicodedata.category(character)[0] == "M" else "." for character in name)
    return drawn and re.search("m" * _STACKED, marks) is None

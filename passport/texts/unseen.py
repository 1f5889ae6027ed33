"""Characters in a stranger's text that nobody sees and that change what is seen around them."""

import re
import unicodedata
from itertools import groupby
from typing import Final

UNSEEN: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls, marks that turn the direction of text round, separators of lines, halves of characters."""


_LATIN = "[0-9A-Za-z\u00c0-\u024f]"
_WITHOUT_WIDTH: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
    f"|(?<={_LATIN})[\u200c\u200d]+(?={_LATIN})"
)
"""Letters without width: two names that look the same and are not. No text is refused for them, since a soft
hyphen comes along unnoticed. The joiners stay where they shape letters or pictures: Persian, emoji."""

_MARKS: Final = 4
"""Marks on one letter: no language writes more, and further ones are drawn over the lines around."""
_MAY_PILE_UP: Final = re.compile(f"[^\0-\u02ff]{{{_MARKS + 1}}}")
"""No mark is among the first characters; most texts end here."""


def seen(text: str) -> str:
    """The text with U+FFFD for each of them: what was hidden shows, and moves or covers nothing."""
    shown = _WITHOUT_WIDTH.sub("\ufffd", UNSEEN.sub("\ufffd", text))
    return _without_piles(shown) if _MAY_PILE_UP.search(shown) else shown


def _without_piles(text: str) -> str:
    return "".join(
        "".join(letters[:_MARKS]) + "\ufffd" if mark and len(letters) > _MARKS else "".join(letters)
        for mark, group in groupby(text, key=lambda letter: unicodedata.category(letter) in {"Mn", "Me"})
        for letters in [list(group)]
    )


def seen_on_a_page(value: object) -> object:
    """For `finalize` of Jinja: every text in a template, but markup that we made and line ends of a form."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return seen(value.replace("\r\n", "\n"))

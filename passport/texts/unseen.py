"""Characters in a stranger's text that nobody sees and that change what is seen around them."""

import re
from typing import Final

UNSEEN: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls, marks that turn the direction of text round, separators of lines, halves of characters."""


def seen(text: str) -> str:
    """The text with U+FFFD for each of them: what was hidden shows, and moves nothing."""
    return UNSEEN.sub("\ufffd", text)


def seen_on_a_page(value: object) -> object:
    """For `finalize` of Jinja: every text in a template, but markup that we made and line ends of a form."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return seen(value.replace("\r\n", "\n"))

"""Names of files, after the badge in them. What a stranger called it is a hint for people, nothing more."""

import unicodedata
from typing import Final

_BYTES: Final = 96
"""Of UTF-8. File systems take 255 in all, and whoever saves it may add a path."""
_NUMBER: Final = 8
_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"})
"""Letters, what belongs to them, and digits: no dots, strokes, spaces, controls or marks of direction."""


def file_stem(title: str, number: str, otherwise: str = "credential") -> str:
    """A name without its ending, in the letters of the badge: `Basisveiligheid-VCA-0a1b2c3d`.

    The number at its end keeps two badges of one name apart, and keeps names away that a system reserves
    (CON, NUL). Nothing in a title leads to another folder, hides a file, or ends one in another way.

    Args:
        title: as the badge says it is called.
        number: of this credential; its first characters are written.
        otherwise: what a badge is called whose title has no letters.
    """
    letters = "".join(
        letter if unicodedata.category(letter) in _KEPT else " "
        for letter in unicodedata.normalize("NFKC", title)
    )
    words = "-".join(letters.split()).encode()[:_BYTES].decode("utf-8", "ignore").strip("-")
    while words and unicodedata.category(words[0]).startswith("M"):
        words = words[1:]  # it would stand on a letter of whatever comes before
    return f"{words or otherwise}-{number[:_NUMBER]}"

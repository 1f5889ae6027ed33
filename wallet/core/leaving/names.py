"""Names of files that we make. What a stranger called something is a hint for people and nothing more."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from passport.errors import Invalid
from wallet.core.evidence_files import MediaType, media_type_of

_LONGEST = 40
_EXTENSIONS = {
    MediaType.JPEG: "jpg",
    MediaType.PNG: "png",
    MediaType.WEBP: "webp",
    MediaType.PDF: "pdf",
    MediaType.TEXT: "txt",
    MediaType.CSV: "txt",
}
"""By content. A table is written as text: a program for tables would run the formulas in a stranger's."""


def file_name(number: int, title: str, extension: str) -> str:
    """A name of its own, in letters that look like no others: `007-welder.json`.

    The number in front keeps two names apart, keeps names that a system reserves (CON, NUL) and hidden files
    away, and gives an order. Nothing of `title` can lead to another folder.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    name = "-".join(words)[:_LONGEST].strip("-")
    return f"{number:03}-{name}.{extension}" if name else f"{number:03}.{extension}"


def without_extension(name: str) -> str:
    """The last part of a path in either system's spelling, before its last dot."""
    return PurePosixPath(PureWindowsPath(name).name).stem


def extension_of(data: bytes) -> str:
    """What a file is, by its content; what a browser would run, or nobody knows, is `bin`."""
    try:
        return _EXTENSIONS[media_type_of(data)]
    except Invalid:
        return "bin"

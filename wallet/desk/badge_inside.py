"""The badge that a picture, a page or a PDF file carries, when somebody hands over the file itself."""

from passport.baking import FileKind, Version, credentials_in, kind_of_file
from passport.errors import PassportError

_CARRIERS = frozenset({FileKind.PNG, FileKind.SVG, FileKind.PDF, FileKind.HTML})


def badge_inside(data: bytes) -> bytes | None:
    """The one credential inside; None for a plain picture, scan or page, and for an older badge."""
    if kind_of_file(data) not in _CARRIERS:
        return None
    try:
        (found,) = credentials_in(data)
    except PassportError:
        return None
    return found.source if found.version is Version.OB3 else None

"""Files with credentials in them, opened with the codes that stand in pictures."""

from collections.abc import Iterable

from passport import badge_files
from passport.badge_files import Document, NotOpened, Opened
from passport.pictures.qr import Reading

__all__ = ["Document", "NotOpened", "Opened", "open_files"]


def open_files(files: Iterable[tuple[str, bytes]], text: str = "") -> Opened:
    """As `passport.badge_files.open_files`."""
    return badge_files.open_files(files, text, reading=Reading)

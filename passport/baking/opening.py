"""Any file that may carry a credential: what it is, decided once by its first bytes, and what is inside."""

from enum import StrEnum

from passport.baking.archive import SIGNATURE as ZIP
from passport.baking.archive import unzip
from passport.baking.collection import credentials_of, version_of
from passport.baking.html import unhtml
from passport.baking.inside import Inside
from passport.baking.limits import CARRIER
from passport.baking.pdf import unpdf
from passport.baking.png import unbake_png
from passport.baking.png_chunks import SIGNATURE as PNG
from passport.baking.svg import unbake_svg
from passport.errors.baking import BadgeFileTooLarge, NoCredentialInside

_HEAD = 2_048
_MARK = b"\xef\xbb\xbf"


class FileKind(StrEnum):
    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    HTML = "html"
    ZIP = "zip"
    PHOTO = "photo"
    """JPEG, WebP or GIF: nothing is baked into these, they may show QR codes."""
    TEXT = "text"


def kind_of_file(data: bytes) -> FileKind:
    """By the first bytes alone, whatever its name says: a file that is two things at once is one here."""
    if data.startswith(PNG):
        return FileKind.PNG
    if data.startswith(ZIP):
        return FileKind.ZIP
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith((b"\xff\xd8\xff", b"GIF8")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return FileKind.PHOTO
    head = data[:_HEAD].removeprefix(_MARK).lstrip().lower()
    if head.startswith(b"<"):
        return FileKind.HTML if b"<html" in head or b"<!doctype html" in head else FileKind.SVG
    return FileKind.TEXT


def credentials_in(data: bytes) -> tuple[Inside, ...]:
    """What one file brings: one credential, or several from a list. An archive is opened by `files_in`.

    Raises:
        NoCredentialInside: also for a photo; whoever can read QR codes goes on with it.
        Invalid, Indeterminate: of passport.errors.baking, or what reading JSON raises.
    """
    kind = kind_of_file(data)
    if kind is FileKind.TEXT:
        if len(data) > CARRIER.page:
            raise BadgeFileTooLarge(limit=CARRIER.page)
        return credentials_of(data.removeprefix(_MARK))
    readers = {
        FileKind.PNG: unbake_png,
        FileKind.SVG: unbake_svg,
        FileKind.PDF: unpdf,
        FileKind.HTML: unhtml,
    }
    if kind not in readers:
        raise NoCredentialInside
    inside = readers[kind](data)
    return (Inside(inside.source, version_of(inside.source)),)


def files_in(name: str, data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files that one upload stands for, with their names: those of an archive, or itself.

    An archive within an archive stays packed: it has no credential inside.

    Raises:
        DamagedArchive, UnpackedTooLarge, BadgeFileTooLarge.
    """
    if kind_of_file(data) is not FileKind.ZIP:
        return ((name, data),)
    return tuple((one.name, one.data) for one in unzip(data))

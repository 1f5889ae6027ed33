"""ZIP files, bounded before their list of contents is read and while each file is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from passport.baking.limits import CARRIER
from passport.errors.baking import BadgeFileTooLarge, DamagedArchive, UnpackedTooLarge

SIGNATURE = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_LENGTH = 22
_ZIP64 = b"PK\x06\x07"
_ZIP64_LENGTH = 20
_MOST_COMMENT = 65_535
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_SYSTEM = "__MACOSX/"
_BROKEN = (
    *(zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error),
    OverflowError,  # a place in the file that a phone with 32 bits can't count to
)


@dataclass(frozen=True, slots=True)
class Packed:
    name: str
    """The last part of its name: what is unpacked is never written under it."""
    data: bytes = field(repr=False)


def unzip(archive: bytes) -> Iterator[Packed]:
    """Its files one by one, without folders.

    Raises:
        DamagedArchive: no ZIP, locked, packed in another way, or more files than are taken.
        UnpackedTooLarge: a bomb.
        BadgeFileTooLarge
    """
    if len(archive) > CARRIER.archive:
        raise BadgeFileTooLarge(limit=CARRIER.archive)
    _check_end(archive)
    left = CARRIER.archive
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            if len(opened.infolist()) > CARRIER.files:
                raise DamagedArchive  # the list has more than its end says
            for member in opened.infolist():
                if member.is_dir() or member.filename.startswith(_SYSTEM):
                    continue
                if member.flag_bits & _ENCRYPTED or member.compress_type not in _METHODS:
                    raise DamagedArchive
                with opened.open(member) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise UnpackedTooLarge(limit=CARRIER.archive)
                yield Packed(member.filename.rpartition("/")[2], data)
    except _BROKEN:
        raise DamagedArchive from None


def _check_end(archive: bytes) -> None:
    """The record at the end says how many files there are and how long their list is (APPNOTE, 4.3.16)."""
    at = archive.rfind(_END, max(0, len(archive) - _END_LENGTH - _MOST_COMMENT))
    if at < 0 or len(archive) < at + _END_LENGTH:
        raise DamagedArchive
    entries = int.from_bytes(archive[at + 10 : at + 12], "little")
    directory = int.from_bytes(archive[at + 12 : at + 16], "little")
    if entries > CARRIER.files or directory > CARRIER.directory:
        raise DamagedArchive
    if archive.startswith(_ZIP64, max(0, at - _ZIP64_LENGTH)):
        raise DamagedArchive  # a second end, which readers believe instead (4.3.15); for larger files

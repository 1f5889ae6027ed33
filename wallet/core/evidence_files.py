"""A person's own files as evidence: photos, time sheets, documents. What they are is read from their bytes.

A file is signed for as it is kept: a photo is stripped before its digest is taken, so that what leaves the
wallet later is what was signed, and never shows where it was made.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath

from passport.encoding import digest_multibase
from passport.evidence.kinds import Method
from passport.json import JsonObject
from wallet.core import limits
from wallet.core.photos import strip_jpeg, strip_png, strip_webp
from wallet.core.plain_text import plain_name
from wallet.core.ports import Random
from wallet.core.wallet import Kind, Records, Wallet
from wallet.errors_claims import (
    EvidenceFileEmpty,
    EvidenceFileKind,
    EvidenceFileTooLarge,
    TooManyEvidenceFiles,
)


class MediaType(StrEnum):
    """The kinds of files that a claim may bind."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    CSV = "text/csv"
    TEXT = "text/plain"


_STRIP = {MediaType.JPEG: strip_jpeg, MediaType.PNG: strip_png, MediaType.WEBP: strip_webp}


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file as it is kept and signed for."""

    id: str
    name: str
    media_type: MediaType
    data: bytes = field(repr=False)

    def evidence(self) -> JsonObject:
        """Open Badges 3.0, section B.1.8: a record of work, as far as its owner says."""
        return {"id": self.id, "name": self.name, "genre": str(Method.WORK_RECORD)}

    def related_resource(self) -> JsonObject:
        """VC Data Model 2.0, section 5.3."""
        return {
            "id": self.id,
            "digestMultibase": digest_multibase(self.data),
            "mediaType": str(self.media_type),
        }


def own_file(random: Random, name: str, data: bytes) -> OwnFile:
    """Take a file in, under the name that the person's device gives it, without the folders before it.

    Raises:
        EvidenceFileEmpty, EvidenceFileTooLarge
        EvidenceFileKind: none of the kinds that can be bound.
        PhotoNotRead: a photo that can't be stripped.
    """
    if not data:
        raise EvidenceFileEmpty
    if len(data) > limits.EVIDENCE_FILE:
        raise EvidenceFileTooLarge(limit=limits.EVIDENCE_FILE)
    media_type = media_type_of(data, name)
    strip = _STRIP.get(media_type)
    bare = PureWindowsPath(PurePosixPath(name).name).name
    identifier = uuid.UUID(bytes=random(16), version=4)
    return OwnFile(
        f"urn:uuid:{identifier}",
        plain_name(bare) or str(media_type),
        media_type,
        data if strip is None else strip(data),
    )


def media_type_of(data: bytes, name: str = "") -> MediaType:
    """What a file is, by its first bytes; a name says only whether text is a table.

    Raises:
        EvidenceFileKind
    """
    if data.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return MediaType.WEBP
    if data.startswith(b"%PDF-"):
        return MediaType.PDF
    if b"\x00" in data or data.lstrip()[:1] == b"<":  # neither binary nor anything that a browser would run
        raise EvidenceFileKind
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise EvidenceFileKind from None
    return MediaType.CSV if name.lower().endswith(".csv") else MediaType.TEXT


def file_records(wallet: Wallet, files: Sequence[OwnFile]) -> Records:
    """The records of these files, beside those that are here.

    Raises:
        TooManyEvidenceFiles: more than a claim may have.
        EvidenceFileTooLarge: together more than the wallet keeps.
    """
    if len(files) > limits.OWN_FILES:
        raise TooManyEvidenceFiles(most=limits.OWN_FILES)
    here = sum(len(data) for data in wallet.vault.of_kind(Kind.FILE).values())
    if here + sum(len(one.data) for one in files) > limits.FILES_TOGETHER:
        raise EvidenceFileTooLarge(limit=limits.FILES_TOGETHER)
    return {(Kind.FILE, one.id): one.data for one in files}

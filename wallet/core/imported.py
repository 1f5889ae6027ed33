"""Diplomas that are taken in as files: a European credential, a scan, a photo. Evidence, never verified.

The file is kept as it was signed for later: a photo without what its camera wrote in it. What is known of a
scan is what the person says; what a European credential says is read from its file whenever it is shown.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from passport.clock import format_datetime, parse_datetime
from passport.elm import EuropeanCredential, looks_european, parse_european_credential
from passport.encoding import digest_multibase
from passport.errors.elm import OlderElm
from passport.json import JsonObject
from wallet.core import limits
from wallet.core.claims_made import read_day
from wallet.core.evidence_files import MediaType, OwnFile, file_records, own_file
from wallet.core.learning_route import LearningRoute
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.shelf import kept
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_claims import ClaimPeriod, EvidenceFileTooLarge
from wallet.errors_imports import (
    DiplomaDate,
    DiplomaNotDescribed,
    DiplomaTextTooLong,
    NotADiploma,
    PdfDamaged,
    StillBound,
    TooManyImported,
    UnknownImported,
)

EUROPEAN_MEDIA_TYPE = "application/ld+json"
_BADGES = frozenset({"application/vc", "application/vc+jwt", "application/json", "application/jose"})
"""Badges that are kept as documents: of Open Badges 2.0, or on somebody else's key."""
_SCANS = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
_END_OF_PDF = b"%%EOF"
_TAIL = 1_024
"""Bytes at the end of a PDF among which its end is marked (as readers look for it)."""


@dataclass(frozen=True, slots=True)
class Described:
    """What the person says of a scan. `qualification` is a code or address that maps may know."""

    title: str = ""
    institution: str = ""
    date: str = ""
    qualification: str = ""
    route: LearningRoute = LearningRoute.FORMAL


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says of itself that is kept as a document."""

    title: str
    institution: str
    date: datetime | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A diploma in the wallet. All of it is what the person or the document says; none of it is checked."""

    id: str
    title: str
    institution: str
    date: datetime | None
    qualification: str
    route: LearningRoute | None
    media_type: str
    digest: str
    imported_at: datetime
    european: EuropeanCredential | None
    """What the document says, where it is a European credential."""

    @property
    def is_badge(self) -> bool:
        """A badge that is kept as a document, since it can't be checked or is on another key."""
        return self.media_type in _BADGES

    @property
    def evidence_id(self) -> str:
        """The id under which the file is kept and credentials bind it."""
        return file_id(self.id)


def file_id(record: str) -> str:
    return uuid.UUID(hex=record).urn


def take_in(wallet: Wallet, data: bytes, *, name: str = "", described: Described | None = None) -> Imported:
    """Keep a diploma as evidence; the same file again gives what is here.

    Raises:
        NotADiploma, OlderElm, PdfDamaged, PhotoNotRead, EvidenceFileEmpty, EvidenceFileTooLarge
        DiplomaNotDescribed, DiplomaTextTooLong, DiplomaDate: what is said of a scan.
        Invalid: of passport.errors.elm, for a European credential.
        TooManyImported
    """
    if looks_european(data):
        parsed = parse_european_credential(data)
        file = OwnFile(_new_id(wallet), plain_name(name) or "credential.json", MediaType.TEXT, data)
        return _keep(wallet, file, EUROPEAN_MEDIA_TYPE, _said_by_document(parsed))
    if data.lstrip()[:1] == b"<":
        raise OlderElm if b"europass" in data[:_TAIL].lower() else NotADiploma
    file = own_file(wallet.random, name, data)
    if file.media_type not in _SCANS:
        raise NotADiploma
    if file.media_type is MediaType.PDF and _END_OF_PDF not in data[-_TAIL:]:
        raise PdfDamaged
    return _keep(wallet, file, str(file.media_type), _said_by_person(wallet, described or Described()))


def take_in_badge(wallet: Wallet, source: bytes, badge: Badge) -> Imported:
    """Keep a badge as evidence that is not checked: an older one, or one on a key that is not this wallet's.

    Raises:
        TooManyImported, EvidenceFileTooLarge
        DiplomaNotDescribed: it does not say what it is called.
    """
    said: JsonObject = {
        "title": plain_text(badge.title)[: limits.DIPLOMA_TEXT],
        "institution": plain_text(badge.institution)[: limits.DIPLOMA_TEXT],
        "date": None if badge.date is None else format_datetime(badge.date),
        "qualification": "",
        "route": None,
    }
    if not said["title"]:
        raise DiplomaNotDescribed
    ending = "json" if source.lstrip()[:1] == b"{" else "jwt"
    file = OwnFile(_new_id(wallet), f"badge.{ending}", MediaType.TEXT, source)
    return _keep(wallet, file, badge.media_type, said)


def check_room(wallet: Wallet, sources: Iterable[bytes]) -> None:
    """That all of these can be kept beside what is here; one that is here already takes no room.

    Raises:
        TooManyImported, EvidenceFileTooLarge
    """
    here = {one.digest for one in imported(wallet)}
    new = [each for each in dict.fromkeys(sources) if digest_multibase(each) not in here]
    if len(here) + len(new) > limits.IMPORTED:
        raise TooManyImported(limit=limits.IMPORTED)
    there = sum(len(data) for data in wallet.vault.of_kind(Kind.FILE).values())
    if there + sum(map(len, new)) > limits.FILES_TOGETHER:
        raise EvidenceFileTooLarge(limit=limits.FILES_TOGETHER)


def imported(wallet: Wallet) -> tuple[Imported, ...]:
    """Every diploma that was taken in, the latest first."""
    found = [imported_one(wallet, record) for record in wallet.vault.of_kind(Kind.IMPORTED)]
    return tuple(sorted(found, key=lambda one: (one.imported_at, one.id), reverse=True))


def imported_one(wallet: Wallet, record: str) -> Imported:
    """Raises UnknownImported."""
    written = wallet.vault.of_kind(Kind.IMPORTED).get(record)
    if written is None:
        raise UnknownImported
    members = json.loads(written)
    european = None
    if members["mediaType"] == EUROPEAN_MEDIA_TYPE:
        european = parse_european_credential(wallet.vault.get(Kind.FILE, file_id(record)))
    return Imported(
        id=record,
        title=members["title"],
        institution=members["institution"],
        date=None if members["date"] is None else parse_datetime(members["date"]),
        qualification=members["qualification"],
        route=None if members["route"] is None else LearningRoute(members["route"]),
        media_type=members["mediaType"],
        digest=members["digest"],
        imported_at=parse_datetime(members["importedAt"]),
        european=european,
    )


def imported_file(wallet: Wallet, record: str) -> bytes:
    """The file as it is kept; raises UnknownImported."""
    one = imported_one(wallet, record)
    return wallet.vault.get(Kind.FILE, one.evidence_id)


def remove_imported(wallet: Wallet, record: str) -> Records:
    """Forget a diploma and its file for good; gives what was removed.

    Raises:
        UnknownImported
        StillBound: a credential in the wallet binds the file.
    """
    one = imported_one(wallet, record)
    for each in kept(wallet):
        parsed = each.report.parsed
        if parsed is not None and any(bound.id == one.evidence_id for bound in parsed.related_resources):
            raise StillBound
    return wallet.erase(frozenset({(Kind.IMPORTED, record), (Kind.FILE, one.evidence_id)}))


def _keep(wallet: Wallet, file: OwnFile, media_type: str, said: JsonObject) -> Imported:
    digest = digest_multibase(file.data)
    here = imported(wallet)
    known = next((one for one in here if one.digest == digest), None)
    if known is not None:
        return known
    if len(here) >= limits.IMPORTED:
        raise TooManyImported(limit=limits.IMPORTED)
    record = uuid.UUID(file.id).hex
    members: JsonObject = {
        **said,
        "mediaType": media_type,
        "digest": digest,
        "importedAt": format_datetime(wallet.now()),
    }
    wallet.save({(Kind.IMPORTED, record): as_json(members), **file_records(wallet, (file,))})
    return imported_one(wallet, record)


def _said_by_document(parsed: EuropeanCredential) -> JsonObject:
    awarded = next((claim.awarded for claim in parsed.claims if claim.awarded is not None), parsed.valid_from)
    return {
        "title": plain_text(parsed.title)[: limits.DIPLOMA_TEXT],
        "institution": plain_text(parsed.issuer_name or "")[: limits.DIPLOMA_TEXT],
        "date": None if awarded is None else format_datetime(awarded),
        "qualification": "",
        "route": str(LearningRoute.NON_FORMAL)
        if any(each.non_formal for each in parsed.claims[:1])
        else None,
    }


def _said_by_person(wallet: Wallet, described: Described) -> JsonObject:
    texts = {
        "title": plain_text(described.title),
        "institution": plain_text(described.institution),
        "qualification": plain_text(described.qualification),
    }
    if not texts["title"] or not texts["institution"]:
        raise DiplomaNotDescribed
    if any(len(text) > limits.DIPLOMA_TEXT for text in texts.values()):
        raise DiplomaTextTooLong(most=limits.DIPLOMA_TEXT)
    try:
        date = read_day(described.date)
    except ClaimPeriod:
        raise DiplomaDate from None
    if date is not None and date > wallet.now():
        raise DiplomaDate
    return {
        **texts,
        "date": None if date is None else format_datetime(date),
        "route": str(described.route),
    }


def _new_id(wallet: Wallet) -> str:
    return uuid.UUID(bytes=wallet.random(16), version=4).urn

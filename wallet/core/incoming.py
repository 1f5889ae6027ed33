"""Files on their way in: what was found, whether it is genuine, about whom, what would be kept. No writing.

The person sees this first. What is kept is then exactly what was examined.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from passport.baking import Version
from passport.baking.older import parse_older_badge
from passport.credentials import Form, parse_presentation
from passport.credentials.endorsement import is_endorsement
from passport.documents import Documents
from passport.elm import looks_european, parse_european_credential
from passport.errors import PassportError
from passport.json import dump
from passport.securing import read_secured
from wallet.core.accept import Examined, examine, keep
from wallet.core.endorsements import ExaminedEndorsement, examine_endorsement, keep_endorsements
from wallet.core.forms import read_credential
from wallet.core.imported import Badge, Imported, check_room, take_in, take_in_badge
from wallet.core.plain_text import plain_name
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.errors import NotForThisHolder
from wallet.errors_imports import DiplomaNotDescribed, NotAmongFound

_SIGNED = {Form.LDP_VC: "application/vc"}


class Keeping(StrEnum):
    """What would become of something."""

    CREDENTIAL = "credential"
    """Genuine, and this wallet's."""
    ASIDE = "aside"
    """It could not be checked yet."""
    CONFIRMATION = "confirmation"
    DOCUMENT = "document"
    """Kept as what the person has, not as proof: it can't be checked here, or it is on another key."""
    HERE = "here"
    """In the wallet already."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Given:
    """One document out of a file."""

    file: str
    source: bytes = field(repr=False)
    version: Version = Version.OB3


@dataclass(frozen=True, slots=True)
class Found:
    """One thing, as the person sees it before anything is kept."""

    file: str
    keeping: Keeping
    title: str = ""
    issuer: str = ""
    date: datetime | None = None
    error: PassportError | None = None
    """Why nothing is kept of it, or why it is only a document."""
    examined: Examined | None = None
    endorsement: ExaminedEndorsement | None = None
    source: bytes = field(default=b"", repr=False)
    badge: Badge | None = None
    other_key: bool = False
    """Genuine as far as can be told, and made out to another key than this wallet's."""

    @property
    def would_be_kept(self) -> bool:
        return self.keeping not in {Keeping.NOTHING, Keeping.HERE}


def look(wallet: Wallet, given: Iterable[Given], documents: Documents) -> tuple[Found, ...]:
    """Examine everything; each by itself, so that one that is refused spoils nothing."""
    here = {form.source for one in kept(wallet) for form in one.forms}
    found: list[Found] = []
    for one in given:
        found += [_look(wallet, each, documents, here) for each in _taken_apart(one)]
    return tuple(found)


def keep_found(wallet: Wallet, found: Sequence[Found], chosen: Iterable[int]) -> tuple[Found, ...]:
    """Keep those that were chosen, by their places; gives what was kept.

    Raises:
        NotAmongFound: a place that nothing stands at, or something that is not kept.
        TooManyImported, EvidenceFileTooLarge: there is no room for all the documents; then nothing is kept.
        PassportError: as keeping does; credentials are kept together or not at all.
    """
    places = sorted(set(chosen))
    if any(not 0 <= place < len(found) or not found[place].would_be_kept for place in places):
        raise NotAmongFound
    taken = tuple(found[place] for place in places)
    documents = [one for one in taken if one.keeping is Keeping.DOCUMENT]
    check_room(wallet, [one.source for one in documents])
    keep(wallet, [one.examined for one in taken if one.examined is not None])
    keep_endorsements(wallet, [one.endorsement for one in taken if one.endorsement is not None])
    for one in documents:
        _keep_document(wallet, one)
    return taken


def _keep_document(wallet: Wallet, one: Found) -> Imported:
    if one.badge is None:
        return take_in(wallet, one.source, name=one.file)
    return take_in_badge(wallet, one.source, one.badge)


def _taken_apart(one: Given) -> list[Given]:
    """The credentials of a presentation, each by itself."""
    if one.version is Version.OB2:
        return [one]
    try:
        document = read_secured(one.source).document
        types = document.get("type")
        if isinstance(types, list | str) and "VerifiablePresentation" in types:
            return [Given(one.file, dump(each)) for each in parse_presentation(document).credentials]
    except PassportError:
        pass  # looking at it says why
    return [one]


def _look(wallet: Wallet, one: Given, documents: Documents, here: set[bytes]) -> Found:
    try:
        if one.version is Version.OB2:
            return _older(one)
        if looks_european(one.source) and not _is_badge(one.source):
            return _european(one)
        if is_endorsement(read_secured(one.source).document):
            confirmation = examine_endorsement(one.source, documents, wallet)
            said = confirmation.report.parsed
            issuer = "" if said is None else plain_name(said.issuer.name or said.issuer.id)
            return Found(one.file, Keeping.CONFIRMATION, issuer=issuer, endorsement=confirmation)
        return _credential(wallet, one, documents, here)
    except PassportError as error:
        return _refused(one, error)


def _credential(wallet: Wallet, one: Given, documents: Documents, here: set[bytes]) -> Found:
    title, issuer, date = _said(one.source)
    if one.source in here:
        return Found(one.file, Keeping.HERE, title, issuer, date)
    try:
        examined = examine(one.source, documents, wallet)
    except NotForThisHolder:
        if not title:
            raise DiplomaNotDescribed from None
        badge = Badge(title, issuer, date, _media_type(one.source))
        return Found(
            one.file, Keeping.DOCUMENT, title, issuer, date, source=one.source, badge=badge, other_key=True
        )
    keeping = Keeping.ASIDE if examined.report.credential is None else Keeping.CREDENTIAL
    if examined.source in here:
        keeping = Keeping.HERE
    return Found(one.file, keeping, title, issuer, date, examined=examined)


def _european(one: Given) -> Found:
    """Read before the person chooses it: what can't be read is not kept, and spoils nothing beside it."""
    said = parse_european_credential(one.source)
    title, issuer = plain_name(said.title), plain_name(said.issuer_name or "")
    return Found(one.file, Keeping.DOCUMENT, title, issuer, said.valid_from, source=one.source)


def _older(one: Given) -> Found:
    badge = parse_older_badge(one.source)
    name, issuer = plain_name(badge.name or badge.host), plain_name(badge.issuer or badge.host)
    if not name:
        raise DiplomaNotDescribed
    kind = "application/jose" if badge.signed else "application/json"
    return Found(
        one.file,
        Keeping.DOCUMENT,
        name,
        issuer,
        badge.issued,
        source=one.source,
        badge=Badge(name, issuer, badge.issued, kind),
    )


def _refused(one: Given, error: PassportError) -> Found:
    try:
        return Found(one.file, Keeping.NOTHING, *_said(one.source), error=error)
    except PassportError:
        return Found(one.file, Keeping.NOTHING, error=error)


def _said(source: bytes) -> tuple[str, str, datetime | None]:
    credential = read_credential(source)
    issuer = plain_name(credential.issuer.name or credential.issuer.id)
    return plain_name(credential.subject.achievement.name), issuer, credential.valid_from


def _is_badge(source: bytes) -> bool:
    try:
        read_credential(source)
    except PassportError:
        return False
    return True


def _media_type(source: bytes) -> str:
    return _SIGNED.get(read_credential(source).form, "application/vc+jwt")

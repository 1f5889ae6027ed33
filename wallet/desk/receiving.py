"""What somebody hands to the wallet: a link, a credential or presentation, QR texts, a picture, a file."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from passport import limits
from passport.credentials import parse_presentation
from passport.credentials.endorsement import is_endorsement
from passport.documents import Documents
from passport.errors import Invalid, PassportError, TooLarge
from passport.errors.web import NoQrCode, NotAPicture
from passport.json import dump, parse_object
from passport.openid4vc.link import SCHEME
from passport.outbound.shared import fetch_shared
from passport.qr_text import frames_in, looks_like_frames, unpack
from passport.securing import read_secured
from wallet.core.accept import Examined, attach, examine, joined, keep
from wallet.core.claiming.waiting import Waiting, waiting_record
from wallet.core.endorsements import ExaminedEndorsement, examine_endorsement, keep_endorsements
from wallet.core.wallet import Wallet
from wallet.desk.badge_inside import badge_inside
from wallet.desk.claiming import Claimed, claim, prepare_keys, tell
from wallet.desk.desk import Desk
from wallet.desk.offering import Opened, open_offer
from wallet.errors import NothingReceived, UnknownEvidence
from wallet.errors_claiming import SignerNotTied

_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_.-]*)*")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@dataclass(frozen=True, slots=True)
class Received:
    """What was kept."""

    credentials: tuple[Examined, ...]
    files: int = 0
    evidence: str | None = None
    """Set where a file was kept as the evidence of that id."""
    left_out: tuple[PassportError, ...] = ()
    """Why a form that was offered besides is not kept."""
    endorsements: tuple[ExaminedEndorsement, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    """What the issuer promised for later."""


def receive_text(desk: Desk, wallet: Wallet, text: str, *, tx_code: str | None = None) -> Received:
    """A link, JSON, a token, or the texts of QR codes one a line."""
    text = text.strip()
    if text.startswith(f"{SCHEME}:"):
        return receive_link(desk, wallet, text, tx_code=tx_code)
    if looks_like_frames(text):
        return receive_document(desk, wallet, unpack(frames_in(text)))
    return receive_document(desk, wallet, text.encode("utf-8", "replace"))


def receive_file(desk: Desk, wallet: Wallet, data: bytes, *, tx_code: str | None = None) -> Received:
    """A picture with QR codes, a credential in any form, or a file that a credential here names as evidence.

    Raises:
        NothingReceived: none of these.
    """
    if data.startswith(_PICTURES):
        return _picture(desk, wallet, data, tx_code)
    if data.lstrip()[:1] == b"{":
        return receive_document(desk, wallet, data)
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        text = ""
    if text.startswith(SCHEME) or looks_like_frames(text) or looks_like_token(text):
        return receive_text(desk, wallet, text, tx_code=tx_code)
    return _attached_or_inside(desk, wallet, data)


def receive_link(
    desk: Desk, wallet: Wallet, link: str, *, tx_code: str | None = None, signers: Collection[str] = ()
) -> Received:
    """Claim what a link offers; either everything in it is kept or nothing. Raises as `receive_opened`."""
    opened = desk.reach(open_offer(link, desk.outside))
    return receive_opened(desk, wallet, opened, tx_code=tx_code, signers=signers)


def receive_shared(desk: Desk, wallet: Wallet, link: str) -> Received:
    """Keep what lies behind a share link that the person gave; all of it or nothing.

    A link in a code of a picture is never followed so: a page shows its host first.

    Raises:
        NotAShareLink, ShareLinkGone, ShareLinkEnded, MalformedShared, SharedTampered
        NotFetched: the host of the link can't be reached, or may not be.
        PassportError: as `receive_document`.
    """
    linked = desk.reach(fetch_shared(link, desk.outside.fetcher, wallet.now))
    return receive_document(desk, wallet, linked.source)


def receive_opened(
    desk: Desk, wallet: Wallet, opened: Opened, *, tx_code: str | None = None, signers: Collection[str] = ()
) -> Received:
    """Claim, keep, and only then say to the issuer that it was kept.

    `signers` are those whom the person said yes to, though nothing ties them to the place of the offer.

    Raises:
        SignerNotTied: somebody else signed.
        SignInNeeded: the person must go to the issuer's pages first; see `wallet.desk.taking`.
        PassportError: as `claim`.
    """
    prepare_keys(opened, wallet)  # before others have the wallet
    claimed = desk.reach(claim(opened, wallet, desk.channel(), tx_code=tx_code))
    return keep_claimed(desk, wallet, claimed, signers=signers)


def keep_claimed(desk: Desk, wallet: Wallet, claimed: Claimed, *, signers: Collection[str] = ()) -> Received:
    """Keep what was claimed in one revision, then say so; raises SignerNotTied, VaultNotSaved."""
    try:
        check_signers(claimed, signers)
        late = {place: data for one in claimed.waiting for place, data in waiting_record(one).items()}
        keep(wallet, claimed.examined, {**claimed.files, **late})
    except PassportError:
        desk.reach(tell(claimed.word, kept=False))
        raise
    keep_fetched(wallet, claimed)
    desk.reach(tell(claimed.word, kept=True))
    return Received(claimed.examined, len(claimed.files), left_out=claimed.left_out, waiting=claimed.waiting)


def keep_fetched(wallet: Wallet, claimed: Claimed) -> None:
    """Keep what it took to examine it, unless something was removed for good since it was asked for."""
    if wallet.erased == claimed.erased:
        wallet.keep_documents(claimed.documents)


def check_signers(claimed: Claimed, signers: Collection[str]) -> None:
    """Raises SignerNotTied: somebody signed who is not tied to the offer's place, and got no yes."""
    for each in claimed.untied:
        if each not in signers:
            raise SignerNotTied(signer=each)


def receive_document(desk: Desk, wallet: Wallet, data: bytes) -> Received:
    """A credential, a confirmation, or a presentation of which each of these is examined by itself.

    Raises:
        NothingReceived, and as `examine` and `examine_endorsement`: then nothing is kept.
    """
    sources = _sources(data)
    confirming = [source for source in sources if _is_endorsement(source)]
    credentials = [source for source in sources if source not in confirming]

    def check(documents: Documents) -> tuple[tuple[Examined, ...], tuple[ExaminedEndorsement, ...]]:
        return (
            joined([examine(source, documents, wallet) for source in credentials]),
            tuple(examine_endorsement(source, documents, wallet) for source in confirming),
        )

    examined, endorsements = desk.examine(wallet, check)
    keep(wallet, examined)
    keep_endorsements(wallet, endorsements)
    return Received(examined, endorsements=endorsements)


def looks_like_token(text: str) -> bool:
    """A JWT or an SD-JWT: letters, digits and three or more dots and tildes."""
    return _TOKEN.fullmatch(text.strip()) is not None


def _sources(data: bytes) -> list[bytes]:
    if looks_like_token(data.decode("ascii", "replace")):
        return [data.strip()]
    try:
        document = parse_object(data, limits.PRESENTATION)
    except TooLarge:
        raise
    except Invalid as error:
        raise NothingReceived from error
    types = document.get("type")
    if isinstance(types, list | str) and "VerifiablePresentation" in types:
        return [dump(credential) for credential in parse_presentation(data).credentials]
    return [data]


def _is_endorsement(source: bytes) -> bool:
    """What a document says that it is; whether it is that, the examination finds."""
    try:
        return is_endorsement(read_secured(source).document)
    except Invalid:
        return False


def _texts(desk: Desk, picture: bytes) -> str:
    try:
        return "\n".join(desk.tools.pictures.reading(1).texts(picture))
    except (NoQrCode, NotAPicture) as error:
        raise NothingReceived from error


def _picture(desk: Desk, wallet: Wallet, data: bytes, tx_code: str | None) -> Received:
    try:
        return _attached_or_inside(desk, wallet, data)  # a photo of a record may happen to show a QR code
    except NothingReceived:
        texts = _texts(desk, data)
    return receive_text(desk, wallet, texts, tx_code=tx_code)


def _attached_or_inside(desk: Desk, wallet: Wallet, data: bytes) -> Received:
    """A record that a credential here names, or a page or PDF file with a badge in it."""
    try:
        return _attached(wallet, data)
    except NothingReceived:
        inside = badge_inside(data)
        if inside is None:
            raise
    return receive_document(desk, wallet, inside)


def _attached(wallet: Wallet, data: bytes) -> Received:
    try:
        return Received((), 1, attach(wallet, data))
    except UnknownEvidence:
        raise NothingReceived from None

"""Asking for a confirmation or validation, following it, and taking in what comes of it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from passport.documents import Documents
from passport.encoding import check_digest_multibase
from passport.errors import Invalid, PassportError
from passport.json import JsonObject, dump
from wallet.core import limits
from wallet.core.asked import Asked, AskedState, keep_asked, one_asked, read_progress
from wallet.core.asking import Asking, Draft, Sought, approve, look
from wallet.core.endorsements import ExaminedEndorsement, examine_endorsement, keep_endorsements
from wallet.core.wallet import Kind, Wallet
from wallet.desk.desk import Desk
from wallet.desk.offering import open_offer
from wallet.desk.organisation import (
    Found,
    act,
    ask_about,
    fetch_challenge,
    fetch_record,
    find_organisation,
    send,
)
from wallet.desk.receiving import Received, receive_opened
from wallet.errors import IssuerMismatch, VaultTooLarge
from wallet.errors_claims import (
    AlreadyAsked,
    EndorsementNotGood,
    NothingToFetch,
    OrganisationRefused,
    OrganisationUnreachable,
    RequestPerhapsSent,
    UnexpectedDocument,
)


@dataclass(frozen=True, slots=True)
class Followed:
    """How a request stands, and what was new."""

    asked: Asked
    endorsements: tuple[ExaminedEndorsement, ...] = ()
    files: int = 0


def find(desk: Desk, address: str) -> Found:
    """Who is at an address; raises as `find_organisation`."""
    return desk.reach(find_organisation(address, desk.outside))


def see(wallet: Wallet, draft: Draft) -> Asking:
    """What would leave; raises as `look`."""
    return look(wallet, draft)


def ask(desk: Desk, wallet: Wallet, draft: Draft, *, mark: str) -> Asked:
    """The person agreed: fetch a challenge, sign, note, and send.

    Raises:
        AskingChanged, OrganisationMismatch, OrganisationUnreachable, and as `look`: nothing left the wallet.
        OrganisationRefused, RequestPerhapsSent, UnexpectedDocument: it left; see the request's state.
    """
    found = find(desk, draft.organisation.url)
    if found.organisation.did != draft.organisation.did:
        raise UnexpectedDocument
    challenge = desk.reach(fetch_challenge(found, desk.outside))
    before = one_asked(wallet, draft.adds_to) if draft.adds_to else None
    approved = approve(wallet, draft, mark=mark, challenge=challenge)
    if before is not None:
        return _add(desk, wallet, before, approved.body)
    one = one_asked(wallet, approved.id)
    try:
        taken = desk.reach(send(draft.organisation, draft.sought, approved.body, desk.outside))
    except OrganisationRefused as error:
        keep_asked(wallet, one, state=AskedState.REFUSED, said=error.said)
        raise
    except RequestPerhapsSent:
        raise  # its record says so already
    return keep_asked(
        wallet,
        one,
        state=AskedState.SENT,
        place=taken.place,
        token=taken.token,
        looked_at=one.at,
        progress=read_progress(taken.answer),
    )


def _add(desk: Desk, wallet: Wallet, before: Asked, body: bytes) -> Asked:
    """Send more to a request that is open; what was refused is not among what was sent."""
    try:
        answer = desk.reach(act(before, "documents", body, desk.outside))
    except OrganisationRefused as error:
        keep_asked(wallet, before, said=error.said)
        raise
    except OrganisationUnreachable as error:
        raise RequestPerhapsSent(**error.details) from None
    return keep_asked(
        wallet,
        one_asked(wallet, before.id),
        said="",
        looked_at=wallet.now().replace(microsecond=0),
        progress=read_progress(answer),
    )


def follow(desk: Desk, wallet: Wallet, identifier: str) -> Followed:
    """Ask how a request stands, and take in the confirmations that are ready.

    Raises:
        UnknownAsked, NothingToFetch, OrganisationUnreachable
        UnexpectedDocument: something that does not confirm what was asked about; then nothing is kept.
    """
    document = desk.reach(ask_about(one_asked(wallet, identifier), desk.outside))
    one = one_asked(wallet, identifier)  # the person had the wallet meanwhile, and may have forgotten it
    progress = read_progress(document)
    examined: tuple[ExaminedEndorsement, ...] = ()
    files = 0
    if one.sought == Sought.CONFIRMATION:
        examined, files = _take_confirmations(desk, wallet, one, document)
    already = one_asked(wallet, identifier).received
    received = dict.fromkeys((*already, *(each.id for each in examined)))
    changed = keep_asked(
        wallet,
        one,
        state=AskedState.SENT,
        said="",
        looked_at=wallet.now().replace(microsecond=0),
        progress=progress,
        received=tuple(received),
    )
    fresh = tuple(each for each in examined if each.id not in already)
    return Followed(changed, fresh, files)


def fetch_badge(desk: Desk, wallet: Wallet, identifier: str, *, tx_code: str | None = None) -> Received:
    """Take the credential that the organisation offers, as any other offer: it must be its own.

    Raises:
        NothingToFetch: it offers nothing yet.
        IssuerMismatch: the offer is somebody else's; and as `receive_link`.
    """
    one = one_asked(wallet, identifier)
    if one.progress is None or one.progress.offer is None:
        raise NothingToFetch
    opened = desk.reach(open_offer(one.progress.offer, desk.outside))
    if opened.offer.credential_issuer != one.url:
        raise IssuerMismatch
    received = receive_opened(desk, wallet, opened, tx_code=tx_code)
    before = one_asked(wallet, identifier).received
    ids = (*before, *(each.id for each in received.credentials))
    keep_asked(wallet, one, received=tuple(dict.fromkeys(ids)))
    return received


def withdraw(desk: Desk, wallet: Wallet, identifier: str) -> Asked:
    """Take a request back; raises as `act`."""
    return _act(desk, wallet, identifier, "withdraw", {})


def appeal(desk: Desk, wallet: Wallet, identifier: str, reason: str) -> Asked:
    """Ask another assessor to judge again what was not recognised; raises as `act`."""
    one = one_asked(wallet, identifier)
    if one.sought != Sought.VALIDATION:
        raise NothingToFetch
    return _act(desk, wallet, identifier, "appeal", {"message": reason.strip()[: limits.CLAIM_TEXT]})


def _act(desk: Desk, wallet: Wallet, identifier: str, action: str, body: JsonObject) -> Asked:
    one = one_asked(wallet, identifier)
    if one.state is AskedState.REFUSED:
        raise AlreadyAsked
    try:
        desk.reach(act(one, action, dump(body), desk.outside))
    except OrganisationRefused as error:
        keep_asked(wallet, one, said=error.said)
        raise
    return follow(desk, wallet, identifier).asked


def _take_confirmations(
    desk: Desk, wallet: Wallet, one: Asked, document: JsonObject
) -> tuple[tuple[ExaminedEndorsement, ...], int]:
    """Every document that came must confirm a claim that was sent; else nothing of it is kept."""
    sources = _sources(document)
    if not sources:
        return (), 0

    def check(documents: Documents) -> tuple[ExaminedEndorsement, ...]:
        found = []
        for source in sources:
            with suppress(EndorsementNotGood):  # withdrawn since: nothing to keep, and no reason to refuse
                found.append(examine_endorsement(source, documents, wallet))
        return tuple(found)

    try:
        examined = desk.examine(wallet, check)
    except PassportError as error:
        raise UnexpectedDocument from error
    if any(set(each.confirms).isdisjoint(one.claims) for each in examined):
        raise UnexpectedDocument
    one_asked(wallet, one.id)  # forgotten meanwhile: nothing of it is kept
    keep_endorsements(wallet, examined, host=urlsplit(one.url).netloc)
    return examined, _take_records(desk, wallet, one, document, examined)


def _sources(document: JsonObject) -> list[bytes]:
    found = document.get("credentials", [])
    if not isinstance(found, list) or len(found) > limits.ENDORSEMENTS_TAKEN:
        raise UnexpectedDocument
    sources = []
    for each in found:
        if not isinstance(each, dict | str):
            raise UnexpectedDocument
        sources.append(dump(each) if isinstance(each, dict) else each.encode("utf-8", "replace"))
    return sources


def _take_records(
    desk: Desk, wallet: Wallet, one: Asked, document: JsonObject, examined: Sequence[ExaminedEndorsement]
) -> int:
    """Copies of the records that confirmations bind; one that is not what was signed for is left out."""
    here = wallet.vault.of_kind(Kind.FILE)
    bound = {
        resource.id: resource.digest_multibase
        for each in examined
        if each.report.parsed is not None
        for resource in each.report.parsed.related_resources
    }
    taken: dict[tuple[str, str], bytes] = {}
    for number, evidence in _records(document):
        digest = bound.get(evidence)
        if digest is None or evidence in here:
            continue
        data = desk.reach(fetch_record(one, f"files/{number}", desk.outside))
        if data is None or len(data) > limits.EVIDENCE_FILE:
            continue
        with suppress(Invalid):
            check_digest_multibase(data, digest)
            taken[Kind.FILE, evidence] = data
    one_asked(wallet, one.id)
    try:
        if taken:
            wallet.save(taken)
    except VaultTooLarge:
        return 0  # the confirmations stand without copies of their records
    return len(taken)


def _records(document: JsonObject) -> Iterator[tuple[int, str]]:
    found = document.get("files", [])
    for each in found[: limits.ENDORSEMENTS_TAKEN] if isinstance(found, list) else []:
        number, evidence = (each.get("n"), each.get("id")) if isinstance(each, dict) else (None, None)
        if type(number) is int and isinstance(evidence, str):
            yield number, evidence

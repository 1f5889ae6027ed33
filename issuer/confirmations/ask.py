"""Take in a worker's request: everything is checked before anything is written."""

import hashlib
import hmac
import secrets
from typing import Annotated

from pydantic import Field

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.confirmations.claims import Claim, claim_of, read_presentation
from issuer.confirmations.content import Asked, Sealed, write_asked
from issuer.confirmations.endorse import files_until
from issuer.confirmations.errors import (
    AddressNotAllowed,
    ConfirmationsFull,
    RecordNotOfClaim,
    StatementMalformed,
    TooManyOpenRequests,
    UnknownConfirmation,
    WrongConfirmationToken,
    WrongMoment,
)
from issuer.confirmations.files import Origin, keep_file
from issuer.confirmations.intake import RecordKind, TakenIn, shown_name
from issuer.confirmations.invite import invite_by_itself
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.policy import ConfirmationPolicy
from issuer.confirmations.records import OPEN, Confirmation, ConfirmationState, note_name
from issuer.mail.address import Address, parse_address
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.encoding import base64url_decode, check_digest_multibase
from passport.errors import PassportError
from passport.json import JsonObject
from passport.limits import JsonLimits
from passport.texts.unseen import UNSEEN
from passport.web import Body

REQUEST = JsonLimits(size=CONFIRMATION.request, string=CONFIRMATION.request_string)
_LONGEST_NAME = 100
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


class SentFile(Body):
    """A file of the claim: `id` is that of its evidence."""

    id: Annotated[str, Field(max_length=2_048)]
    name: Annotated[str, Field(max_length=256)] = ""
    media_type: Annotated[str, Field(alias="mediaType", max_length=128)]
    content: str
    """base64url without padding."""


class Supervisor(Body):
    email: Annotated[str, Field(max_length=254)]


class NewConfirmation(Body):
    """A claim to be confirmed. `skills` are IRIs among those of the claim; by default all of them."""

    presentation: JsonObject
    skills: Annotated[list[str], Field(max_length=64)] | None = None
    name: Annotated[str, Field(max_length=_LONGEST_NAME)] = ""
    """Who asks, for the supervisor to know them by."""
    message: Annotated[str, Field(max_length=CONFIRMATION.message)] = ""
    supervisor: Supervisor | None = None
    files: list[SentFile] = Field(default_factory=list, max_length=CONFIRMATION.sent_along)


async def ask(service: Service, slug: str, body: NewConfirmation) -> tuple[Confirmation, str]:
    """Record a request; the second value is its token, which is told only now.

    With an address that the organisation allows the invitation goes out at once.

    Raises:
        StaleChallenge, PresentationNotAccepted, NotOneClaim, ClaimWithoutSkills, TooManyClaimedSkills,
        AddressNotAllowed, MalformedAddress, RecordNotOfClaim, TooManyOpenRequests, ConfirmationsFull
    """
    organisation = await Organisation.find_or_fail(slug)
    to = None if body.supervisor is None else parse_address(body.supervisor.email)
    for text in (body.name, body.message):
        if UNSEEN.search(text):
            raise StatementMalformed
    now = service.clock()
    shown = await read_presentation(service, asker=slug, did=organisation.did, document=body.presentation)
    claim = claim_of(shown, body.skills)
    files = [_taken(claim, file) for file in body.files]
    await _check_allowed(slug, to)
    token_secret, confirmation_id = secrets.token_urlsafe(32), secrets.token_hex(16)
    token = f"{confirmation_id}.{token_secret}"
    asked = _asked(claim, body, to)
    confirmation = Confirmation(
        id=confirmation_id,
        organisation=slug,
        holder=claim.holder,
        claim_id=claim.credential.id,
        claim_digest=claim.digest,
        claim_media_type=claim.media_type,
        token_digest=_digest(token),
        asked=Sealed(service.master, slug, confirmation_id).seal(write_asked(asked), "asked"),
        numbers=len(files),
        noted={note_name(now, ConfirmationState.ASKED): now},
        created_at=now,
    )
    async with service.turns.of(f"confirmations {slug}", service.clock):
        await _check_room(slug, claim.holder)
        for number, (evidence_id, taken) in enumerate(files, 1):
            await keep_file(
                service, confirmation, number, taken, origin=Origin.WORKER, evidence_id=evidence_id
            )
        await AuditEvent.of(slug, now, "holder", "confirmation.ask", confirmation_id).write()
        async with service.webhooks.telling(telling.confirmation(telling.ASKED, confirmation)):
            await confirmation.insert()
    service.faults.reach("confirmation-recorded")
    if to is not None:
        confirmation = await invite_by_itself(service, confirmation, to)
    return confirmation, token


async def authorized(slug: str, confirmation_id: str, authorization: str | None) -> Confirmation:
    """The request that a bearer token opens, for its worker.

    Raises:
        WrongConfirmationToken: missing, wrong, or another request's.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.isascii():
        raise WrongConfirmationToken
    try:
        found = await Confirmation.find_or_fail(slug, confirmation_id)
    except UnknownConfirmation:
        raise WrongConfirmationToken from None
    if not hmac.compare_digest(found.token_digest, _digest(token.strip())):
        raise WrongConfirmationToken
    return found


async def withdraw_request(service: Service, confirmation: Confirmation) -> Confirmation:
    """The worker takes the request back; what was signed stays signed. Raises WrongMoment."""
    now = service.clock()
    await AuditEvent.of(
        confirmation.organisation, now, "holder", "confirmation.withdraw", confirmation.id
    ).write()
    values = {"files_until": await files_until(confirmation, now), "statement": None}
    changed = await confirmation.change(now, expected=OPEN, to=ConfirmationState.WITHDRAWN, values=values)
    if changed is None:
        raise WrongMoment
    return changed


async def _check_allowed(slug: str, to: Address | None) -> None:
    """Whom an organisation lists is told to nobody who did not sign a request for it."""
    if to is not None and not (await ConfirmationPolicy.of(slug)).allows(to):
        raise AddressNotAllowed


async def _check_room(slug: str, holder: str) -> None:
    if await Confirmation.open_of(slug, holder) >= CONFIRMATION.open_requests:
        raise TooManyOpenRequests(limit=CONFIRMATION.open_requests)
    if await Confirmation.open_here(slug) >= CONFIRMATION.open_requests_here:
        raise ConfirmationsFull


def _asked(claim: Claim, body: NewConfirmation, to: Address | None) -> Asked:
    start, end = claim.period
    assert claim.credential.valid_from is not None  # the reader of badges asks for it
    return Asked(
        claim=claim.credential.source,
        claim_name=claim.credential.name or claim.credential.subject.achievement.name,
        made_at=claim.credential.valid_from,
        skills=claim.skills,
        narrative=claim.narrative,
        start=start,
        end=end,
        name=body.name.strip(),
        message=body.message.strip(),
        email=None if to is None else str(to),
    )


def _taken(claim: Claim, file: SentFile) -> tuple[str, TakenIn]:
    """A file is taken as it is, for its digest stands in the claim: nothing is cleaned out of it here.

    Raises:
        RecordNotOfClaim
    """
    bound = next((each for each in claim.credential.related_resources if each.id == file.id), None)
    if bound is None or bound.digest_multibase is None:
        raise RecordNotOfClaim
    try:
        data = base64url_decode(file.content, len(file.content))
        check_digest_multibase(data, bound.digest_multibase)
    except PassportError:
        raise RecordNotOfClaim from None
    if not 0 < len(data) <= CONFIRMATION.sent_along_size:
        raise RecordNotOfClaim
    media_type = bound.media_type or "application/octet-stream"
    return bound.id, TakenIn(RecordKind.DOCUMENT, data, media_type, _named(file.name, media_type), {})


def _named(name: str, media_type: str) -> str:
    return f"{shown_name(name)}{_ENDINGS.get(media_type, '')}"


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

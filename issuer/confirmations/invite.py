"""Invite a supervisor, take an invitation back, remind once; and find what a link leads to.

The link holds 128 bits that are made from the master secret, the request and its round, so they need not be
stored to be said again in a reminder. What is stored is their hash, which opens nothing. A new invitation is
a new round: the old link, its codes and its session end with it.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from issuer.audit.records import AuditEvent
from issuer.confirmations import letters
from issuer.confirmations.errors import InvitationUnusable, NobodyInvited, WrongMoment
from issuer.confirmations.files import sealed_of
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.records import OPEN, Confirmation, ConfirmationState, Invitation
from issuer.mail.address import Address
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.encoding import base64url_encode
from passport.errors import Indeterminate, Invalid

INVITED = (ConfirmationState.INVITED,)


async def invite(
    service: Service, confirmation: Confirmation, to: Address, *, account: str, did: str | None = None
) -> Confirmation:
    """Record an invitation and queue its mail; the one before it ends.

    `account` is who invites: an account's id, or `service` where the organisation lets it. `did` is the
    supervisor's own wallet, where it is known.

    Raises:
        WrongMoment: answered, withdrawn or over.
        NobodyInvited: `did` is no DID whose keys can be read from it.
    """
    if did is not None:
        _check_wallet(did)
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    now, number = service.clock(), confirmation.round + 1
    made = Invitation(
        round=number,
        link_hash=_hash(link_secret(service, confirmation.id, number)),
        to=sealed_of(service, confirmation).seal_text(str(to), f"to {number}"),
        mailbox=_mailbox(service, confirmation.organisation, to),
        did=did,
        mail=_mail_key(confirmation.id, number, "invitation"),
        made_at=now,
        expires_at=now + timedelta(seconds=CONFIRMATION.lifetime),
    )
    await AuditEvent.of(
        confirmation.organisation, now, account, "confirmation.invite", confirmation.id
    ).write()
    changed = await confirmation.change(
        now,
        expected=OPEN,
        to=ConfirmationState.INVITED,
        values={
            "round": number,
            "invitation": made.model_dump(),
            "statement": None,
            "statement_digest": None,
        },
    )
    if changed is None:
        raise WrongMoment
    service.faults.reach("confirmation-invited")
    await mail_invitation(service, changed, organisation)
    return changed


async def invite_by_itself(service: Service, confirmation: Confirmation, to: Address) -> Confirmation:
    """Invite somebody whom the organisation allows, unless that mailbox has many invitations.

    Then the request waits: for the coordinator, or until some of those are answered.
    """
    slug = confirmation.organisation
    mailbox = _mailbox(service, slug, to)
    async with service.turns.of(f"mailbox {slug} {mailbox.hex()}", service.clock):
        since = service.clock() - timedelta(seconds=CONFIRMATION.lifetime)
        if await Confirmation.invitations_of(slug, mailbox, since) >= CONFIRMATION.open_invitations:
            return confirmation
        return await invite(service, confirmation, to, account="service")


async def mail_invitation(service: Service, confirmation: Confirmation, organisation: Organisation) -> None:
    """Queue the mail of the invitation; again is no second mail."""
    made = _of(confirmation)
    letter = letters.invitation(
        invited_address(service, confirmation),
        organisation=organisation.name,
        link=link(service, confirmation),
        until=_day(made.expires_at),
    )
    await service.mailer.queue(letter, key=made.mail)


async def remind(service: Service, confirmation: Confirmation, now: datetime) -> None:
    """Remind once: noted first, so that a crash leads to no second reminder but perhaps to none."""
    made = _of(confirmation)
    changed = await confirmation.change(
        now,
        expected=INVITED,
        what="reminded",
        values={"invitation.reminded_at": now},
        where={"invitation.reminded_at": None},
    )
    if changed is None:
        return
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    letter = letters.reminder(
        invited_address(service, changed),
        organisation=organisation.name,
        link=link(service, changed),
        until=_day(made.expires_at),
    )
    await service.mailer.queue(letter, key=_mail_key(changed.id, made.round, "reminder"))


async def take_back(service: Service, confirmation: Confirmation, account: str) -> Confirmation:
    """End the invitation; the request waits for the coordinator again. Raises WrongMoment."""
    now = service.clock()
    await AuditEvent.of(
        confirmation.organisation, now, account, "confirmation.uninvite", confirmation.id
    ).write()
    changed = await confirmation.change(
        now,
        expected=INVITED,
        to=ConfirmationState.ASKED,
        what="invitation-withdrawn",
        values={
            "round": confirmation.round + 1,
            "invitation": None,
            "statement": None,
            "statement_digest": None,
        },
    )
    if changed is None:
        raise WrongMoment
    return changed


async def invited(service: Service, confirmation_id: str, secret: str) -> Confirmation:
    """What a link leads to. One refusal for all that can be wrong with it: nobody learns which links were.

    Raises:
        InvitationUnusable: unknown, guessed, used, withdrawn or expired.
    """
    found = await Confirmation.get(confirmation_id)
    if found is None or found.invitation is None or not secret.isascii():
        raise InvitationUnusable
    if not hmac.compare_digest(found.invitation.link_hash, _hash(secret)):
        raise InvitationUnusable
    if found.state is ConfirmationState.INVITED and service.clock() >= found.invitation.expires_at:
        raise InvitationUnusable
    if found.state not in {ConfirmationState.INVITED, *ANSWERED}:
        raise InvitationUnusable
    return found


ANSWERED = (ConfirmationState.ANSWERED, ConfirmationState.CONFIRMED, ConfirmationState.REFUSED)
"""The link leads on to what was said, for whoever proved the mailbox; nothing can be changed there."""


def link(service: Service, confirmation: Confirmation) -> str:
    secret = link_secret(service, confirmation.id, confirmation.round)
    return f"{service.addresses.origin}/confirm/{confirmation.id}/{secret}"


def link_secret(service: Service, confirmation_id: str, number: int) -> str:
    made = service.master.code("confirmation-link", confirmation_id, str(number))
    return base64url_encode(made[: CONFIRMATION.link_bytes])


def invited_address(service: Service, confirmation: Confirmation) -> str:
    made = _of(confirmation)
    return sealed_of(service, confirmation).open_text(made.to, f"to {made.round}")


def _of(confirmation: Confirmation) -> Invitation:
    assert confirmation.invitation is not None
    return confirmation.invitation


def _mailbox(service: Service, slug: str, address: Address) -> bytes:
    """Whatever stands behind a plus leads to the same mailbox (RFC 5233)."""
    local = address.local.partition("+")[0] or address.local
    return service.master.code("mailbox", slug, f"{local}@{address.domain}".lower())


def _mail_key(confirmation_id: str, number: int, kind: str) -> str:
    return f"confirmation {confirmation_id} {number} {kind}"


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _day(moment: datetime) -> str:
    return moment.strftime("%d-%m-%Y")


def _check_wallet(did: str) -> None:
    try:
        resolve_did(did, DocumentCache())
    except (Invalid, Indeterminate):
        raise NobodyInvited from None

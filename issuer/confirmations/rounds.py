"""What has to happen without anybody asking: mails that a crash kept back, reminders, ends, removals.

Two processes that do it at once do no harm: every step is one change from an expected state.
"""

import logging
from datetime import timedelta

from issuer.confirmations.ending import expire, remove_files, sweep_left_behind, unanswered
from issuer.confirmations.endorse import finish
from issuer.confirmations.invite import invite_by_itself, mail_invitation, remind
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.policy import ConfirmationPolicy
from issuer.confirmations.records import OVER, Confirmation, ConfirmationState
from issuer.confirmations.statement import asked_of
from issuer.mail.address import parse_address
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.errors import PassportError

log = logging.getLogger("issuer.confirmations")

SECONDS = 60.0
_AT_ONCE = 1_000
_FRESH = timedelta(days=1)
"""Within this time after an invitation its mail is queued again: if it was queued, that changes nothing."""


async def make_round(service: Service) -> None:
    """Do all that is due at this moment."""
    for state in (ConfirmationState.ANSWERED, ConfirmationState.INVITED, ConfirmationState.ASKED):
        for confirmation_id in await Confirmation.ids_in_state(state):
            confirmation = await Confirmation.get(confirmation_id)
            if confirmation is not None:
                await _visit(service, confirmation)
    now = service.clock()
    for state in OVER:
        due = {"state": state.value, "files_gone": False, "files_until": {"$lte": now}}
        for confirmation in await Confirmation.find(due).limit(_AT_ONCE).to_list():
            await remove_files(service, confirmation, "service")
    await sweep_left_behind(service)


async def _visit(service: Service, confirmation: Confirmation) -> None:
    """One that can't be helped keeps no other waiting."""
    try:
        if confirmation.state is ConfirmationState.ANSWERED:
            await finish(service, confirmation)
        elif unanswered(service, confirmation):
            await expire(service, confirmation)
        elif confirmation.state is ConfirmationState.INVITED:
            await _tend(service, confirmation)
        elif confirmation.state is ConfirmationState.ASKED and confirmation.round == 0:
            await _invite_after_all(service, confirmation)
    except PassportError as error:
        log.warning("confirmation %s waits: %s", confirmation.id, error.code)


async def _tend(service: Service, confirmation: Confirmation) -> None:
    invitation, now = confirmation.invitation, service.clock()
    if invitation is None:
        return
    if invitation.reminded_at is None and now >= invitation.made_at + timedelta(
        seconds=CONFIRMATION.reminder
    ):
        await remind(service, confirmation, now)
    elif now < invitation.made_at + _FRESH:
        organisation = await Organisation.find_or_fail(confirmation.organisation)
        await mail_invitation(service, confirmation, organisation)


async def _invite_after_all(service: Service, confirmation: Confirmation) -> None:
    """A request that named somebody whom the organisation allows, when a crash came before the invitation."""
    email = asked_of(service, confirmation).email
    if email is None:
        return
    address = parse_address(email)
    policy = await ConfirmationPolicy.of(confirmation.organisation)
    if policy.allows(address):
        await invite_by_itself(service, confirmation, address)

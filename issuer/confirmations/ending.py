"""How a request ends without an answer, and how what it left behind is removed."""

from datetime import timedelta

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.confirmations.endorse import files_until
from issuer.confirmations.errors import WrongMoment
from issuer.confirmations.files import ConfirmationFile, sealed_of
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.records import OPEN, OVER, Confirmation, ConfirmationState
from issuer.service import Service

_LEFT_BEHIND = timedelta(days=1)


async def refuse(
    service: Service, confirmation: Confirmation, reason: str, *, by: str, account: str
) -> Confirmation:
    """Refuse to confirm, with a reason that the worker sees. `by` is `coordinator` or `supervisor`.

    Raises:
        WrongMoment
    """
    now = service.clock()
    await AuditEvent.of(
        confirmation.organisation, now, account, "confirmation.refuse", confirmation.id
    ).write()
    values = {
        "reason": sealed_of(service, confirmation).seal_text(reason, "reason"),
        "refused_by": by,
        "statement": None,
        "statement_digest": None,
        "files_until": await files_until(confirmation, now),
    }
    async with service.webhooks.telling(telling.confirmation(telling.REFUSED, confirmation)) as told:
        changed = await confirmation.change(now, expected=OPEN, to=ConfirmationState.REFUSED, values=values)
        told.came_about = changed is not None
    if changed is None:
        raise WrongMoment
    return changed


async def expire(service: Service, confirmation: Confirmation) -> None:
    """End a request that nobody answered in time."""
    now = service.clock()
    await confirmation.change(
        now,
        expected=(confirmation.state,),
        to=ConfirmationState.EXPIRED,
        values={
            "statement": None,
            "statement_digest": None,
            "files_until": await files_until(confirmation, now),
        },
    )


async def remove_files(service: Service, confirmation: Confirmation, account: str) -> None:
    """Remove the bytes of all files and what was asked; what was signed, and its digests, stay.

    Raises:
        WrongMoment: it is not over yet.
    """
    now = service.clock()
    if confirmation.state not in OVER:
        raise WrongMoment
    if confirmation.files_gone:
        return
    await AuditEvent.of(
        confirmation.organisation, now, account, "confirmation.remove-files", confirmation.id
    ).write()
    await ConfirmationFile.forget(confirmation.id)
    await confirmation.change(
        now,
        expected=OVER,
        what="files-removed",
        values={
            "files_gone": True,
            "asked": None,
            "statement": None,
            "own_signatures": None,
            "reason": None,
            "invitation": None,
        },
        where={"files_gone": False},
    )


def unanswered(service: Service, confirmation: Confirmation) -> bool:
    """Whether an open request waited too long."""
    now = service.clock()
    if confirmation.state is ConfirmationState.INVITED and confirmation.invitation is not None:
        return now >= confirmation.invitation.expires_at
    waited = timedelta(seconds=CONFIRMATION.unanswered)
    return confirmation.state is ConfirmationState.ASKED and now >= confirmation.created_at + waited


async def sweep_left_behind(service: Service) -> None:
    """Remove files whose request was never recorded: a crash came in between."""
    before = service.clock() - _LEFT_BEHIND
    found = await ConfirmationFile.find({"number": 1, "created_at": {"$lt": before}}).to_list()
    for file in found:
        if await Confirmation.get(file.confirmation) is None:
            await ConfirmationFile.find({"confirmation": file.confirmation}).delete()

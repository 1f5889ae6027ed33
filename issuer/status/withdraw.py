"""Revoke for good; suspend and resume for a while."""

from enum import StrEnum

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.errors import AlreadyRevoked, NotSuspendable
from issuer.issuance.records import Issuance
from issuer.service import Service
from issuer.status.records import StatusListRecord
from passport.status.credential import REVOCATION, SUSPENSION


class Reason(StrEnum):
    """Why a credential is withdrawn: for the log, and told to nobody else."""

    MISTAKE = "mistake"
    ASKED = "asked"
    NOT_MET = "not-met"
    REPLACED = "replaced"
    FRAUD = "fraud"
    OTHER = "other"


async def revoke(service: Service, issuance: Issuance, account: str, reason: Reason | None = None) -> None:
    """Revoke a recorded credential with its copies, signed or not; again is no error and changes nothing."""
    now, issuance = service.clock(), await _first(issuance)
    if await StatusListRecord.is_set(issuance.organisation, issuance.status_index, REVOCATION):
        return
    event = AuditEvent.of(
        issuance.organisation, now, account, "credential.revoke", issuance.id, reason=reason
    )
    await event.write()
    service.faults.reach("after-revoke-audit")
    try:
        async with service.webhooks.telling(telling.credential(telling.REVOKED, issuance)):
            await StatusListRecord.revoke(issuance.organisation, issuance.status_indexes, now)
    except AlreadyRevoked:
        return  # two at once: the other was first
    service.faults.reach("after-revoke")


async def suspend(
    service: Service, issuance: Issuance, account: str, *, on: bool, reason: Reason | None = None
) -> None:
    """Suspend or resume a credential with its copies.

    Raises:
        NotSuspendable: the credential has no entry for that.
        AlreadyRevoked: there is nothing left to suspend or resume.
    """
    if not issuance.suspendable:
        raise NotSuspendable
    if await StatusListRecord.is_set(issuance.organisation, issuance.status_index, REVOCATION):
        raise AlreadyRevoked
    now, issuance = service.clock(), await _first(issuance)
    action = "credential.suspend" if on else "credential.resume"
    await AuditEvent.of(issuance.organisation, now, account, action, issuance.id, reason=reason).write()
    type_ = telling.SUSPENDED if on else telling.RESUMED
    async with service.webhooks.telling(telling.credential(type_, issuance, now.isoformat())):
        await StatusListRecord.suspend(issuance.organisation, issuance.status_indexes, now, on=on)


async def _first(issuance: Issuance) -> Issuance:
    """What a copy is a copy of: they are one award, and stand or fall together."""
    if issuance.copy_of is None:
        return issuance
    return await Issuance.find_or_fail(issuance.organisation, issuance.copy_of)


async def standing(issuance: Issuance) -> str:
    """`valid`, `suspended` or `revoked`, for lists and pages."""
    if await StatusListRecord.is_set(issuance.organisation, issuance.status_index, REVOCATION):
        return "revoked"
    if issuance.suspendable and await StatusListRecord.is_set(
        issuance.organisation, issuance.status_index, SUSPENSION
    ):
        return "suspended"
    return "valid"

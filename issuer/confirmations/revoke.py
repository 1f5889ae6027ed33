"""Take an endorsement back: one bit in the organisation's status list, as for badges."""

from issuer.audit.records import AuditEvent
from issuer.confirmations.endorse import EndorsementRecord
from issuer.confirmations.errors import NotRevocableHere, UnknownConfirmation
from issuer.confirmations.records import OVER, Confirmation
from issuer.errors import AlreadyRevoked
from issuer.service import Service
from issuer.status.records import StatusListRecord
from passport.status.credential import REVOCATION


async def revoke_endorsement(
    service: Service, confirmation: Confirmation, endorsement_id: str, account: str
) -> None:
    """Revoke one endorsement for good; again is no error and changes nothing.

    Raises:
        UnknownConfirmation: no endorsement of this confirmation.
        NotRevocableHere: the supervisor signed it.
    """
    found = await EndorsementRecord.get(endorsement_id)
    if found is None or found.confirmation != confirmation.id:
        raise UnknownConfirmation
    if found.status_index is None:
        raise NotRevocableHere
    if await is_revoked(found):
        return
    now = service.clock()
    await AuditEvent.of(found.organisation, now, account, "endorsement.revoke", found.id).write()
    service.faults.reach("after-revoke-audit")
    try:
        await StatusListRecord.revoke(found.organisation, [found.status_index], now)
    except AlreadyRevoked:
        return  # two at once: the other was first
    await confirmation.change(now, expected=OVER, what="revoked")
    service.faults.reach("after-revoke")


async def is_revoked(record: EndorsementRecord) -> bool:
    if record.status_index is None:
        return False
    return await StatusListRecord.is_set(record.organisation, record.status_index, REVOCATION)

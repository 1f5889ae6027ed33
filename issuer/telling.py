"""What an issuer's webhooks tell, and how to see that it came about (docs/hr.md lists it)."""

from collections.abc import Mapping

from issuer.batches.records import Batch, BatchState
from issuer.confirmations.records import Confirmation, ConfirmationState
from issuer.issuance.records import Issuance
from issuer.offers.records import Offer, OfferState
from issuer.status.records import StatusListRecord
from issuer.validation.records import Case, CaseState
from passport.status.credential import REVOCATION, SUSPENSION
from passport.webhooks import Event
from passport.webhooks.service import Holds

ISSUED, REVOKED = "credential.issued", "credential.revoked"
SUSPENDED, RESUMED = "credential.suspended", "credential.resumed"
FINISHED = "batch.finished"
REQUESTED, DECIDED = "validation.requested", "validation.decided"
ASKED, SIGNED, REFUSED = "confirmation.requested", "confirmation.signed", "confirmation.refused"


def credential(type_: str, issuance: Issuance, occurrence: str = "") -> Event:
    data = {"achievement": issuance.achievement}
    data |= {name: value for name in ("offer", "batch") if (value := getattr(issuance, name)) is not None}
    return Event(issuance.organisation, type_, issuance.id, data, occurrence)


def offer(offer_: Offer, state: OfferState) -> Event:
    """`offer.accepted`, `offer.failed`, `offer.deleted`: what a wallet says became of it."""
    data = {"achievement": offer_.achievement}
    if offer_.batch is not None:
        data["batch"] = offer_.batch
    return Event(offer_.organisation, f"offer.{state}", offer_.id, data, str(offer_.round))


def batch(batch_: Batch) -> Event:
    return Event(batch_.organisation, FINISHED, batch_.id, {"achievement": batch_.achievement})


def validation(type_: str, case: Case) -> Event:
    return Event(case.organisation, type_, case.id, occurrence=str(case.revision))


def confirmation(type_: str, confirmation_: Confirmation) -> Event:
    return Event(confirmation_.organisation, type_, confirmation_.id)


async def _issued(issuance_id: str) -> bool:
    found = await Issuance.get(issuance_id)
    return found is not None and found.credential is not None


def _set(purpose: str, *, on: bool) -> Holds:
    async def holds(issuance_id: str) -> bool:
        found = await Issuance.get(issuance_id)
        if found is None:
            return False
        return on is await StatusListRecord.is_set(found.organisation, found.status_index, purpose)

    return holds


def _offer(state: OfferState) -> Holds:
    async def holds(offer_id: str) -> bool:
        found = await Offer.get(offer_id)
        return found is not None and found.state is state

    return holds


async def _finished(batch_id: str) -> bool:
    found = await Batch.get(batch_id)
    return found is not None and found.state is BatchState.DONE


async def _requested(case_id: str) -> bool:
    found = await Case.get(case_id)
    return found is not None and found.state is not CaseState.ARRIVING


async def _decided(case_id: str) -> bool:
    found = await Case.get(case_id)
    return found is not None and found.decided_at is not None


def _confirmation(*states: ConfirmationState) -> Holds:
    async def holds(confirmation_id: str) -> bool:
        found = await Confirmation.get(confirmation_id)
        return found is not None and found.state in states

    return holds


CHANGES: Mapping[str, Holds] = {
    ISSUED: _issued,
    REVOKED: _set(REVOCATION, on=True),
    SUSPENDED: _set(SUSPENSION, on=True),
    RESUMED: _set(SUSPENSION, on=False),
    "offer.accepted": _offer(OfferState.ACCEPTED),
    "offer.failed": _offer(OfferState.FAILED),
    "offer.deleted": _offer(OfferState.DELETED),
    FINISHED: _finished,
    REQUESTED: _requested,
    DECIDED: _decided,
    ASKED: _confirmation(*ConfirmationState),
    SIGNED: _confirmation(ConfirmationState.CONFIRMED),
    REFUSED: _confirmation(ConfirmationState.REFUSED),
}

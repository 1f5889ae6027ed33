"""What the wallet says became of the credential (OpenID4VCI 1.0, section 11)."""

import hmac
from collections.abc import Sequence

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.offers.claim import notification_id
from issuer.offers.records import HANDED_OVER, Offer, OfferState
from issuer.service import Service
from passport.errors.openid4vc import InvalidNotificationId
from passport.openid4vc import Event, NotificationRequest

_STATES = {
    Event.ACCEPTED: OfferState.ACCEPTED,
    Event.FAILURE: OfferState.FAILED,
    Event.DELETED: OfferState.DELETED,
}


async def notify(service: Service, offers: Sequence[Offer], request: NotificationRequest) -> None:
    """Keep what became of one of these offers; the same notification again is no error (section 11.1).

    A failure of one copy is one of the whole (section 11.1); what is said of one form stands for the offer.

    Raises:
        InvalidNotificationId: nothing was handed over under that id.
    """
    offer = next((each for each in offers if _named(service, each, request.notification_id)), None)
    if offer is None or offer.state not in HANDED_OVER:
        raise InvalidNotificationId
    state = _STATES[request.event]
    assert offer.token_digest is not None
    async with service.webhooks.telling(telling.offer(offer, state)) as told:
        noted = told.came_about = await Offer.note(offer.id, offer.token_digest, state)
    if noted:
        service.faults.reach("after-note")
        now = service.clock()
        await AuditEvent.of(offer.organisation, now, "holder", f"offer.{state}", offer.id).write()


def _named(service: Service, offer: Offer, given: str) -> bool:
    known = [notification_id(service, offer, form) for form in offer.forms]
    return any(hmac.compare_digest(given.encode(), one.encode()) for one in known)

"""What is held back: the school releases it, the wallet that proved its keys fetches it (section 9)."""

import hmac

from issuer.audit.records import AuditEvent
from issuer.errors import NothingHeld
from issuer.issuance.forms import IssuedForm
from issuer.limits import OFFER
from issuer.offers.claim import Claimed, give, transaction_id
from issuer.offers.records import HANDED_OVER, Offer, OfferState
from issuer.organisations.records import Account
from issuer.service import Service
from passport.errors.openid4vc import CredentialRequestDenied, InvalidTransactionId
from passport.openid4vc import Deferred

_PARTS = 3
_OBTAINED = frozenset({OfferState.ACCEPTED, OfferState.DELETED})
"""The wallet said that it has it, or will not have it: the transaction is over (section 9.1)."""


async def release(service: Service, actor: Account, offer_id: str) -> Offer:
    """Let go of a held offer, claimed already or not; again is no error.

    Raises:
        UnknownOffer
        NothingHeld: it was never held, or is over.
    """
    offer, now = await Offer.find_or_fail(actor.organisation, offer_id), service.clock()
    if offer.waiting:
        await AuditEvent.of(actor.organisation, now, actor.id, "offer.release", offer.id).write()
        service.faults.reach("after-release-audit")
        if not await Offer.release(actor.organisation, offer_id, now):
            offer = await Offer.find_or_fail(actor.organisation, offer_id)
            if offer.waiting:
                raise NothingHeld
    elif not offer.held:
        raise NothingHeld
    return await Offer.find_or_fail(actor.organisation, offer_id)


async def fetch(service: Service, offers: tuple[Offer, ...], transaction: str) -> Claimed | Deferred:
    """Give what was promised, or promise it again.

    The keys are those that were proved when it was promised; nothing in this request names any.

    Args:
        service: of this issuer.
        offers: those of the access token.
        transaction: the `transaction_id`.

    Raises:
        InvalidTransactionId: not ours, of another token, or the wallet said that it has the credential.
        CredentialRequestDenied: it was withdrawn since.
    """
    offer, form, holders = _promised(service, offers, transaction)
    if offer.state in _OBTAINED:
        raise InvalidTransactionId
    if offer.state not in {OfferState.REDEEMED, *HANDED_OVER}:
        raise CredentialRequestDenied
    if offer.waiting:
        return Deferred(transaction, OFFER.wait)
    return await give(service, offer, form, holders)


def _promised(
    service: Service, offers: tuple[Offer, ...], transaction: str
) -> tuple[Offer, IssuedForm, list[str]]:
    """The offer, the form and the holders of a transaction of ours; raises InvalidTransactionId."""
    for offer in offers:
        if not offer.held or not transaction.startswith(f"{offer.id}."):
            continue
        holders = _at(offer, transaction.split("."))
        for form in offer.forms:
            ours = transaction_id(service, offer, form, holders)
            if hmac.compare_digest(transaction.encode(), ours.encode()):
                return offer, form, holders
    raise InvalidTransactionId


def _at(offer: Offer, parts: list[str]) -> list[str]:
    """Those of the holders whose places stand between the offer's id and the seal."""
    places = {str(place): holder for place, holder in enumerate(offer.holders or ())}
    if len(parts) < _PARTS or not set(parts[1:-1]) <= set(places):
        raise InvalidTransactionId
    return [places[part] for part in parts[1:-1]]

"""What an offer will say, at rest: sealed as the badge is that comes of it."""

from issuer.issuance.claims import Claims
from issuer.offers.records import Offer
from issuer.secrets import MasterSecret
from passport.json import parse_object
from passport.limits import PUBLISHED

_PURPOSE = "offer"


def seal_claims(master: MasterSecret, slug: str, offer_id: str, stored: bytes) -> bytes:
    return master.seal(stored, purpose=_PURPOSE, bound_to=(slug, offer_id))


def claims_of(master: MasterSecret, offer: Offer) -> Claims:
    """Raises SealBroken: changed, or of another offer."""
    if not isinstance(offer.claims, bytes):
        return Claims.restored(offer.claims)
    opened = master.open(offer.claims, purpose=_PURPOSE, bound_to=(offer.organisation, offer.id))
    return Claims.restored(parse_object(opened, PUBLISHED))

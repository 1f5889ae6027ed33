"""Renew a licence: a new credential with the same number for the same holder; the old one ends by itself.

Open Badges has no term for a duty to renew. What has to be done stands in the achievement's criteria, until
when in `validUntil`, under which number in `licenseNumber`. Nothing of an issued credential ever changes, so
renewing is issuing: an offer that the holder's key alone can take.
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from issuer.issuance.claims import Claims, NewEvidence, NewResult
from issuer.issuance.records import Issuance
from issuer.licences.errors import LicenceRevoked, NotALicence, RenewalTooShort
from issuer.limits import OFFER
from issuer.offers.manage import make_offer
from issuer.offers.records import Offer
from issuer.organisations.records import Account
from issuer.service import Service
from issuer.status.records import StatusListRecord
from passport.clock import format_datetime
from passport.status.credential import REVOCATION
from passport.web import Body
from passport.web.body import Moment


class Renewal(Body):
    """Until when it holds from now on, and what the holder showed for it."""

    valid_until: Annotated[Moment, Field(alias="validUntil")]
    activity_end_date: Annotated[Moment | None, Field(alias="activityEndDate")] = None
    """When the holder did what is asked for renewing."""
    evidence: list[NewEvidence] = Field(default_factory=list, max_length=32)
    result: list[NewResult] = Field(default_factory=list, max_length=32)


async def renew(service: Service, actor: Account, issuance: Issuance, renewal: Renewal) -> Offer:
    """Offer the holder of a licence its next one. The same end again gives the same offer.

    A suspended licence may be renewed: the register decides; the old credential stays suspended.

    Raises:
        NotALicence, RenewalTooShort, LicenceRevoked
        UnknownEvidence, PeriodReversed, IdempotencyKeyReused
    """
    if issuance.license_number is None or issuance.valid_until is None:
        raise NotALicence
    now = service.clock()
    if renewal.valid_until <= max(now, issuance.valid_until):
        raise RenewalTooShort
    if await StatusListRecord.is_set(issuance.organisation, issuance.status_index, REVOCATION):
        raise LicenceRevoked
    claims = Claims.model_validate(
        {
            "achievement": issuance.achievement,
            "licenseNumber": issuance.license_number,
            "validUntil": format_datetime(renewal.valid_until),
            "evidence": renewal.evidence,
            "result": renewal.result,
            "activityEndDate": None
            if renewal.activity_end_date is None
            else format_datetime(renewal.activity_end_date),
        }
    )
    return await make_offer(
        service,
        actor,
        claims,
        subject=issuance.subject,
        tx_code=False,
        expires_in=OFFER.longest,
        idempotency_key=f"renewal {issuance.id} {int(renewal.valid_until.timestamp())}",
    )


async def due(slug: str, until: datetime, most: int) -> list[Issuance]:
    """Licences of an organisation that end before a moment, the earliest first."""
    return (
        await Issuance.find(
            {"organisation": slug, "license_number": {"$ne": None}, "valid_until": {"$lte": until}}
        )
        .sort("+valid_until")
        .limit(most)
        .to_list()
    )

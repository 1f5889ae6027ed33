"""Licences for a register's own system: which end soon, and renewing one."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from issuer.issuance.records import Issuance
from issuer.licences.renew import Renewal, due, renew
from issuer.limits import PAGE
from issuer.routes.access import Issuer, Reader, ServiceOf
from issuer.routes.offers import offer_shown
from issuer.status.withdraw import standing
from passport.clock import format_datetime
from passport.json import JsonObject
from passport.web import strict_body

router = APIRouter(prefix="/api/licences", tags=["licences"])


@router.get("")
async def index(
    account: Reader,
    service: ServiceOf,
    within: Annotated[int, Query(ge=0, le=3_660, description="Days from now.")] = 90,
) -> list[JsonObject]:
    """Licences that end within so many days or have ended, the earliest first; a hundred at most."""
    found = await due(account.organisation, service.clock() + timedelta(days=within), PAGE)
    return [
        {
            "id": each.id,
            "achievement": each.achievement,
            "subject": each.subject,
            "licenseNumber": each.license_number,
            "validUntil": None if each.valid_until is None else format_datetime(each.valid_until),
            "standing": await standing(each),
        }
        for each in found
    ]


@router.post("/{credential_id}/renew", status_code=201)
async def renew_licence(
    account: Issuer,
    credential_id: str,
    body: Annotated[Renewal, strict_body(Renewal)],
    service: ServiceOf,
) -> JsonObject:
    """Offer the next licence to the same holder, under the same number."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    offer = await renew(service, account, issuance, body)
    service.faults.reach("before-reply")
    return {"offer": offer_shown(service, offer)}

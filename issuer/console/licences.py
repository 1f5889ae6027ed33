"""Licences in the console: which end soon, and renewing one for its holder."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.achievements.records import AchievementRecord
from issuer.console.forms import fields, last_moment
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.issuance.claims import NewEvidence
from issuer.issuance.records import Issuance
from issuer.licences.errors import RenewalTooShort
from issuer.licences.renew import Renewal, due, renew
from issuer.limits import PAGE
from issuer.routes.access import ServiceOf
from issuer.status.withdraw import standing
from passport.web.forms import same_origin

router = APIRouter(prefix="/licences")
_AHEAD = timedelta(days=365)


@router.get("")
async def index(request: Request, account: SignedIn, service: ServiceOf) -> Response:
    now = service.clock()
    found = await due(account.organisation, now + _AHEAD, PAGE)
    achievements = await AchievementRecord.of_organisation(account.organisation, PAGE)
    response: Response = request.app.state.pages.respond(
        request,
        "licences.html",
        licences=[(each, await standing(each)) for each in found],
        names={item.id: item.name for item in achievements},
        now=now,
    )
    return response


@router.post("/{credential_id}/renew", dependencies=[same_origin])
async def renew_licence(
    request: Request,
    credential_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    account: IssuerSignedIn,
    service: ServiceOf,
) -> Response:
    """Make the offer of the next licence and show it."""
    form = await fields(request)
    until = last_moment(form.get("valid_until"))
    if until is None:
        raise RenewalTooShort
    shown = [NewEvidence(narrative=form["evidence"])] if "evidence" in form else []
    renewal = Renewal.model_construct(valid_until=until, activity_end_date=None, evidence=shown, result=[])
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    offer = await renew(service, account, issuance, renewal)
    return RedirectResponse(f"/console/offers/{offer.id}", status_code=303)

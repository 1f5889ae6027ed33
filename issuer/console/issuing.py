"""Issue one credential in the console: to a DID, or as an offer."""

import asyncio
import secrets
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from issuer.achievements.records import AchievementRecord
from issuer.console.forms import claims, fields
from issuer.console.session import IssuerSignedIn
from issuer.issuance.issue import issue
from issuer.issuance.key_policy import terms_of
from issuer.issuance.order import order_for
from issuer.issuance.records import Issuance
from issuer.learners.mailbox import open_mailbox
from issuer.limits import OFFER, PAGE
from issuer.mail.address import parse_address
from issuer.offers.claim import claim_id
from issuer.offers.deferred import release
from issuer.offers.make import link_by_value, shown, state_of
from issuer.offers.manage import again_gives, hand_over_again, make_offer, withdraw_offer
from issuer.offers.records import Offer, OfferGrant
from issuer.routes.access import ServiceOf
from passport import limits
from passport.pictures.qr import draw_svg
from passport.web.forms import same_origin

router = APIRouter(prefix="/console")
_OPEN = frozenset({"open", "redeemed"})


@router.get("/issue")
async def show(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    achievements = await AchievementRecord.of_organisation(account.organisation, PAGE)
    offers, now = await Offer.page(account.organisation, PAGE), service.clock()
    response: Response = request.app.state.pages.respond(
        request,
        "issue.html",
        achievements=achievements,
        names={item.id: item.name for item in achievements},
        offers=[(offer, state_of(offer, now)) for offer in offers],
        chosen=request.query_params.get("achievement", ""),
        once=secrets.token_hex(16),
    )
    return response


@router.post("/issue", dependencies=[same_origin])
async def create(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    form = await fields(request)
    subject, once = form.get("subject"), form.get("once")
    if subject is not None:
        issued = await issue(service, await order_for(service, account, claims(form), subject, once))
        return RedirectResponse(f"/console/credentials/{issued.id}", status_code=303)
    offer = await make_offer(
        service,
        account,
        claims(form),
        subject=None,
        tx_code=form.get("tx_code") == "yes",
        expires_in=OFFER.longest if form.get("held") == "yes" else limits.TIME.offer_lifetime,
        held=form.get("held") == "yes",
        idempotency_key=once,
        learner=parse_address(form["learner"]) if "learner" in form else None,
    )
    return RedirectResponse(f"/console/offers/{offer.id}", status_code=303)


OfferId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.get("/offers/{offer_id}")
async def show_offer(
    request: Request, offer_id: OfferId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    """The offer with what its maker needs to hand over: link, QR code and, apart from those, the code."""
    offer = await Offer.find_or_fail(account.organisation, offer_id)
    achievement = await AchievementRecord.find_or_fail(account.organisation, offer.achievement)
    made, given = shown(service, offer), await Issuance.get(claim_id(service, offer))
    state, terms = state_of(offer, service.clock()), await terms_of(account.organisation)
    offered = state in _OPEN and not set(terms.forms).isdisjoint(offer.forms)
    by_value = link_by_value(service, offer, terms.forms) if offered else None
    response: Response = request.app.state.pages.respond(
        request,
        "offer_made.html",
        offer=made,
        state=state,
        held=offer.waiting and state in _OPEN,
        claimed=bool(offer.holders),
        by_value=by_value,
        picture_by_value=by_value and Markup(await asyncio.to_thread(draw_svg, by_value)),  # noqa: S704  # as below
        by_link=OfferGrant.PRE_AUTHORIZED in offer.grants,
        gives=await again_gives(service, offer),
        credential=given.id if given else None,
        learner=None
        if offer.learner_sealed is None
        else open_mailbox(service.master, offer.organisation, offer.id, offer.learner_sealed),
        achievement=achievement.document,
        picture=Markup(draw_svg(made.link)),  # noqa: S704  # our own drawing: numbers only
    )
    return response


@router.post("/offers/{offer_id}/withdraw", dependencies=[same_origin])
async def withdraw(offer_id: OfferId, account: IssuerSignedIn, service: ServiceOf) -> Response:
    await withdraw_offer(service, account, offer_id)
    return RedirectResponse(f"/console/offers/{offer_id}", status_code=303)


@router.post("/offers/{offer_id}/again", dependencies=[same_origin])
async def again(offer_id: OfferId, account: IssuerSignedIn, service: ServiceOf) -> Response:
    await hand_over_again(service, account, offer_id)
    return RedirectResponse(f"/console/offers/{offer_id}", status_code=303)


@router.post("/offers/{offer_id}/release", dependencies=[same_origin])
async def release_offer(offer_id: OfferId, account: IssuerSignedIn, service: ServiceOf) -> Response:
    await release(service, account, offer_id)
    return RedirectResponse(f"/console/offers/{offer_id}", status_code=303)

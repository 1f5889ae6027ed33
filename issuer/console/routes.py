"""Pages that are not about one subject: home, sign-in, overview, audit, and the public offer."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from markupsafe import Markup

from issuer.achievements.records import AchievementRecord
from issuer.console import (
    accounts,
    achievements,
    audit,
    batch_class,
    batches,
    confirmations,
    credentials,
    files,
    issuing,
    keys,
    me,
    scripts,
    signing_in,
    skills,
    validations,
    wallets,
    webhooks,
)
from issuer.console.next_steps import steps_for
from issuer.console.session import signed_in
from issuer.console.signing_in import sign_in_page
from issuer.errors import OfferGone, UnknownOffer
from issuer.limits import PAGE
from issuer.offers.make import shown, state_of
from issuer.offers.records import Offer
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.sign_in.errors import NotSignedIn
from passport.pictures.qr import draw_svg
from passport.web import Pages

router = APIRouter(include_in_schema=False)
_WAITING = frozenset({"open", "redeemed"})


def pages_of(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


@router.get("/")
async def home(request: Request) -> Response:
    return pages_of(request).respond(request, "home.html")


@router.get("/offers/{offer_id}")
async def offer_page(
    request: Request, offer_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")], service: ServiceOf
) -> Response:
    """The offer for a person: a link for this device, a QR code for another one."""
    offer = await Offer.get(offer_id)
    if offer is None:
        raise UnknownOffer
    if state_of(offer, service.clock()) not in _WAITING:
        raise OfferGone
    organisation = await Organisation.find_or_fail(offer.organisation)
    achievement = await AchievementRecord.find_or_fail(offer.organisation, offer.achievement)
    made = shown(service, offer)
    return pages_of(request).respond(
        request,
        "offer.html",
        organisation=organisation.name,
        offered_at=service.addresses.origin.partition("://")[2],
        achievement=achievement.document,
        link=made.link,
        picture=Markup(draw_svg(made.link)),  # noqa: S704  # our own drawing: numbers only
        needs_code=offer.tx_code,
        expires_at=offer.expires_at,
    )


@router.get("/console")
async def overview(request: Request, service: ServiceOf) -> Response:
    try:
        account = await signed_in(request)
    except NotSignedIn:
        return sign_in_page(request, service)
    organisation = await Organisation.find_or_fail(account.organisation)
    return pages_of(request).respond(
        request,
        "overview.html",
        organisation=organisation,
        achievements=await AchievementRecord.of_organisation(account.organisation, PAGE),
        account=account,
        steps=await steps_for(account),
        issuer=service.addresses.issuer(account.organisation),
    )


for _part in (
    signing_in,
    me,
    scripts,
    skills,
    audit,
    keys,
    achievements,
    issuing,
    batches,
    batch_class,
    credentials,
    files,
    confirmations,
    validations,
    wallets,
    accounts,
    webhooks,
):
    router.include_router(_part.router)

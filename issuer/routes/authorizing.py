"""The pages on which a learner gives a wallet permission: who they are, what it gets, yes or no."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from issuer.achievements.records import AchievementRecord
from issuer.authorization.browser import bind
from issuer.authorization.errors import VisitOver
from issuer.authorization.records import Authorization, Stage
from issuer.authorization.requests import begin
from issuer.authorization.visit import (
    agree,
    check_pickup_code,
    choices,
    mail_code,
    named_offer,
    refuse,
)
from issuer.console.forms import fields
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.learner_pages import LearnerPages, answer_of, back, respond
from issuer.service import Service
from passport.oauth.redirect_uri import RedirectKind, check_redirect_uri
from passport.web.forms import same_origin

router = APIRouter(prefix="/o/{slug}/authorize", include_in_schema=False)
_FIELDS = 128
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class AskingWallet:
    """Who asks: what a provider attests, what it calls itself, and where the answer goes."""

    attested: str | None
    provider: str | None
    calls_itself: str
    goes_to: str
    kind: RedirectKind


def _asking(visit: Authorization) -> AskingWallet:
    redirect = check_redirect_uri(visit.redirect_uri)
    attested = visit.wallet_name or visit.client_id if visit.provider is not None else None
    return AskingWallet(
        attested, visit.provider, visit.client_id[:_NAME_LENGTH], redirect.shown, redirect.kind
    )


def _root(visit: Authorization) -> str:
    return f"/o/{visit.organisation}/authorize/{visit.id}"


async def _page(request: Request, service: Service, visit: Authorization) -> Response:
    values: dict[str, Any] = {"offers": []}
    template = "authorize_who.html"
    if visit.stage is Stage.PROVED:
        template = "authorize_consent.html"
        for choice in await choices(service, visit):
            record = await AchievementRecord.find_or_fail(choice.organisation, choice.achievement)
            values["offers"].append((choice.id, record))
    else:
        named = await named_offer(service, visit)
        values |= {
            "gone": visit.offer is not None and named is None,
            "by_mailbox": named is None or named.learner is not None,
            "by_code": named is not None and named.tx_code,
        }
    return await respond(
        request,
        service,
        visit,
        template,
        root=_root(visit),
        wallet=_asking(visit),
        **values,
    )


_KIND = LearnerPages(Authorization, _root, _page, mail_code)
_pages = _KIND.router()
Visit = Annotated[Authorization, Depends(_KIND.visit)]


@router.get("")
async def arrive(request: Request, slug: str, service: ServiceOf) -> Response:
    """Take the wallet's request, and go on at a page of this visit's own."""
    await Organisation.find_or_fail(slug)
    visit, secret = await begin(
        service, slug, request.query_params.multi_items(), networks=service.networks_of(request)
    )
    response = _KIND.led_to(visit)
    bind(service, secret, response, path=_root(visit))
    return response


@_pages.post("/pickup", dependencies=[same_origin])
async def prove_pickup_code(request: Request, visit: Visit, service: ServiceOf) -> Response:
    form = await fields(request)
    await check_pickup_code(service, visit, form.get("code", "").replace(" ", ""))
    return _KIND.led_to(visit)


@_pages.post("/answer", dependencies=[same_origin])
async def answer(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Yes, with what was chosen, or no: either way the person goes back to the wallet."""
    said, chosen = await answer_of(request, "offer", most=_FIELDS)
    if said == "no":
        return back(await refuse(service, visit))
    if said != "yes" or visit.stage is not Stage.PROVED:
        raise VisitOver
    return back(await agree(service, visit, chosen))


router.include_router(_pages)

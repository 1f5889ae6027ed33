"""The pages on which a learner gives a wallet permission: who they are, what it gets, yes or no.

A GET beyond the first changes nothing. Every form is sent by our own page (passport.web.forms), from the
browser that opened the visit, and nothing is done by a script.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from issuer.achievements.records import AchievementRecord
from issuer.authorization.browser import bind, check_browser
from issuer.authorization.errors import NoOfferChosen, VisitOver
from issuer.authorization.records import Authorization, Stage
from issuer.authorization.requests import begin
from issuer.authorization.visit import (
    agree,
    ask_code,
    check_mail_code,
    check_pickup_code,
    choices,
    mail_code,
    named_offer,
    refuse,
)
from issuer.console.forms import fields
from issuer.learners.errors import TooManyLearnerCodes, WrongLearnerCode, WrongPickupCode
from issuer.learners.limits import LEARNER
from issuer.limits import OFFER
from issuer.mail.address import parse_address
from issuer.mail.errors import MalformedAddress
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf, service_of
from issuer.service import Service
from passport.errors import PassportError
from passport.oauth.redirect_uri import RedirectKind, check_redirect_uri
from passport.web.forms import same_origin
from passport.web.guard import security_headers

router = APIRouter(prefix="/o/{slug}/authorize", include_in_schema=False)
_pages = APIRouter(prefix="/{visit_id}")
_FIELDS = 128
_NAME_LENGTH = 80


async def _visit(
    request: Request, slug: str, visit_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
) -> Authorization:
    """The visit that this browser opened; raises VisitOver, AnotherBrowser."""
    service = service_of(request)
    found = await Authorization.get(visit_id)
    if found is None or found.organisation != slug or found.expires_at <= service.clock():
        raise VisitOver
    check_browser(service, found, request)
    if found.stage not in {Stage.OPEN, Stage.PROVED}:
        raise VisitOver
    return found


Visit = Annotated[Authorization, Depends(_visit)]


@router.get("")
async def arrive(request: Request, slug: str, service: ServiceOf) -> Response:
    """Take the wallet's request, and go on at a page of this visit's own."""
    await Organisation.find_or_fail(slug)
    visit, secret = await begin(
        service, slug, request.query_params.multi_items(), network=service.network_of(request)
    )
    response = _led_to(visit)
    bind(service, visit, secret, response)
    return response


@_pages.get("")
async def show(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """What is asked next: a mailbox, its code, or permission."""
    return await _page(request, service, visit)


@_pages.post("/mailbox", dependencies=[same_origin])
async def send_code(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Mail a code, if the address is on an offer; the answer is the same if it is not."""
    form = await fields(request)
    try:
        address = parse_address(form.get("mailbox", ""))
        asked, code = await ask_code(service, visit, address)
    except (MalformedAddress, TooManyLearnerCodes) as error:
        return await _page(request, service, visit, refused=error)
    response = _led_to(visit)
    response.background = BackgroundTask(mail_code, service, asked, code)
    return response


@_pages.post("/code", dependencies=[same_origin])
async def prove_mailbox(request: Request, visit: Visit, service: ServiceOf) -> Response:
    form = await fields(request)
    try:
        await check_mail_code(service, visit, form.get("code", "").replace(" ", ""))
    except WrongLearnerCode as error:
        return await _page(request, service, visit, refused=error)
    return _led_to(visit)


@_pages.post("/pickup", dependencies=[same_origin])
async def prove_pickup_code(request: Request, visit: Visit, service: ServiceOf) -> Response:
    form = await fields(request)
    try:
        await check_pickup_code(service, visit, form.get("code", "").replace(" ", ""))
    except WrongPickupCode as error:
        return await _page(request, service, visit, refused=error)
    return _led_to(visit)


@_pages.post("/answer", dependencies=[same_origin])
async def answer(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Yes, with what was chosen, or no: either way the person goes back to the wallet."""
    async with request.form(max_files=0, max_fields=_FIELDS, max_part_size=OFFER.longest) as form:
        said = form.get("answer")
        chosen = [value for value in form.getlist("offer") if isinstance(value, str)]
    if said == "no":
        return _back(await refuse(service, visit))
    if said != "yes" or visit.stage is not Stage.PROVED:
        raise VisitOver
    try:
        return _back(await agree(service, visit, chosen))
    except NoOfferChosen as error:
        return await _page(request, service, visit, refused=error)


def _led_to(visit: Authorization) -> RedirectResponse:
    return RedirectResponse(f"/o/{visit.organisation}/authorize/{visit.id}", status_code=303)


def _back(address: str) -> Response:
    """To the wallet, as a person told us to; the address goes out letter by letter as it was checked."""
    return Response(status_code=303, headers={"Location": address})


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


async def _page(
    request: Request, service: Service, visit: Authorization, *, refused: PassportError | None = None
) -> Response:
    """The visit's page at its stage; whoever leaves by it may be led to the wallet, and nowhere else."""
    organisation = await Organisation.find_or_fail(visit.organisation)
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
            "code_sent": visit.mail_code is not None,
            "minutes": LEARNER.code_lifetime // 60,
            "digits": LEARNER.code_digits,
        }
    response: Response = request.app.state.pages.respond(
        request,
        template,
        status=200 if refused is None else 400,
        refused=refused,
        organisation=organisation.name,
        at=service.addresses.origin.partition("://")[2],
        wallet=_asking(visit),
        root=f"/o/{visit.organisation}/authorize/{visit.id}",
        **values,
    )
    policy = security_headers(service.settings.web())["content-security-policy"]
    source = check_redirect_uri(visit.redirect_uri).source
    response.headers["content-security-policy"] = policy.replace(
        "form-action 'self'", f"form-action 'self' {source}"
    )
    return response


router.include_router(_pages)

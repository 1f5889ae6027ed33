"""The pages on which a learner lets a program read their badges, or not (Open Badges 3.0, section 7.1.2)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from issuer.achievements.records import AchievementRecord
from issuer.authorization.browser import bind, check_browser
from issuer.authorization.errors import VisitOver
from issuer.authorization.records import Stage
from issuer.authorization.visit import ask_code, check_mail_code
from issuer.console.forms import fields
from issuer.learners.errors import TooManyLearnerCodes, WrongLearnerCode
from issuer.learners.limits import LEARNER
from issuer.limits import OFFER
from issuer.mail.address import parse_address
from issuer.mail.errors import MalformedAddress
from issuer.open_badges_api.badges import badges_of
from issuer.open_badges_api.errors import NothingAllowed
from issuer.open_badges_api.visit import (
    BadgeVisit,
    agree,
    begin,
    end_permission,
    mail_code,
    permissions,
    refuse,
)
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf, service_of
from issuer.service import Service
from passport.errors import PassportError
from passport.oauth.redirect_uri import check_redirect_uri
from passport.open_badges_api.paths import ROOT
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from passport.web.forms import same_origin
from passport.web.guard import security_headers

router = APIRouter(prefix="/o/{slug}" + ROOT, include_in_schema=False)
_pages = APIRouter(prefix="/authorize/{visit_id}")
_FIELDS = 16


async def _visit(
    request: Request, slug: str, visit_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
) -> BadgeVisit:
    """The visit that this browser opened; raises VisitOver, AnotherBrowser."""
    service = service_of(request)
    found = await BadgeVisit.get(visit_id)
    if found is None or found.organisation != slug or found.expires_at <= service.clock():
        raise VisitOver
    check_browser(service, found, request)
    if found.stage not in {Stage.OPEN, Stage.PROVED}:
        raise VisitOver
    return found


Visit = Annotated[BadgeVisit, Depends(_visit)]


@router.get("/about")
async def about(request: Request, slug: str) -> Response:
    """What this is for people: terms and privacy of the service, as its description names them."""
    organisation = await Organisation.find_or_fail(slug)
    response: Response = request.app.state.pages.respond(
        request, "badges_about.html", organisation=organisation.name
    )
    return response


@router.get("/authorize")
async def arrive(request: Request, slug: str, service: ServiceOf) -> Response:
    """Take the program's request, and go on at a page of this visit's own."""
    await Organisation.find_or_fail(slug)
    visit, secret = await begin(
        service, slug, request.query_params.multi_items(), network=service.network_of(request)
    )
    response = _led_to(visit)
    bind(service, visit, secret, response, path=_root(visit))
    return response


@_pages.get("")
async def show(request: Request, visit: Visit, service: ServiceOf) -> Response:
    return await _page(request, service, visit)


@_pages.post("/mailbox", dependencies=[same_origin])
async def send_code(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Mail a code, if the address is on an offer; the answer is the same if it is not."""
    form = await fields(request)
    try:
        asked, code = await ask_code(service, visit, parse_address(form.get("mailbox", "")))
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


@_pages.post("/end", dependencies=[same_origin])
async def end(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Take back what another program was allowed."""
    form = await fields(request)
    await end_permission(service, visit, form.get("grant", ""))
    return _led_to(visit)


@_pages.post("/answer", dependencies=[same_origin])
async def answer(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Yes, with what was ticked, or no: either way the person goes back to the program."""
    async with request.form(max_files=0, max_fields=_FIELDS, max_part_size=OFFER.longest) as form:
        said = form.get("answer")
        ticked = [value for value in form.getlist("scope") if isinstance(value, str)]
    if said == "no":
        return _back(await refuse(service, visit))
    if said != "yes" or visit.stage is not Stage.PROVED:
        raise VisitOver
    try:
        return _back(await agree(service, visit, ticked))
    except NothingAllowed as error:
        return await _page(request, service, visit, refused=error)


def _root(visit: BadgeVisit) -> str:
    return f"/o/{visit.organisation}{ROOT}/authorize/{visit.id}"


def _led_to(visit: BadgeVisit) -> RedirectResponse:
    return RedirectResponse(_root(visit), status_code=303)


def _back(address: str) -> Response:
    """To the program, as a person told us to; the address goes out letter by letter as it was checked."""
    return Response(status_code=303, headers={"Location": address})


async def _page(
    request: Request, service: Service, visit: BadgeVisit, *, refused: PassportError | None = None
) -> Response:
    """The visit's page at its stage; whoever leaves by it may be led to the program, and nowhere else."""
    organisation = await Organisation.find_or_fail(visit.organisation)
    redirect = check_redirect_uri(visit.redirect_uri)
    values: dict[str, Any] = {"code_sent": visit.mail_code is not None}
    template = "badges_who.html"
    if visit.stage is Stage.PROVED:
        template = "badges_consent.html"
        values = {
            "names": await _names(visit),
            "scopes": [(scope, BadgeScope(scope).short) for scope in visit.scope if scope != OFFLINE_ACCESS],
            "later": OFFLINE_ACCESS if OFFLINE_ACCESS in visit.scope else None,
            "programs": await permissions(service, visit),
        }
    response: Response = request.app.state.pages.respond(
        request,
        template,
        status=200 if refused is None else 400,
        refused=refused,
        organisation=organisation.name,
        at=service.addresses.origin.partition("://")[2],
        minutes=LEARNER.code_lifetime // 60,
        digits=LEARNER.code_digits,
        program=visit.client_name,
        redirect=redirect,
        root=_root(visit),
        **values,
    )
    policy = security_headers(service.settings.web())["content-security-policy"]
    response.headers["content-security-policy"] = policy.replace(
        "form-action 'self'", f"form-action 'self' {redirect.source}"
    )
    return response


async def _names(visit: BadgeVisit) -> list[str]:
    """What the learner's badges are of: what they say yes to."""
    assert visit.mailbox is not None  # a proved visit has one
    badges = await badges_of(visit.organisation, visit.mailbox)
    records = await AchievementRecord.find(
        {"_id": {"$in": list({badge.issuance.achievement for badge in badges})}}
    ).to_list()
    known = {record.id: record.name for record in records}
    return [known.get(badge.issuance.achievement, "") for badge in badges]


router.include_router(_pages)

"""The pages on which a learner lets a program read their badges, or not (Open Badges 3.0, section 7.1.2)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from issuer.achievements.records import AchievementRecord
from issuer.authorization.browser import bind
from issuer.authorization.errors import VisitOver
from issuer.authorization.records import Stage
from issuer.console.forms import fields
from issuer.open_badges_api.badges import badges_of
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
from issuer.routes.access import ServiceOf
from issuer.routes.learner_pages import LearnerPages, answer_of, back, respond
from issuer.service import Service
from passport.oauth.redirect_uri import check_redirect_uri
from passport.open_badges_api.paths import ROOT
from passport.open_badges_api.scopes import OFFLINE_ACCESS, BadgeScope
from passport.web.forms import same_origin

router = APIRouter(prefix="/o/{slug}" + ROOT, include_in_schema=False)
_FIELDS = 16


def _root(visit: BadgeVisit) -> str:
    return f"/o/{visit.organisation}{ROOT}/authorize/{visit.id}"


async def _page(request: Request, service: Service, visit: BadgeVisit) -> Response:
    values: dict[str, Any] = {}
    template = "badges_who.html"
    if visit.stage is Stage.PROVED:
        template = "badges_consent.html"
        values = {
            "names": await _names(visit),
            "scopes": [(scope, BadgeScope(scope).short) for scope in visit.scope if scope != OFFLINE_ACCESS],
            "later": OFFLINE_ACCESS if OFFLINE_ACCESS in visit.scope else None,
            "programs": await permissions(service, visit),
        }
    return await respond(
        request,
        service,
        visit,
        template,
        root=_root(visit),
        program=visit.client_name,
        redirect=check_redirect_uri(visit.redirect_uri),
        **values,
    )


async def _names(visit: BadgeVisit) -> list[str]:
    """What the learner's badges are of: what they say yes to."""
    assert visit.mailbox is not None  # a proved visit has one
    badges = await badges_of(visit.organisation, visit.mailbox)
    records = await AchievementRecord.find(
        {"_id": {"$in": list({badge.issuance.achievement for badge in badges})}}
    ).to_list()
    known = {record.id: record.name for record in records}
    return [known.get(badge.issuance.achievement, "") for badge in badges]


_KIND = LearnerPages(BadgeVisit, _root, _page, mail_code)
_pages = _KIND.router()
Visit = Annotated[BadgeVisit, Depends(_KIND.visit)]


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
        service, slug, request.query_params.multi_items(), networks=service.networks_of(request)
    )
    response = _KIND.led_to(visit)
    bind(service, secret, response, path=_root(visit))
    return response


@_pages.post("/end", dependencies=[same_origin])
async def end(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Take back what another program was allowed."""
    form = await fields(request)
    await end_permission(service, visit, form.get("grant", ""))
    return _KIND.led_to(visit)


@_pages.post("/answer", dependencies=[same_origin])
async def answer(request: Request, visit: Visit, service: ServiceOf) -> Response:
    """Yes, with what was ticked, or no: either way the person goes back to the program."""
    said, ticked = await answer_of(request, "scope", most=_FIELDS)
    if said == "no":
        return back(await refuse(service, visit))
    if said != "yes" or visit.stage is not Stage.PROVED:
        raise VisitOver
    return back(await agree(service, visit, ticked))


router.include_router(_pages, prefix="/authorize")

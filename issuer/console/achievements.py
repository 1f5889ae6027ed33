"""Achievements in the console: what there is, and a new one, looked at before it is made."""

import secrets
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from issuer.achievements.document import achievement_document
from issuer.achievements.manage import create_achievement
from issuer.achievements.records import AchievementRecord
from issuer.console import licences, stacks
from issuer.console.forms import chosen_skills, fields, new_achievement
from issuer.console.scripts import script_path
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.console.skills import ChosenSkill, search
from issuer.limits import PAGE
from issuer.organisations.records import Account, Organisation
from issuer.routes.access import ServiceOf
from passport.errors import PassportError
from passport.json import JsonObject
from passport.web import language_of
from passport.web.forms import same_origin
from passport.web.refused_page import beside_its_field

router = APIRouter(prefix="/console/achievements")
TYPES = ("Assessment", "Certificate", "Competency", "Course", "Diploma", "MicroCredential", "License")


def _form(typed: dict[str, str], chosen: list[ChosenSkill]) -> dict[str, Any]:
    return {
        "types": TYPES,
        "once": typed.get("once") or secrets.token_hex(16),
        "typed": typed,
        "chosen": chosen,
        "found": [],
        "searched": False,
        "script": script_path("console"),
    }


@router.get("")
async def index(request: Request, account: SignedIn) -> Response:
    found = await AchievementRecord.of_organisation(account.organisation, PAGE)
    response: Response = request.app.state.pages.respond(
        request, "achievements.html", achievements=found, **_form({}, [])
    )
    return response


@router.post("", dependencies=[same_origin])
async def create(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    form, chosen = await fields(request), await chosen_skills(request)
    try:
        await create_achievement(service, account, new_achievement(form, chosen), form.get("once"))
    except PassportError as refused:
        page = await _draft_page(request, account, _form(form, chosen))
        return await beside_its_field(request, page, refused)
    return RedirectResponse("/console/achievements", status_code=303)


@router.post("/draft", dependencies=[same_origin])
async def draft(request: Request, account: IssuerSignedIn) -> Response:
    """The form again with what was typed: with skills that were searched, or as people will see it."""
    form, chosen = await fields(request), await chosen_skills(request)
    shown = _form(form, chosen)
    if form.get("then") == "search":
        shown |= {"searched": True, "found": await search(form.get("q", ""), language_of(request), chosen)}
        return await _draft_page(request, account, shown)
    try:
        preview = achievement_document(new_achievement(form, chosen), url="urn:preview")
    except PassportError as refused:
        return await beside_its_field(request, await _draft_page(request, account, shown), refused)
    return await _draft_page(request, account, shown, preview)


async def _draft_page(
    request: Request, account: Account, shown: dict[str, Any], preview: JsonObject | None = None
) -> Response:
    organisation = await Organisation.find_or_fail(account.organisation)
    response: Response = request.app.state.pages.respond(
        request, "achievement_draft.html", organisation=organisation.name, preview=preview, **shown
    )
    return response


for _part in (stacks, licences):
    router.include_router(_part.router)

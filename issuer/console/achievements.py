"""Achievements in the console."""

import secrets

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from issuer.achievements.manage import create_achievement
from issuer.achievements.records import AchievementRecord
from issuer.console import licences, stacks
from issuer.console.forms import fields, new_achievement
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.limits import PAGE
from issuer.routes.access import ServiceOf
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/achievements")
TYPES = ("Assessment", "Certificate", "Competency", "Course", "Diploma", "MicroCredential", "License")


@router.get("")
async def index(request: Request, account: SignedIn) -> Response:
    found = await AchievementRecord.of_organisation(account.organisation, PAGE)
    response: Response = request.app.state.pages.respond(
        request, "achievements.html", achievements=found, types=TYPES, once=secrets.token_hex(16)
    )
    return response


@router.post("", dependencies=[same_origin])
async def create(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    form = await fields(request)
    await create_achievement(service, account, new_achievement(form), form.get("once"))
    return RedirectResponse("/console/achievements", status_code=303)


for _part in (stacks, licences):
    router.include_router(_part.router)

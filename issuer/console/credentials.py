"""Credentials in the console: look, download, revoke, suspend, resume."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from issuer.achievements.records import AchievementRecord
from issuer.console.forms import fields
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.issuance.forms import FORMS, IssuedForm, file_name, media_type
from issuer.issuance.issue import deliver
from issuer.issuance.records import Issuance
from issuer.issuance.saving import stem_of
from issuer.limits import PAGE
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.status.withdraw import Reason, revoke, standing, suspend
from passport.attachment import attachment
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/credentials")
CredentialId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.get("")
async def index(
    request: Request,
    account: SignedIn,
    *,
    achievement: Annotated[str, Query(max_length=64)] = "",
    by: Annotated[str, Query(max_length=2048)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Newest first, a page at a time; one is found by its number, its holder or its place in a register."""
    found = await Issuance.newest(
        account.organisation, PAGE + 1, skip=(page - 1) * PAGE, achievement=achievement, by=by.strip()
    )
    achievements = await AchievementRecord.of_organisation(account.organisation, PAGE)
    response: Response = request.app.state.pages.respond(
        request,
        "credentials.html",
        credentials=[(item, await standing(item)) for item in found[:PAGE]],
        names={item.id: item.name for item in achievements},
        wanted=achievement,
        by=by,
        page=page,
        more=len(found) > PAGE,
        query=urlencode({"achievement": achievement, "by": by}),
    )
    return response


@router.get("/{credential_id}")
async def show(
    request: Request, credential_id: CredentialId, account: SignedIn, service: ServiceOf
) -> Response:
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    achievement = await AchievementRecord.find_or_fail(account.organisation, issuance.achievement)
    response: Response = request.app.state.pages.respond(
        request,
        "credential.html",
        credential=issuance,
        achievement=achievement.document,
        standing=await standing(issuance),
        forms=FORMS,
        reasons=tuple(Reason),
        minutes=max(1, service.settings.status_list_ttl // 60),
    )
    return response


@router.get("/{credential_id}/file/{form}")
async def download(
    credential_id: CredentialId, form: IssuedForm, account: SignedIn, service: ServiceOf
) -> Response:
    """The signed credential in one of its forms, as a file."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    organisation = await Organisation.find_or_fail(account.organisation)
    return Response(
        await deliver(service, issuance, organisation, form),
        media_type=media_type(form),
        headers=attachment(file_name(stem_of(service, issuance), form)),
    )


@router.post("/{credential_id}/revoke", dependencies=[same_origin])
async def revoke_credential(
    request: Request, credential_id: CredentialId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    await revoke(service, issuance, account.id, await _reason(request))
    return RedirectResponse(f"/console/credentials/{credential_id}", status_code=303)


async def _reason(request: Request) -> Reason | None:
    reason = (await fields(request)).get("reason")
    return Reason(reason) if reason in set(Reason) else None


@router.post("/{credential_id}/suspend", dependencies=[same_origin])
async def suspend_credential(
    request: Request, credential_id: CredentialId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    await suspend(service, issuance, account.id, on=True, reason=await _reason(request))
    return RedirectResponse(f"/console/credentials/{credential_id}", status_code=303)


@router.post("/{credential_id}/resume", dependencies=[same_origin])
async def resume_credential(
    credential_id: CredentialId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    await suspend(service, issuance, account.id, on=False)
    return RedirectResponse(f"/console/credentials/{credential_id}", status_code=303)

"""Validations over HTTP: for a worker's wallet with its bearer token, for the staff with their API keys."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from issuer.evidence.manage import keep_evidence
from issuer.limits import EVIDENCE_SIZE
from issuer.routes.access import IdempotencyKey, Owner, Reader, ServiceOf
from issuer.routes.evidence import file_response
from issuer.validation.bodies import AppealBody, MoveBody, SettingsBody, StaffBody
from issuer.validation.certify import settle
from issuer.validation.content import opened
from issuer.validation.deadlines import EXPIRY_NOTICE
from issuer.validation.errors import NotOnStaff, UnknownCase
from issuer.validation.holder import appeal, remove_own_files, supplement, withdraw
from issuer.validation.intake import REQUEST, RequestBody, SupplementBody
from issuer.validation.limits import CASE
from issuer.validation.listing import listing
from issuer.validation.media import MEDIA_TYPES, check_media
from issuer.validation.moving import case_for, move
from issuer.validation.phases import CaseRole, Phase
from issuer.validation.records import Case, RubricLevel, StaffMember, ValidationSettings
from issuer.validation.request import case_of_token, open_case
from issuer.validation.shown import for_staff, for_worker, row
from issuer.validation.staff import (
    Member,
    defaults,
    keep_member,
    keep_settings,
    member,
    settings_of,
)
from passport.errors import NotAuthenticated
from passport.json import JsonObject
from passport.web import document_body, strict_body
from passport.web.api_keys import bearer

router = APIRouter()
_NO_STORE = {"Cache-Control": "no-store"}
CaseId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


async def _followed(request: Request, slug: str, case_id: CaseId) -> Case:
    try:
        return await case_of_token(slug, case_id, bearer(request))
    except NotAuthenticated:
        raise UnknownCase from None


async def _member(account: Reader) -> Member:
    return await member(account)


Staff = Annotated[Member, Depends(_member)]


async def _assessing(staff: Staff, case_id: CaseId) -> Member:
    """Who assesses this case; raises UnknownCase, NotOnStaff."""
    if CaseRole.ASSESSOR not in staff.roles_in(await case_for(staff, case_id)):
        raise NotOnStaff
    return staff


@router.post("/o/{slug}/validations", status_code=201, tags=["validation"])
async def request_validation(
    slug: str,
    body: Annotated[RequestBody, strict_body(RequestBody, REQUEST, values=CASE.values)],
    service: ServiceOf,
    response: Response,
) -> JsonObject:
    """Ask for a validation, with a presentation of the holder's own claims.

    Its `challenge` is a nonce of this organisation, its `domain` the organisation's DID. The token that comes
    back follows the case; the same request again gives the same case and a new token.
    """
    case, token = await open_case(service, slug, body)
    service.faults.reach("before-reply")
    response.headers.update(_NO_STORE)
    url = f"{service.addresses.issuer(slug)}/validations/{case.id}"
    return {**await for_worker(service, case), "url": url, "token": token}


@router.get("/o/{slug}/validations/{case_id}", tags=["validation"])
async def follow_validation(
    case: Annotated[Case, Depends(_followed)], service: ServiceOf, response: Response
) -> JsonObject:
    """How far it is; with the offer of a credential where there is one to fetch."""
    response.headers.update(_NO_STORE)
    return await for_worker(service, await settle(service, case))


@router.post("/o/{slug}/validations/{case_id}/documents", tags=["validation"])
async def supplement_validation(
    case: Annotated[Case, Depends(_followed)],
    body: Annotated[SupplementBody, strict_body(SupplementBody, REQUEST, values=CASE.values)],
    service: ServiceOf,
) -> JsonObject:
    """Add claims, confirmations and files, until it is assessed."""
    return await for_worker(service, await supplement(service, case, body))


@router.post("/o/{slug}/validations/{case_id}/withdraw", tags=["validation"])
async def withdraw_validation(case: Annotated[Case, Depends(_followed)], service: ServiceOf) -> JsonObject:
    """End it, at any time before a credential is signed. Claims and files are removed at once."""
    return await for_worker(service, await withdraw(service, case))


@router.post("/o/{slug}/validations/{case_id}/appeal", tags=["validation"])
async def appeal_validation(
    case: Annotated[Case, Depends(_followed)],
    body: Annotated[AppealBody, strict_body(AppealBody)],
    service: ServiceOf,
) -> JsonObject:
    """Ask, once and in time, that another assessor judges what was not recognised."""
    return await for_worker(service, await appeal(service, case, body))


@router.delete("/o/{slug}/validations/{case_id}/files", tags=["validation"])
async def remove_validation_files(
    case: Annotated[Case, Depends(_followed)], service: ServiceOf
) -> JsonObject:
    """Have the files removed, once it is decided."""
    return await for_worker(service, await remove_own_files(service, case))


@router.get("/api/validations", tags=["validation"])
async def index(
    staff: Staff,
    service: ServiceOf,
    phase: Annotated[Phase | None, Query()] = None,
    mine: Annotated[bool, Query(description="Only cases where you are adviser or assessor.")] = False,
    overdue: Annotated[bool, Query()] = False,
) -> JsonObject:
    """Open cases, overdue ones first, with the number in each phase."""
    found = await listing(service, staff, phase=phase, mine=mine, overdue=overdue)
    now = service.clock()
    return {
        "counts": found.counts,
        "overdue": found.overdue,
        "cases": [row(each, now) for each in found.cases],
    }


@router.get("/api/validations/expiring", tags=["validation"])
async def expiring_validations(staff: Staff, service: ServiceOf) -> list[JsonObject]:
    """What was issued here and ends within ninety days."""
    now = service.clock()
    found = await Case.expiring(staff.account.organisation, now + EXPIRY_NOTICE, CASE.open_cases)
    return [row(each, now) for each in found if staff.roles_in(each)]


@router.get("/api/validations/{case_id}", tags=["validation"])
async def show(staff: Staff, case_id: CaseId, service: ServiceOf) -> JsonObject:
    case = await settle(service, await case_for(staff, case_id))
    return await for_staff(service, case, staff)


@router.post("/api/validations/{case_id}/moves", tags=["validation"])
async def make_move(
    staff: Staff,
    case_id: CaseId,
    body: Annotated[MoveBody, strict_body(MoveBody)],
    service: ServiceOf,
) -> JsonObject:
    """Move a case on, or back. Who may do what in which phase: docs/validation.md."""
    moved = await move(service, staff, case_id, body)
    service.faults.reach("before-reply")
    return await for_staff(service, moved, staff)


@router.get("/api/validations/{case_id}/files/{file_id}", response_class=Response, tags=["validation"])
async def show_validation_file(
    staff: Staff,
    case_id: CaseId,
    file_id: Annotated[str, Path(max_length=80)],
    service: ServiceOf,
) -> Response:
    """A file of the case, as it was sent."""
    case = await case_for(staff, case_id)
    entry, data = await opened(service.master, case).file(file_id)
    return file_response(data, entry.media_type)


@router.post("/api/validations/{case_id}/evidence", status_code=201, tags=["validation"])
async def keep_validation_file(
    staff: Annotated[Member, Depends(_assessing)],
    request: Request,
    body: Annotated[bytes, document_body(most=EVIDENCE_SIZE, media_types=MEDIA_TYPES)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> JsonObject:
    """Keep a file of the assessor's own; name its `id` in `files` of the assessment."""
    media_type = request.headers["content-type"].partition(";")[0].strip().lower()
    check_media(body, media_type, "body")
    kept = await keep_evidence(service, staff.account, body, media_type, idempotency_key)
    return {"id": kept.id, "digestMultibase": kept.digest_multibase, "mediaType": kept.media_type}


@router.get("/api/validation-staff", tags=["validation"])
async def list_staff(account: Owner) -> list[JsonObject]:
    return [_staff(each) for each in await StaffMember.of_organisation(account.organisation, CASE.open_cases)]


@router.put("/api/validation-staff/{account_id}", tags=["validation"])
async def give_roles(
    account: Owner,
    account_id: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")],
    body: Annotated[StaffBody, strict_body(StaffBody)],
    service: ServiceOf,
) -> JsonObject:
    """Give an account its roles in validations; an empty list takes them."""
    members = body.model_dump() | {"roles": [CaseRole(each) for each in body.roles]}
    staff = StaffMember(id=account_id, organisation=account.organisation, **members)
    return _staff(await keep_member(service, account, staff))


@router.get("/api/validation-settings", tags=["validation"])
async def show_validation_settings(account: Reader) -> JsonObject:
    return _settings(await settings_of(account.organisation))


@router.put("/api/validation-settings", tags=["validation"])
async def change_settings(
    account: Owner, body: Annotated[SettingsBody, strict_body(SettingsBody)], service: ServiceOf
) -> JsonObject:
    """Days for each phase, for appeals and for files; the language and the rubric of credentials."""
    return _settings(await keep_settings(service, account, settings_from(account.organisation, body)))


def settings_from(slug: str, body: SettingsBody) -> ValidationSettings:
    usual = defaults(slug, body.language)
    own = [RubricLevel(**each.model_dump()) for each in body.rubric or ()]
    return ValidationSettings(
        id=slug,
        language=body.language,
        days={phase: getattr(body, phase.value) for phase in usual.days},
        appeal_days=body.appeal_days,
        file_days=body.file_days,
        case_days=body.case_days,
        rubric=own or usual.rubric,
    )


def _staff(staff: StaffMember) -> JsonObject:
    return {
        "account": staff.id,
        "roles": staff.roles,
        "name": staff.name,
        "email": staff.email,
        "profile": staff.profile,
        "employer": staff.employer,
        "employerName": staff.employer_name,
    }


def _settings(settings: ValidationSettings) -> JsonObject:
    return {
        "language": settings.language,
        "days": {phase.value: days for phase, days in settings.days.items()},
        "appealDays": settings.appeal_days,
        "fileDays": settings.file_days,
        "caseDays": settings.case_days,
        "rubric": [each.model_dump(exclude_none=True) for each in settings.rubric],
    }

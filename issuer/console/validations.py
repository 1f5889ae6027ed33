"""Validations in the console: the list, a case with its steps, files, and who does what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from issuer.confirmations.records import Confirmation
from issuer.console.session import SignedIn
from issuer.console.validations_forms import filled, move_body, settings_body, staff_member
from issuer.errors import RoleNotEnough
from issuer.evidence.manage import keep_evidence
from issuer.organisations.accounts import may
from issuer.organisations.records import Account, Organisation, Role
from issuer.routes.access import ServiceOf
from issuer.routes.evidence import file_response
from issuer.routes.validations import settings_from
from issuer.service import Service
from issuer.validation.certify import settle
from issuer.validation.content import examined, opened
from issuer.validation.deadlines import EXPIRY_NOTICE
from issuer.validation.dossier import dossier
from issuer.validation.errors import NotOnStaff
from issuer.validation.independence import profile_of, related
from issuer.validation.limits import CASE
from issuer.validation.listing import listing
from issuer.validation.moving import case_for, move
from issuer.validation.phases import CaseRole, Phase
from issuer.validation.records import Case, CaseState, StaffMember
from issuer.validation.shown import for_staff, row
from issuer.validation.staff import Member, keep_member, keep_settings, member, settings_of
from matching.called_in_list import skill_called
from passport.evidence.sentences import with_sentences
from passport.web import language_of
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/validations")
CaseId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_ACCOUNTS = 100
_WORDS = 100
_CONFIRMATIONS = 20


async def _member(account: SignedIn) -> Member:
    return await member(account)


async def _owner(account: SignedIn) -> Account:
    if not may(account.role, Role.OWNER):
        raise RoleNotEnough
    return account


Staff = Annotated[Member, Depends(_member)]
Owner = Annotated[Account, Depends(_owner)]


def _page(request: Request, name: str, **values: Any) -> Response:
    response: Response = request.app.state.pages.respond(request, name, **values)
    return response


@router.get("")
async def index(request: Request, account: SignedIn, service: ServiceOf) -> Response:
    """The cases that somebody may see; for an owner without a role, the way to the set-up."""
    staff = await StaffMember.find_in(account.organisation, account.id)
    query = request.query_params
    chosen = next((each for each in Phase if each.value == query.get("phase")), None)
    mine, late = query.get("mine") == "yes", query.get("overdue") == "yes"
    words = query.get("q", "").strip()[:_WORDS]
    found, ending, now = None, [], service.clock()
    if staff is not None and staff.roles:
        who = Member(account, staff)
        found = await listing(service, who, phase=chosen, mine=mine, overdue=late)
        ends = await Case.expiring(account.organisation, now + EXPIRY_NOTICE, CASE.open_cases)
        ending = [] if words else [each for each in ends if who.roles_in(each)]
    return _page(
        request,
        "validations.html",
        owner=may(account.role, Role.OWNER),
        found=found,
        rows=[_card(each, now) for each in _with(found.cases, words, request)] if found else [],
        ending=[_card(each, now) for each in ending],
        phases=list(Phase),
        chosen=chosen,
        mine=mine,
        late=late,
        words=words,
    )


def _with(cases: Sequence[Case], words: str, request: Request) -> list[Case]:
    """The cases that have all these words: in the number, the holder, or what skills are called here."""
    language = language_of(request)

    def said(case: Case) -> str:
        names = (skill_called(each.skill, each.name, language).text for each in case.skills)
        return " ".join([case.id, case.holder, *names, *(each.name for each in case.skills)]).casefold()

    wanted = words.casefold().split()
    return [each for each in cases if all(word in said(each) for word in wanted)]


def _card(case: Case, now: datetime) -> dict[str, Any]:
    skills = [{"skill": each.skill, "name": each.name} for each in case.skills]
    return {**row(case, now), "skills": skills}


@router.get("/setup")
async def setup(request: Request, account: Owner) -> Response:
    """Who does what, and how many days each phase takes."""
    slug = account.organisation
    return _page(
        request,
        "validation_setup.html",
        accounts=await Account.of_organisation(slug, _ACCOUNTS),
        staff={each.id: each for each in await StaffMember.of_organisation(slug, _ACCOUNTS)},
        settings=await settings_of(slug),
    )


@router.post("/setup/staff", dependencies=[same_origin])
async def give_roles(request: Request, account: Owner, service: ServiceOf) -> Response:
    form = await filled(request)
    await keep_member(service, account, staff_member(account.organisation, form))
    return RedirectResponse("/console/validations/setup", status_code=303)


@router.post("/setup/settings", dependencies=[same_origin])
async def change_settings(request: Request, account: Owner, service: ServiceOf) -> Response:
    body = settings_body(await filled(request))
    await keep_settings(service, account, settings_from(account.organisation, body))
    return RedirectResponse("/console/validations/setup", status_code=303)


@router.get("/{case_id}")
async def show(request: Request, staff: Staff, case_id: CaseId, service: ServiceOf) -> Response:
    case = await settle(service, await case_for(staff, case_id))
    held, seen = opened(service.master, case), await examined(service, case)
    people = await StaffMember.of_organisation(case.organisation, _ACCOUNTS)
    organisation = await Organisation.find_or_fail(case.organisation)
    language = language_of(request)
    behind = dossier(held, seen)
    return _page(
        request,
        "validation.html",
        case=await for_staff(service, case, staff),
        names={each.id: each.name for each in people},
        advisers=[each for each in people if CaseRole.ADVISER in each.roles],
        assessors=[each for each in people if CaseRole.ASSESSOR in each.roles],
        former=set(case.former_assessors),
        behind=behind,
        proofs=[None if each.proof is None else with_sentences(each.proof, language) for each in behind],
        phases=list(Phase),
        related=await _related(staff, case, seen),
        today=service.clock().date().isoformat(),
        organisation=organisation,
        confirmations=await Confirmation.of_holder(case.organisation, case.holder, _CONFIRMATIONS),
        invites=may(staff.account.role, Role.ISSUER),
        address=service.addresses.issuer(case.organisation),
        following=await _following(service, staff, case),
    )


async def _following(service: Service, staff: Member, case: Case) -> str | None:
    """The next open case that is this person's own, for who works through them."""
    found = await listing(service, staff, phase=None, mine=True, overdue=False)
    waiting = [each.id for each in found.cases if each.state is CaseState.OPEN]
    place = waiting.index(case.id) + 1 if case.id in waiting else 0
    rest = [each for each in waiting[place:] + waiting[:place] if each != case.id]
    return rest[0] if rest else None


async def _related(staff: Member, case: Case, seen: Any) -> bool:
    """Whether this assessor can't declare independence, so that the form says so beforehand."""
    if case.assessor != staff.account.id or staff.staff.profile is None:
        return False
    organisation = await Organisation.find_or_fail(case.organisation)
    return related(profile_of(staff.staff, organisation), organisation, seen)


@router.post("/{case_id}/moves", dependencies=[same_origin])
async def make_move(request: Request, staff: Staff, case_id: CaseId, service: ServiceOf) -> Response:
    """One form a move. The assessor's own file is kept before the assessment names it."""
    case = await case_for(staff, case_id)
    form = await filled(request)
    files = []
    if form.file is not None:
        if CaseRole.ASSESSOR not in staff.roles_in(case):
            raise NotOnStaff
        kept = await keep_evidence(service, staff.account, form.file, form.media_type, None)
        files = [kept.id]
    await move(service, staff, case_id, move_body(form, len(case.skills), files))
    return RedirectResponse(f"/console/validations/{case_id}", status_code=303)


@router.get("/{case_id}/files/{file_id}")
async def show_file(
    staff: Staff, case_id: CaseId, file_id: Annotated[str, Path(max_length=80)], service: ServiceOf
) -> Response:
    case = await case_for(staff, case_id)
    entry, data = await opened(service.master, case).file(file_id)
    return file_response(data, entry.media_type)

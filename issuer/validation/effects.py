"""What a move changes besides the phases: appointments, identification, assessment, outcomes, files."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.validation.assessment import check_assessment, read_assessment
from issuer.validation.bodies import MoveBody
from issuer.validation.content import examined, opened
from issuer.validation.envelope import Envelope
from issuer.validation.errors import (
    AdviserAsAssessor,
    DateInTheFuture,
    SameAssessorAgain,
)
from issuer.validation.independence import check_declaration, check_not_holder, profile_of
from issuer.validation.phases import CaseRole, Move
from issuer.validation.records import (
    AssessmentEntry,
    Case,
    FileEntry,
    Identification,
    Outcome,
    SkillState,
    ValidationSettings,
)
from issuer.validation.staff import Member, member_with


@dataclass(frozen=True, slots=True)
class Step:
    """A move that the table allows, with all that it works with. `skills` are those that move."""

    service: Service
    member: Member
    case: Case
    body: MoveBody
    settings: ValidationSettings
    skills: tuple[int, ...]


async def effects_of(step: Step) -> dict[str, Any]:
    """New values of the case's members; raises what the parts of the move raise."""
    effect = _EFFECTS.get(step.body.move)
    return {} if effect is None else await effect(step)


async def _appoint_adviser(step: Step) -> dict[str, Any]:
    case = step.case
    staff = await member_with(case.organisation, step.body.account or "", CaseRole.ADVISER)
    if staff.id in {case.assessor, *case.former_assessors}:
        raise AdviserAsAssessor
    former = [case.adviser] if case.adviser is not None and case.adviser != staff.id else []
    return {"adviser": staff.id, "former_advisers": [*case.former_advisers, *former]}


async def _appoint_assessor(step: Step) -> dict[str, Any]:
    case = step.case
    staff = await member_with(case.organisation, step.body.account or "", CaseRole.ASSESSOR)
    if staff.id in {case.adviser, *case.former_advisers}:
        raise AdviserAsAssessor
    if case.round > 0 and staff.id in case.former_assessors:
        raise SameAssessorAgain
    organisation = await Organisation.find_or_fail(case.organisation)
    check_not_holder(profile_of(staff, organisation), await examined(step.service, case))
    return {"assessor": staff.id}


async def _identify(step: Step) -> dict[str, Any]:
    found = step.body.identification
    assert found is not None
    if found.on > step.service.clock().date().isoformat():
        raise DateInTheFuture
    return {"identification": Identification(**found.model_dump(), account=step.member.account.id)}


async def _assess(step: Step) -> dict[str, Any]:
    case, body, now = step.case, step.body.assessment, step.service.clock()
    assert body is not None
    assessed = await check_assessment(body, step.skills, step.settings, case.organisation, now)
    organisation = await Organisation.find_or_fail(case.organisation)
    declared = profile_of(step.member.staff, organisation)
    check_declaration(
        declared,
        organisation,
        await examined(step.service, case),
        independent=body.independent,
    )
    envelope = Envelope(step.service.master, case.organisation, case.id, case.key)
    entry = AssessmentEntry(
        round=case.round,
        assessor=step.member.account.id,
        at=now,
        sealed=envelope.seal_json(
            assessed.to_json() | {"assessor": asdict(declared)}, f"assessment {case.round}"
        ),
    )
    return {"assessments": [*case.assessments, entry]}


async def _reopen(step: Step) -> dict[str, Any]:
    return {"assessments": [each for each in step.case.assessments if each.round != step.case.round]}


async def _certify(step: Step) -> dict[str, Any]:
    """What the assessor found becomes the decision; the credential itself is made by `settle`."""
    case = step.case
    entry = next(each for each in case.assessments if each.round == case.round)
    stored = opened(step.service.master, case).assessment(entry)
    assert stored is not None
    assessed = read_assessment(stored)
    skills = list(case.skills)
    for number in step.skills:
        found = {"outcome": assessed.outcome(number), "level": assessed.judgements[number].level}
        skills[number] = skills[number].model_copy(update=found)
    return {
        "skills": skills,
        "pending": case.round if assessed.met else None,
        "former_assessors": [*case.former_assessors, entry.assessor],
    }


async def _decline(step: Step) -> dict[str, Any]:
    return {"skills": with_outcome(step.case, step.skills, Outcome.DECLINED)}


async def _remove_files(step: Step) -> dict[str, Any]:
    return {"files": removed_files(step.case, step.service)}


def with_outcome(case: Case, numbers: Iterable[int], outcome: Outcome) -> list[SkillState]:
    """The skills with some of them decided."""
    chosen = set(numbers)
    return [
        each.model_copy(update={"outcome": outcome}) if number in chosen else each
        for number, each in enumerate(case.skills)
    ]


def removed_files(case: Case, service: Service) -> list[FileEntry]:
    """The files with the moment at which they went; their digests stay."""
    now = service.clock()
    return [each.model_copy(update={"removed_at": each.removed_at or now}) for each in case.files]


_EFFECTS: Mapping[Move, Callable[[Step], Awaitable[dict[str, Any]]]] = {
    Move.APPOINT_ADVISER: _appoint_adviser,
    Move.APPOINT_ASSESSOR: _appoint_assessor,
    Move.IDENTIFY: _identify,
    Move.ASSESS: _assess,
    Move.REOPEN: _reopen,
    Move.CERTIFY: _certify,
    Move.DECLINE: _decline,
    Move.REMOVE_FILES: _remove_files,
}

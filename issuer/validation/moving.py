"""A move by the staff: look who they are in the case, ask the table, write the case and its history at once.

Everything that a move changes is one document with its expected revision, so of two at the same moment one
wins, and a crash leaves it as it was or as it is. What follows from it (a credential, a mail) is made
afterwards, from what was written: see `settle`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.errors import ChangedMeanwhile
from issuer.service import Service
from issuer.validation.bodies import MoveBody
from issuer.validation.certify import settle
from issuer.validation.deadlines import due, final
from issuer.validation.effects import Step, effects_of
from issuer.validation.envelope import Envelope
from issuer.validation.errors import (
    NoSkillInPhase,
    RoleMayNotMove,
    SkillNotInCase,
    UnknownCase,
)
from issuer.validation.notices import tell_of
from issuer.validation.phases import RULES, CaseRole, Condition, Move, Phase, Rule, check_move
from issuer.validation.records import (
    Case,
    CaseFile,
    CaseState,
    HistoryEntry,
    SkillState,
    ValidationSettings,
)
from issuer.validation.staff import Member, settings_of

_OF_THE_CASE = frozenset({Move.APPOINT_ADVISER, Move.APPOINT_ASSESSOR, Move.NOTE, Move.REMOVE_FILES})
"""Moves that move no skill."""


async def case_for(member: Member, case_id: str) -> Case:
    """A case that this person has a role in, other than a mere right to be appointed; raises UnknownCase."""
    case = await Case.find_or_fail(member.account.organisation, case_id)
    if not member.roles_in(case):
        raise UnknownCase
    return case


async def move(service: Service, member: Member, case_id: str, body: MoveBody) -> Case:
    """Make a move.

    Raises:
        UnknownCase: there is none, or this person has nothing to do with it.
        MoveNotAllowed, RoleMayNotMove, ConditionMissing: what the table says.
        ChangedMeanwhile: somebody was first, or the case is not as it was when it was looked at.
        and what the parts of the move raise.
    """
    case = await settle(service, await case_for(member, case_id))
    if body.revision is not None and body.revision != case.revision:
        raise ChangedMeanwhile
    case.check_room(body.move)
    settings, now = await settings_of(case.organisation), service.clock()
    holds = _holds(case, body, settings, service)
    rules = _rules(case, body, member.roles_in(case), holds)
    step = Step(service, member, case, body, settings, tuple(rules))
    values = await effects_of(step)
    entries = [
        entry_of(service, case, rule, numbers, by=member.account.id, role=rule.role, note=body.note, at=now)
        for rule, numbers in by_rule(rules)
    ]
    if body.move not in _OF_THE_CASE:
        values |= moved(case, rules, values.get("skills"), settings, service)
    event = AuditEvent.of(case.organisation, now, member.account.id, f"validation.{body.move}", f"{case.id}")
    await event.write()
    service.faults.reach("case-move-audit")
    told = [telling.validation(telling.DECIDED, case)] if values.get("decided_at") is not None else []
    async with service.webhooks.telling(*told):
        case = await case.change(values, *entries)
    service.faults.reach("case-moved")
    if body.move is Move.REMOVE_FILES:
        await forget_files(case)
    case = await settle(service, case)
    await tell_of(service, case, body.move)
    return case


def _rules(
    case: Case, body: MoveBody, roles: frozenset[CaseRole], holds: frozenset[Condition]
) -> dict[int, Rule]:
    """For each skill that moves, the row that lets it."""
    if any(number >= len(case.skills) for number in body.skills):
        raise SkillNotInCase
    chosen = body.skills if body.move is Move.DECLINE and body.skills else range(len(case.skills))
    origins = {row.origin for row in RULES if row.move is body.move}
    concerned = [number for number in chosen if case.skills[number].phase in origins]
    if body.move in _OF_THE_CASE or not concerned:
        rule = allowed(body.move, case.phase, roles, holds)
        if body.move not in _OF_THE_CASE:
            raise NoSkillInPhase
        return dict.fromkeys(range(len(case.skills)), rule)
    return {number: allowed(body.move, case.skills[number].phase, roles, holds) for number in concerned}


def allowed(move_: Move, phase: Phase, roles: Iterable[CaseRole], holds: frozenset[Condition]) -> Rule:
    """The row for the first of the roles that has one; raises what `check_move` raises."""
    mine = sorted(roles)
    for role in mine:
        try:
            return check_move(move_, phase, role, holds)
        except RoleMayNotMove as error:
            refusal = error
    raise refusal


def _holds(
    case: Case, body: MoveBody, settings: ValidationSettings, service: Service
) -> frozenset[Condition]:
    found = {
        Condition.ADVISER_APPOINTED: case.adviser is not None,
        Condition.ASSESSOR_APPOINTED: case.assessor is not None,
        Condition.REASON_GIVEN: bool(body.note.strip()),
        Condition.PERSON_IDENTIFIED: body.identification is not None,
        Condition.SKILLS_JUDGED: body.assessment is not None,
        Condition.DECISION_FINAL: final(case, settings, service.clock()),
    }
    return frozenset(condition for condition, so in found.items() if so)


def by_rule(rules: dict[int, Rule]) -> list[tuple[Rule, list[int]]]:
    """One entry of the history for each way that skills go."""
    ways = {(rule.origin, rule.target): rule for rule in rules.values()}
    return [
        (rule, [number for number, each in rules.items() if (each.origin, each.target) == way])
        for way, rule in ways.items()
    ]


def entry_of(
    service: Service,
    case: Case,
    rule: Rule,
    skills: Sequence[int],
    *,
    by: str,
    role: CaseRole,
    note: str = "",
    at: Any,
) -> HistoryEntry:
    sealed = None
    if note.strip():
        envelope = Envelope(service.master, case.organisation, case.id, case.key)
        sealed = envelope.seal(note.strip().encode(), "note")
    return HistoryEntry(
        at=at,
        role=role,
        who=by,
        move=rule.move,
        origin=rule.origin,
        target=rule.target,
        skills=list(skills),
        note=sealed,
    )


def moved(
    case: Case,
    rules: dict[int, Rule],
    skills: list[SkillState] | None,
    settings: ValidationSettings,
    service: Service,
) -> dict[str, Any]:
    """The skills where they come to be, and what that means for the case."""
    held = case.skills if skills is None else skills
    after = [
        each.model_copy(update={"phase": rules[number].target}) if number in rules else each
        for number, each in enumerate(held)
    ]
    changed = case.model_copy(update={"skills": after})
    now, closed = service.clock(), changed.phase is Phase.AFTERCARE
    values: dict[str, Any] = {
        "skills": after,
        "state": CaseState.CLOSED if closed else CaseState.OPEN,
    }
    if closed:
        values |= {"decided_at": now, "due_at": None}
    elif changed.phase is not case.phase:
        values |= {"due_at": due(settings, changed.phase, now)}
    return values


async def forget_files(case: Case) -> None:
    """After the case says that they are gone, so that a crash in between leaves nothing unsaid."""
    await CaseFile.remove(each.id for each in case.files if each.removed_at is not None)

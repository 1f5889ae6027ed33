"""The six phases of a validation, and who may make which move in which of them. Pure: a table and its reader.

preparation → identification → documentation → assessment → certification → aftercare

Each skill has a phase of its own, so that some of them can be recognised and others refused, and an appeal
takes back no more than what was refused.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from issuer.validation.errors import ConditionMissing, MoveNotAllowed, RoleMayNotMove


class Phase(StrEnum):
    """In order; `list(Phase)` is the way of a case."""

    PREPARATION = "preparation"
    IDENTIFICATION = "identification"
    DOCUMENTATION = "documentation"
    ASSESSMENT = "assessment"
    CERTIFICATION = "certification"
    AFTERCARE = "aftercare"


class CaseRole(StrEnum):
    """Who somebody is in one case."""

    HOLDER = "holder"
    ADVISER = "adviser"
    SUPERVISOR = "supervisor"
    """From outside, without an account: acts by a confirmation that they sign."""
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"
    SERVICE = "service"
    """The service itself, by the clock. It moves no case; it keeps promises about files."""


class Move(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    IDENTIFY = "identify"
    SUPPLEMENT = "supplement"
    CONFIRM = "confirm"
    SUBMIT = "submit"
    SEND_BACK = "send-back"
    ASSESS = "assess"
    REOPEN = "reopen"
    CERTIFY = "certify"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    APPOINT_ADVISER = "appoint-adviser"
    APPOINT_ASSESSOR = "appoint-assessor"
    NOTE = "note"
    REMOVE_FILES = "remove-files"


class Condition(StrEnum):
    """What must be so besides the role."""

    ADVISER_APPOINTED = "adviser-appointed"
    ASSESSOR_APPOINTED = "assessor-appointed"
    REASON_GIVEN = "reason-given"
    PERSON_IDENTIFIED = "person-identified"
    SKILLS_JUDGED = "skills-judged"
    NOT_RECOGNISED = "not-recognised"
    WITHIN_APPEAL = "within-appeal"
    FIRST_APPEAL = "first-appeal"
    DECISION_FINAL = "decision-final"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: in `origin`, `role` may make `move`, which leads to `target`, if all of `needs` hold."""

    move: Move
    origin: Phase
    target: Phase
    role: CaseRole
    needs: frozenset[Condition] = frozenset()


_EARLY = (Phase.PREPARATION, Phase.IDENTIFICATION, Phase.DOCUMENTATION)
_BEFORE_SIGNING = (*_EARLY, Phase.ASSESSMENT, Phase.CERTIFICATION)
_STAFF = (CaseRole.ADVISER, CaseRole.ASSESSOR, CaseRole.COORDINATOR)
_COORDINATOR, _ASSESSOR, _HOLDER = CaseRole.COORDINATOR, CaseRole.ASSESSOR, CaseRole.HOLDER
_REASON = frozenset({Condition.REASON_GIVEN})

RULES: tuple[Rule, ...] = (
    Rule(
        Move.ACCEPT,
        Phase.PREPARATION,
        Phase.IDENTIFICATION,
        _COORDINATOR,
        frozenset({Condition.ADVISER_APPOINTED}),
    ),
    *(Rule(Move.DECLINE, phase, Phase.AFTERCARE, _COORDINATOR, _REASON) for phase in _EARLY),
    Rule(
        Move.IDENTIFY,
        Phase.IDENTIFICATION,
        Phase.DOCUMENTATION,
        _COORDINATOR,
        frozenset({Condition.PERSON_IDENTIFIED}),
    ),
    *(Rule(Move.SUPPLEMENT, phase, phase, _HOLDER) for phase in _EARLY),
    *(Rule(Move.CONFIRM, phase, phase, CaseRole.SUPERVISOR) for phase in _EARLY),
    Rule(
        Move.SUBMIT,
        Phase.DOCUMENTATION,
        Phase.ASSESSMENT,
        CaseRole.ADVISER,
        frozenset({Condition.ASSESSOR_APPOINTED}),
    ),
    Rule(Move.SEND_BACK, Phase.ASSESSMENT, Phase.DOCUMENTATION, _ASSESSOR, _REASON),
    Rule(
        Move.ASSESS,
        Phase.ASSESSMENT,
        Phase.CERTIFICATION,
        _ASSESSOR,
        frozenset({Condition.SKILLS_JUDGED}),
    ),
    Rule(Move.REOPEN, Phase.CERTIFICATION, Phase.ASSESSMENT, _ASSESSOR, _REASON),
    Rule(Move.CERTIFY, Phase.CERTIFICATION, Phase.AFTERCARE, _ASSESSOR),
    Rule(
        Move.APPEAL,
        Phase.AFTERCARE,
        Phase.ASSESSMENT,
        _HOLDER,
        frozenset({Condition.NOT_RECOGNISED, Condition.FIRST_APPEAL, Condition.WITHIN_APPEAL}),
    ),
    *(Rule(Move.WITHDRAW, phase, Phase.AFTERCARE, _HOLDER) for phase in _BEFORE_SIGNING),
    *(Rule(Move.APPOINT_ADVISER, phase, phase, _COORDINATOR) for phase in _EARLY),
    *(Rule(Move.APPOINT_ASSESSOR, phase, phase, _COORDINATOR) for phase in (*_EARLY, Phase.ASSESSMENT)),
    *(Rule(Move.NOTE, phase, phase, role, _REASON) for phase in Phase for role in _STAFF),
    Rule(Move.REMOVE_FILES, Phase.AFTERCARE, Phase.AFTERCARE, _HOLDER),
    *(
        Rule(
            Move.REMOVE_FILES,
            Phase.AFTERCARE,
            Phase.AFTERCARE,
            role,
            frozenset({Condition.DECISION_FINAL}),
        )
        for role in (_COORDINATOR, CaseRole.SERVICE)
    ),
)
"""The whole process. What is not in it is not allowed."""


def check_move(move: Move, phase: Phase, role: CaseRole, holds: Collection[Condition] = ()) -> Rule:
    """The row that allows a move.

    Raises:
        MoveNotAllowed: nobody may do this in this phase; `next` names who may do what.
        RoleMayNotMove: somebody else may; `roles` names who.
        ConditionMissing: this role may, once `condition` holds.
    """
    rows = [row for row in RULES if row.move is move and row.origin is phase]
    if not rows:
        raise MoveNotAllowed(move=move, phase=phase, next=said_next(phase))
    mine = next((row for row in rows if row.role is role), None)
    if mine is None:
        raise RoleMayNotMove(move=move, phase=phase, roles=", ".join(sorted(row.role for row in rows)))
    missing = next((each for each in Condition if each in mine.needs and each not in holds), None)
    if missing is not None:
        raise ConditionMissing(move=move, condition=missing)
    return mine


def moves_of(phase: Phase, roles: Collection[CaseRole]) -> tuple[Move, ...]:
    """What these roles may do in a phase, conditions aside, in the order of the table."""
    return tuple(dict.fromkeys(row.move for row in RULES if row.origin is phase and row.role in roles))


def said_next(phase: Phase) -> str:
    """Who may do what in a phase, in our own words: `identify (coordinator), …`; notes are left out."""
    rows = (row for row in RULES if row.origin is phase and row.move is not Move.NOTE)
    return ", ".join(dict.fromkeys(f"{row.move} ({row.role})" for row in rows))


def earliest(phases: Collection[Phase]) -> Phase:
    """The phase of a whole case: that of the skill that has the longest way to go."""
    order = list(Phase)
    return min(phases, key=order.index)

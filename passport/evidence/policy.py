"""Is what was asked met, per skill: by one credential that fits in all respects, not by parts of several."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from passport.answers import Answer, Reason, together
from passport.evidence.age import older_than
from passport.evidence.codes import PolicyCode
from passport.evidence.demand import Demand
from passport.evidence.kinds import EvidenceState, Strength
from passport.evidence.link import Link, SkillEvidence

Finding = tuple[Answer, Reason]
_OWN_WORD = "holder"
"""The row of the rule table of what a person says themselves."""
_BEST_FIRST = (Answer.YES, Answer.CANNOT_TELL, Answer.NO)


@dataclass(frozen=True, slots=True)
class DemandResult:
    """Met (yes), not met (no) or cannot tell, with the reasons.

    `strength` is that of the proof that decided: what it would be where the answer is cannot tell, None for
    no proof at all. `credential_id` names that proof.
    """

    demand: Demand
    answer: Answer
    strength: Strength | None
    reasons: tuple[Reason, ...]
    credential_id: str | None = None
    age_months: int | None = None


def decide(
    demands: Iterable[Demand],
    evidence: Sequence[SkillEvidence],
    now: datetime,
    *,
    unchecked: Collection[str] = (),
) -> tuple[DemandResult, ...]:
    """Decide every demand, in order.

    Args:
        demands: what is asked.
        evidence: what was weighed.
        now: the moment, for ages.
        unchecked: skills of credentials that may or may not be genuine, since a document was out of reach.
            They meet nothing; what the evidence does not meet then can't be told.
    """
    by_skill = {each.skill: each for each in evidence}
    decided = (_decide(demand, by_skill.get(demand.skill), now) for demand in demands)
    return tuple(_left_open(each) if each.demand.skill in unchecked else each for each in decided)


def _left_open(result: DemandResult) -> DemandResult:
    if result.answer is not Answer.NO:
        return result
    reason = Reason(PolicyCode.NOT_CHECKED, _values(result.demand))
    reasons = tuple(each for each in result.reasons if each.code != PolicyCode.NO_EVIDENCE)
    return replace(result, answer=Answer.CANNOT_TELL, reasons=(reason, *reasons))


def overall(results: Sequence[DemandResult]) -> Answer:
    """All required demands together; no demand at all is cannot tell, never met.

    Where all are optional, they count as required: otherwise anybody would do.
    """
    required = [result.answer for result in results if result.demand.required]
    return together(required or [result.answer for result in results])


def judge_link(demand: Demand, link: Link, now: datetime) -> tuple[Finding, ...]:
    """Whether one credential meets one demand: a finding for each thing that is asked, at least one."""
    return tuple(
        finding for check in _CHECKS for finding in (check(demand, link, now),) if finding is not None
    )


def link_answer(demand: Demand, link: Link, now: datetime) -> Answer:
    return together(answer for answer, _ in judge_link(demand, link, now))


def _decide(demand: Demand, evidence: SkillEvidence | None, now: datetime) -> DemandResult:
    if evidence is None:
        return DemandResult(demand, Answer.NO, None, (Reason(PolicyCode.NO_EVIDENCE, _values(demand)),))
    judged = [(link, judge_link(demand, link, now)) for link in evidence.links]
    link, findings = min(judged, key=lambda each: _closeness(each[1]))
    answer = together(found for found, _ in findings)
    return DemandResult(
        demand=demand,
        answer=answer,
        strength=link.certain if answer is Answer.YES else link.ceiling,
        reasons=_reasons(demand, link, answer, findings),
        credential_id=link.credential_id,
        age_months=link.age_months,
    )


def _closeness(findings: tuple[Finding, ...]) -> tuple[int, int, int]:
    """The best answer, then the fewest failing parts; links come strongest first, and min keeps that."""
    answers = [answer for answer, _ in findings]
    return (
        _BEST_FIRST.index(together(answers)),
        answers.count(Answer.NO),
        answers.count(Answer.CANNOT_TELL),
    )


def _reasons(demand: Demand, link: Link, answer: Answer, findings: tuple[Finding, ...]) -> tuple[Reason, ...]:
    if answer is Answer.YES:
        return (Reason(PolicyCode.MET, {**_values(demand), "issuer": link.issuer_name}),)
    failing = tuple(reason for found, reason in findings if found is not Answer.YES)
    return (*failing, *link.reasons[:1]) if link.ceiling is not None else (*failing, *link.reasons)


def _values(demand: Demand) -> dict[str, str | int]:
    return {"skill": demand.label}


def _strength(demand: Demand, link: Link, _now: datetime) -> Finding:
    values: dict[str, str | int] = {**_values(demand), "issuer": link.issuer_name}
    minimum = demand.minimum_strength
    if link.ceiling is None:
        return Answer.NO, Reason(PolicyCode.NOTHING_HOLDS, values)
    if link.ceiling < minimum and link.rule == _OWN_WORD:
        return Answer.NO, Reason(f"{PolicyCode.STRENGTH_OWN}.{minimum}", _values(demand))
    if link.ceiling < minimum:
        return Answer.NO, Reason(f"{PolicyCode.STRENGTH_TOO_LOW}.{minimum}", values)
    if link.certain is None or link.certain < minimum:
        return Answer.CANNOT_TELL, Reason(f"{PolicyCode.STRENGTH_UNCERTAIN}.{minimum}", values)
    return Answer.YES, Reason(PolicyCode.MET, values)


def _age(demand: Demand, link: Link, now: datetime) -> Finding | None:
    if demand.maximum_age_months is None:
        return None
    values: dict[str, str | int] = {**_values(demand), "most": demand.maximum_age_months}
    if link.date is None or link.age_months is None:
        return Answer.CANNOT_TELL, Reason(PolicyCode.AGE_NOT_STATED, values)
    values["months"] = link.age_months
    if older_than(link.date, demand.maximum_age_months, now):
        return Answer.NO, Reason(PolicyCode.TOO_OLD, values)
    return Answer.YES, Reason(PolicyCode.MET, values)


def _level(demand: Demand, link: Link, _now: datetime) -> Finding | None:
    if demand.level is None:
        return None
    values: dict[str, str | int] = {**_values(demand), "least": demand.level}
    if link.level is None:
        return Answer.CANNOT_TELL, Reason(PolicyCode.LEVEL_NOT_STATED, values)
    values["level"] = link.level
    if link.level < demand.level:
        return Answer.NO, Reason(PolicyCode.LEVEL_TOO_LOW, values)
    return Answer.YES, Reason(PolicyCode.MET, values)


def _issuer(demand: Demand, link: Link, _now: datetime) -> Finding | None:
    if not demand.accepted_recognitions and not demand.accepted_issuers:
        return None
    values: dict[str, str | int] = {**_values(demand), "issuer": link.issuer_name}
    if link.issuer in demand.accepted_issuers or demand.accepted_recognitions & link.recognised_certainly:
        return Answer.YES, Reason(PolicyCode.MET, values)
    if demand.accepted_recognitions & link.recognised_as:
        return Answer.CANNOT_TELL, Reason(PolicyCode.ISSUER_UNCERTAIN, values)
    return Answer.NO, Reason(PolicyCode.ISSUER_NOT_ACCEPTED, values)


def _records(demand: Demand, link: Link, _now: datetime) -> Finding | None:
    """All that are bound. Records that nobody bound can't be shown; those that were bound still can."""
    if not demand.records_shown:
        return None
    answer = {
        EvidenceState.MATCHES: Answer.YES,
        EvidenceState.NOT_SHOWN: Answer.CANNOT_TELL,
        EvidenceState.UNREACHABLE: Answer.CANNOT_TELL,
        EvidenceState.HIDDEN: Answer.CANNOT_TELL,
        EvidenceState.UNCERTAIN: Answer.CANNOT_TELL,
    }.get(link.evidence_state, Answer.NO)
    if answer is Answer.YES and link.records_unseen:
        answer = Answer.CANNOT_TELL
    return answer, Reason(PolicyCode.RECORDS_NOT_SHOWN, _values(demand))


_CHECKS: tuple[Callable[[Demand, Link, datetime], Finding | None], ...] = (
    _strength,
    _issuer,
    _level,
    _age,
    _records,
)

"""Why a link counts for what it counts for: reasons as data. What would raise it is in `advice`."""

from collections.abc import Iterable, Iterator, Sequence

from passport.answers import Answer, Reason
from passport.evidence.acts import ActKind, Verified
from passport.evidence.codes import EvidenceCode
from passport.evidence.kinds import ASSESSED, Assessor, EvidenceState
from passport.evidence.link import Link, Step
from passport.evidence.rules import EVIDENCE_CHANGED, Verdict
from passport.trust import RecognitionFound

_RECORDS = {
    EvidenceState.MATCHES: EvidenceCode.RECORDS_MATCH,
    EvidenceState.NOT_SHOWN: EvidenceCode.RECORDS_NOT_SHOWN,
    EvidenceState.UNREACHABLE: EvidenceCode.RECORDS_UNREACHABLE,
    EvidenceState.UNBOUND: EvidenceCode.RECORDS_UNBOUND,
    EvidenceState.FALLEN: EvidenceCode.BASE_FALLEN,
    EvidenceState.HIDDEN: EvidenceCode.BASE_HIDDEN,
    EvidenceState.UNCERTAIN: EvidenceCode.BASE_UNCERTAIN,
}
_STEPS = {
    Answer.NO: EvidenceCode.STEP_FALLEN,
    Answer.CANNOT_TELL: EvidenceCode.STEP_UNCERTAIN,
}


def link_reasons(
    link: Link, verdict: Verdict, verified: Verified, found: Iterable[RecognitionFound]
) -> tuple[Reason, ...]:
    """The row of the table first, then what lowered it, standing, recognition, records, age and path."""
    issuer = {"issuer": link.issuer_name}
    rows = [verdict.rule.reason, *(row.reason for row in verdict.lowered_by)]
    return (
        *(Reason(code, issuer) for code in rows),
        *_standing(link, verified),
        *_recognition(link, found),
        *_assessment(link, verdict),
        *_records(link, verdict),
        _age(link),
        *_path(link.path),
    )


def _standing(link: Link, verified: Verified) -> Iterator[Reason]:
    if link.standing is not Answer.YES:
        code = {
            Answer.NO: EvidenceCode.STANDING_NO,
            Answer.CANNOT_TELL: EvidenceCode.STANDING_CANNOT_TELL,
        }[link.standing]
        yield Reason(code, {"issuer": link.issuer_name})
        yield from verified.standing_reasons


def _recognition(link: Link, found: Iterable[RecognitionFound]) -> Iterator[Reason]:
    for each in found:
        values: dict[str, str | int] = {
            "issuer": link.issuer_name,
            "publisher": each.publisher_name,
            "days": each.list_age_days,
        }
        yield Reason(f"evidence.recognised.{each.recognition}", values)
        if each.named is not None:
            called = {f"class.{language}": name for language, name in each.named.name.items()}
            yield Reason(
                f"evidence.recognised_class.{each.recognition}",
                {"publisher": each.publisher_name, "id": each.named.id, **called},
            )
        through = each.delegator
        if through is not None:
            names = {"publisher": each.publisher_name, "delegator": through.publisher_name}
            yield Reason(EvidenceCode.RECOGNISED_THROUGH, {**names, "days": through.list_age_days})
        if not each.fresh:
            old = each if through is None or through.fresh else through
            yield Reason(
                EvidenceCode.LIST_STALE, {"publisher": old.publisher_name, "days": old.list_age_days}
            )


def _assessment(link: Link, verdict: Verdict) -> Iterator[Reason]:
    """What an assessment lacks for the row above it."""
    if verdict.rule.id != "assessment":
        return
    if link.act is ActKind.ENDORSEMENT:
        yield Reason(EvidenceCode.CONFIRMED_ONLY, {"issuer": link.issuer_name})
        return
    facts = verdict.facts
    if facts.assessor is Assessor.UNNAMED:
        yield Reason(EvidenceCode.ASSESSOR_UNNAMED)
    if facts.assessor is Assessor.RELATED:
        yield Reason(EvidenceCode.ASSESSOR_RELATED)
    if not facts.result:
        yield Reason(EvidenceCode.NO_RESULT)
    if not facts.bound:
        yield Reason(EvidenceCode.NO_BOUND_RECORDS)


def _records(link: Link, verdict: Verdict) -> Iterator[Reason]:
    if link.evidence_state in _RECORDS:
        yield Reason(_RECORDS[link.evidence_state], {"records": len(link.digests)})
    elif EVIDENCE_CHANGED not in verdict.lowered_by:  # soft already, and still worth saying
        yield Reason(EVIDENCE_CHANGED.reason, {"issuer": link.issuer_name})


def _age(link: Link) -> Reason:
    if link.date is None or link.age_months is None:
        return Reason(EvidenceCode.AGE_UNKNOWN)
    day = link.date.date().isoformat()
    if link.age_months == 0:
        return Reason(EvidenceCode.AGE_NEW, {"date": day})
    return Reason(EvidenceCode.AGE, {"date": day, "months": link.age_months})


def _path(path: Sequence[Step]) -> Iterator[Reason]:
    """From the claim up, each act with what became of it; nothing where there is one act alone."""
    for number, step in enumerate(path if len(path) > 1 else (), 1):
        values: dict[str, str | int] = {"number": number, "issuer": step.issuer_name}
        yield Reason(_step(step), values)
        if step.answer in _STEPS:
            yield Reason(_STEPS[step.answer], values)


def _step(step: Step) -> EvidenceCode:
    if step.act is ActKind.ENDORSEMENT:
        return EvidenceCode.STEP_CONFIRMED
    if step.by_holder:
        return EvidenceCode.STEP_CLAIMED
    return EvidenceCode.STEP_ASSESSED if step.method in ASSESSED else EvidenceCode.STEP_STATED

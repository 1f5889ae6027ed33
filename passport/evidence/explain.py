"""Why a link counts for what it counts for, and what would make it stronger: reasons as data."""

from collections.abc import Iterable, Iterator

from passport.answers import Answer, Reason
from passport.evidence.codes import EvidenceCode, RaiseCode
from passport.evidence.kinds import Assessor, EvidenceState, Strength
from passport.evidence.link import Link
from passport.evidence.rules import EVIDENCE_CHANGED, Facts, Verdict
from passport.trust import RecognitionFound
from passport.verification import VerifiedCredential

_RECORDS = {
    EvidenceState.MATCHES: EvidenceCode.RECORDS_MATCH,
    EvidenceState.NOT_SHOWN: EvidenceCode.RECORDS_NOT_SHOWN,
    EvidenceState.UNREACHABLE: EvidenceCode.RECORDS_UNREACHABLE,
    EvidenceState.UNBOUND: EvidenceCode.RECORDS_UNBOUND,
}
_RAISE_RULE = {
    "holder": RaiseCode.ASK_CONFIRMATION,
    "unknown": RaiseCode.ASK_RECOGNISED,
    "not-recognised-here": RaiseCode.ASK_RECOGNISED,
    "bare-statement": RaiseCode.ADD_RECORDS,
    "work-record": RaiseCode.ASK_ASSESSOR,
    "other-statement": RaiseCode.ASK_EXAMINATION,
}
_RAISE_LOWERED = {
    "evidence-changed": RaiseCode.SHOW_ORIGINAL,
    "derived": RaiseCode.ASK_CONFIRMATION,
    "self-report": RaiseCode.ASK_CONFIRMATION,
    "not-passed": RaiseCode.AFTER_PASSING,
    "assessed-by-holder": RaiseCode.ASK_INDEPENDENT,
    "label-soft": RaiseCode.ASK_ASSESSOR,
    "label-semi-hard": RaiseCode.ASK_ASSESSOR,
}


def link_reasons(
    link: Link, verdict: Verdict, verified: VerifiedCredential, found: Iterable[RecognitionFound]
) -> tuple[Reason, ...]:
    """The row of the table first, then what lowered it, standing, recognition, records and age."""
    issuer = {"issuer": link.issuer_name}
    rows = [verdict.rule.reason, *(row.reason for row in verdict.lowered_by)]
    return (
        *(Reason(code, issuer) for code in rows),
        *_standing(link, verified),
        *_recognition(link, found),
        *_assessment(verdict),
        *_records(link, verdict),
        _age(link),
    )


def _standing(link: Link, verified: VerifiedCredential) -> Iterator[Reason]:
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
        through = each.delegator
        if through is not None:
            names = {"publisher": each.publisher_name, "delegator": through.publisher_name}
            yield Reason(EvidenceCode.RECOGNISED_THROUGH, {**names, "days": through.list_age_days})
        if not each.fresh:
            old = each if through is None or through.fresh else through
            yield Reason(
                EvidenceCode.LIST_STALE, {"publisher": old.publisher_name, "days": old.list_age_days}
            )


def _assessment(verdict: Verdict) -> Iterator[Reason]:
    """What an assessment lacks for the row above it."""
    if verdict.rule.id != "assessment":
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
    return Reason(EvidenceCode.AGE, {"date": link.date.date().isoformat(), "months": link.age_months})


def raise_by(link: Link, verdict: Verdict, *, withheld: bool) -> tuple[Reason, ...]:
    """What would make this link stronger; nothing where it is hard and certain."""
    issuer = {"issuer": link.issuer_name}
    if link.standing is Answer.NO:
        return (Reason(RaiseCode.RENEW, issuer),)
    codes: list[RaiseCode] = []
    if link.certain is not link.ceiling:
        codes.append(RaiseCode.SHOW_ALL if withheld else RaiseCode.CHECK_AGAIN)
    if verdict.lowered_by:
        codes.extend(_RAISE_LOWERED[row.id] for row in verdict.lowered_by)
    elif verdict.rule.id == "assessment":
        codes.extend(_raise_assessment(verdict.facts))
    elif verdict.ceiling is not Strength.HARD:
        codes.append(_RAISE_RULE[verdict.rule.id])
    return tuple(Reason(code, issuer) for code in dict.fromkeys(codes))


def _raise_assessment(facts: Facts) -> Iterator[RaiseCode]:
    if facts.assessor is Assessor.UNNAMED:
        yield RaiseCode.NAME_ASSESSOR
    if facts.assessor is Assessor.RELATED:
        yield RaiseCode.ASK_INDEPENDENT
    if not facts.result:
        yield RaiseCode.STATE_RESULT
    if not facts.bound:
        yield RaiseCode.ADD_RECORDS

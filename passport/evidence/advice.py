"""What would make a link stronger: reasons as data, with what to do in their sentences."""

from collections.abc import Iterator

from passport.answers import Answer, Reason
from passport.evidence.acts import ActKind
from passport.evidence.codes import EvidenceCode, RaiseCode
from passport.evidence.kinds import Assessor, EvidenceState, Strength
from passport.evidence.link import Link
from passport.evidence.rules import Facts, Verdict

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
    "in-circle": RaiseCode.ASK_AGAIN_ON_BASE,
    "derived": RaiseCode.ASK_CONFIRMATION,
    "self-report": RaiseCode.ASK_CONFIRMATION,
    "not-passed": RaiseCode.AFTER_PASSING,
    "assessed-by-holder": RaiseCode.ASK_INDEPENDENT,
    "label-soft": RaiseCode.ASK_ASSESSOR,
    "label-semi-hard": RaiseCode.ASK_ASSESSOR,
}
_RAISE_REFUSED = {
    EvidenceCode.NO_HOLDER: RaiseCode.ASK_ISSUE_AGAIN,
    EvidenceCode.OTHER_HOLDER: RaiseCode.ASK_ISSUE_AGAIN,
    EvidenceCode.IN_LOOP: RaiseCode.ASK_AGAIN_ON_BASE,
    EvidenceCode.CLAIM_FALLEN: RaiseCode.CLAIM_AGAIN,
    EvidenceCode.CLAIM_CHANGED: RaiseCode.CONFIRM_AGAIN,
    EvidenceCode.CLAIM_NOT_SHOWN: RaiseCode.SHOW_BASE,
    EvidenceCode.NO_DIGEST: RaiseCode.CONFIRM_CLAIM,
    EvidenceCode.SKILL_NOT_CLAIMED: RaiseCode.CONFIRM_CLAIM,
    EvidenceCode.OF_DEFINITION: RaiseCode.CONFIRM_CLAIM,
    EvidenceCode.OF_ORGANISATION: RaiseCode.CONFIRM_CLAIM,
}
_OF_ENDORSEMENT = {
    RaiseCode.ADD_RECORDS: RaiseCode.CONFIRM_WITH_RECORDS,
    RaiseCode.RENEW: RaiseCode.CONFIRM_AGAIN,
}
"""An endorsement is not a badge, and is asked for in other words."""


def raise_refused(refusal: EvidenceCode, link: Link) -> tuple[Reason, ...]:
    """What would make something count that counts for nothing, whoever signed it."""
    return (Reason(_RAISE_REFUSED[refusal], {"issuer": link.issuer_name}),)


def raise_by(link: Link, verdict: Verdict, *, withheld: bool) -> tuple[Reason, ...]:
    """What would make this link stronger; nothing where it is hard and certain."""
    issuer = {"issuer": link.issuer_name}
    if link.standing is Answer.NO:
        codes: list[RaiseCode] = [RaiseCode.RENEW]
    else:
        codes = [*_uncertain(link, withheld=withheld), *_raise_verdict(link, verdict)]
    if link.act is ActKind.ENDORSEMENT:
        codes = [_OF_ENDORSEMENT.get(code, code) for code in codes]
    return tuple(Reason(code, issuer) for code in dict.fromkeys(codes))


def _uncertain(link: Link, *, withheld: bool) -> Iterator[RaiseCode]:
    if link.certain is link.ceiling:
        return
    if link.evidence_state is EvidenceState.HIDDEN:
        yield RaiseCode.SHOW_BASE
    else:
        yield RaiseCode.SHOW_ALL if withheld else RaiseCode.CHECK_AGAIN


def _raise_verdict(link: Link, verdict: Verdict) -> Iterator[RaiseCode]:
    if link.evidence_state is EvidenceState.FALLEN and verdict.ceiling is not Strength.HARD:
        yield RaiseCode.ASK_AGAIN_ON_BASE
    if verdict.lowered_by:
        yield from (_RAISE_LOWERED[row.id] for row in verdict.lowered_by)
    elif verdict.rule.id == "assessment":
        if link.act is ActKind.ENDORSEMENT:
            yield RaiseCode.ASK_ASSESSOR
        else:
            yield from _raise_assessment(verdict.facts)
    elif verdict.ceiling is not Strength.HARD:
        yield _RAISE_RULE[verdict.rule.id]


def _raise_assessment(facts: Facts) -> Iterator[RaiseCode]:
    if facts.assessor is Assessor.UNNAMED:
        yield RaiseCode.NAME_ASSESSOR
    if facts.assessor is Assessor.RELATED:
        yield RaiseCode.ASK_INDEPENDENT
    if not facts.result:
        yield RaiseCode.STATE_RESULT
    if not facts.bound:
        yield RaiseCode.ADD_RECORDS

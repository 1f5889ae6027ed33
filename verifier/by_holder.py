"""Badges that are bound to several keys: each key's are weighed by themselves, and one key's must do.

A wallet may bind every credential to a key of its own, and two people may answer together: nothing tells the
one from the other. So what only another key's badges meet can't be told, and never adds up.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from passport.answers import Answer, Reason
from passport.evidence.demand import Demand
from passport.evidence.link import SkillEvidence
from passport.evidence.policy import DemandResult, decide
from passport.evidence.strength import weigh
from passport.trust import TrustStore
from passport.verification import VerifiedEndorsement, VerifiedPresentation

Weighed = Sequence[tuple[SkillEvidence, ...]]


def weigh_by_holder(
    shown: Sequence[VerifiedPresentation],
    *,
    trust: TrustStore,
    now: datetime,
    endorsements: Sequence[VerifiedEndorsement] = (),
) -> list[tuple[SkillEvidence, ...]]:
    """The evidence of each holder, in the order in which they are shown.

    `endorsements` came beside no badge. They name what they confirm by its digest, so they count with
    whoever shows that, and with nobody else.
    """
    found = []
    for holder in dict.fromkeys(each.holder for each in shown):
        own = [each for each in shown if each.holder == holder]
        credentials = [each for one in own for each in one.credentials]
        beside = [*(each for one in own for each in one.endorsements), *endorsements]
        found.append(weigh(credentials, trust=trust, now=now, holder=holder, endorsements=beside))
    return found


def decide_by_holder(
    demands: Sequence[Demand], weighed: Weighed, now: datetime, *, unchecked: Collection[str]
) -> tuple[tuple[SkillEvidence, ...], tuple[DemandResult, ...]]:
    """What is met by the one whose badges meet most; of what another one's would meet it can't be told.

    Returns:
        The skills of all, that one's first, and a result for each demand.
    """
    decided = [decide(demands, skills, now, unchecked=unchecked) for skills in weighed or [()]]
    first = max(range(len(decided)), key=lambda place: _met(decided[place]))
    others = [results for place, results in enumerate(decided) if place != first]
    skills = {each.skill: each for place in range(len(weighed)) for each in weighed[place] if place != first}
    skills |= {each.skill: each for each in (weighed[first] if weighed else ())}
    ordered = tuple(skills[name] for name in sorted(skills))
    return ordered, tuple(
        _with_others(own, *beside) for own, *beside in zip(decided[first], *others, strict=True)
    )


def _met(results: Sequence[DemandResult]) -> int:
    return sum(each.answer is Answer.YES for each in results)


def _with_others(own: DemandResult, *others: DemandResult) -> DemandResult:
    better = next((each for each in others if each.answer is Answer.YES), None)
    if own.answer is Answer.YES or better is None:
        return own
    reason = Reason("bound_to_another_key", {"skill": own.demand.label})
    return replace(better, answer=Answer.CANNOT_TELL, reasons=(reason,))

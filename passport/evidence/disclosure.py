"""Minimal disclosure: the smallest set of credentials that gives every demand the best answer there is.

Smallest: the fewest credentials, then the fewest skills shown beyond the demands, then the first by id. The
same wallet and demands always give the same set. Nobody can do with less; what stays hidden is shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.answers import Answer, Reason
from passport.encoding import digest_multibase
from passport.evidence.codes import PolicyCode
from passport.evidence.cover import smallest_cover
from passport.evidence.demand import Demand
from passport.evidence.integrity import Files
from passport.evidence.link import SkillEvidence
from passport.evidence.policy import DemandResult, decide, link_answer
from passport.evidence.strength import among, weigh
from passport.trust import TrustStore
from passport.verification import VerifiedCredential

_NO_FILES: Files = {}
_WORTH = {Answer.NO: 0, Answer.CANNOT_TELL: 1, Answer.YES: 2}


@dataclass(frozen=True, slots=True)
class RefusalCost:
    """A demand whose answer gets worse because the person refuses to show something."""

    demand: Demand
    with_all: Answer
    without: Answer
    reason: Reason


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What to show, what that gives, and what it costs. Nothing is shown before the person agrees."""

    chosen: tuple[VerifiedCredential, ...]
    hidden: tuple[VerifiedCredential, ...]
    results: tuple[DemandResult, ...]
    """One for each demand, in order, with the chosen credentials."""
    unmet: tuple[DemandResult, ...]
    """Those that are not met, whatever is shown; cannot tell among them."""
    over_asked: tuple[Reason, ...]
    """What is asked beyond the profile that was published."""
    revealed: tuple[str, ...]
    """Skills that the chosen credentials show beyond the demands."""
    cost: tuple[RefusalCost, ...]
    """What refusing costs."""
    exact: bool
    """Whether nothing smaller exists; if not, the wallet was too large to try everything."""


def smallest(
    demands: Sequence[Demand],
    credentials: Sequence[VerifiedCredential],
    *,
    trust: TrustStore,
    now: datetime,
    files: Files = _NO_FILES,
    refused: Collection[str] = (),
    published: Sequence[Demand] | None = None,
    holder: str | None = None,
    divisible: Collection[str] = (),
) -> Disclosure:
    """Find the smallest disclosure for some demands.

    Strength is weighed with the whole wallet: an employer does not become an independent assessor because
    its work record stays hidden. `refused` are ids of credentials that the person won't show. `published` are
    the demands of the profile that the one who asks made public; whatever is asked beyond them is said.
    `divisible` are ids of credentials of which a skill can be shown while the others stay hidden.
    """
    wallet = _in_order(credentials)
    evidence = weigh([held.verified for held in wallet], trust=trust, now=now, files=files, holder=holder)
    with_all = decide(demands, evidence, now)
    willing = [held for held in wallet if held.verified.credential.id not in refused]
    best = decide(demands, among(evidence, {held.digest for held in willing}), now)
    covers = _covers(best, evidence, willing, now)
    skills = sorted({each.skill for each in evidence} - {demand.skill for demand in demands})
    reveals = [0 if held.verified.credential.id in divisible else _reveals(held, skills) for held in willing]
    choice = smallest_cover(covers, reveals)
    chosen = [willing[position] for position in choice.chosen]
    digests = {held.digest for held in chosen}
    results = _explained(decide(demands, among(evidence, digests), now), best)
    return Disclosure(
        chosen=tuple(held.verified for held in chosen),
        hidden=tuple(held.verified for held in wallet if held.digest not in digests),
        results=results,
        unmet=tuple(result for result in results if result.answer is not Answer.YES),
        over_asked=() if published is None else tuple(_over_asked(demands, published)),
        revealed=tuple(
            skill for place, skill in enumerate(skills) if _union(reveals, choice.chosen) >> place & 1
        ),
        cost=tuple(_costs(with_all, best)),
        exact=choice.exact,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    verified: VerifiedCredential
    digest: str


def _in_order(credentials: Iterable[VerifiedCredential]) -> list[_Held]:
    """Each credential once, by id and then by content."""
    held = {digest_multibase(verified.credential.source): verified for verified in credentials}
    ordered = sorted(held.items(), key=lambda each: (each[1].credential.id, each[0]))
    return [_Held(verified, digest) for digest, verified in ordered]


def _covers(
    best: Sequence[DemandResult], evidence: Sequence[SkillEvidence], willing: Sequence[_Held], now: datetime
) -> list[int]:
    """For each credential the demands to which it alone gives the best answer there is.

    A demand that nothing meets needs nothing to be shown.
    """
    by_skill: Mapping[str, SkillEvidence] = {each.skill: each for each in evidence}
    covers = dict.fromkeys((held.digest for held in willing), 0)
    for place, result in enumerate(best):
        if result.answer is Answer.NO:
            continue
        for link in by_skill[result.demand.skill].links:
            if link.credential_digest in covers and link_answer(result.demand, link, now) is result.answer:
                covers[link.credential_digest] |= 1 << place
    return list(covers.values())


def _reveals(held: _Held, skills: Sequence[str]) -> int:
    named = {each.target_url for each in held.verified.credential.subject.achievement.alignments}
    return sum(1 << place for place, skill in enumerate(skills) if skill in named)


def _union(reveals: Sequence[int], chosen: Iterable[int]) -> int:
    union = 0
    for position in chosen:
        union |= reveals[position]
    return union


def _explained(results: Sequence[DemandResult], best: Sequence[DemandResult]) -> tuple[DemandResult, ...]:
    """A demand for which nothing is shown keeps the reasons that the wallet gives, not "no evidence"."""
    return tuple(
        known if found.answer is Answer.NO else found for found, known in zip(results, best, strict=True)
    )


def _costs(with_all: Sequence[DemandResult], best: Sequence[DemandResult]) -> Iterable[RefusalCost]:
    for whole, left in zip(with_all, best, strict=True):
        if _WORTH[left.answer] < _WORTH[whole.answer]:
            reason = Reason(PolicyCode.REFUSAL_COSTS, {"skill": whole.demand.label})
            yield RefusalCost(whole.demand, whole.answer, left.answer, reason)


def _over_asked(demands: Iterable[Demand], published: Iterable[Demand]) -> Iterable[Reason]:
    by_skill = {demand.skill: demand for demand in published}
    for demand in demands:
        known = by_skill.get(demand.skill)
        if known is None:
            yield Reason(PolicyCode.OVER_ASKED, {"skill": demand.label})
        elif _stricter(demand, known):
            yield Reason(PolicyCode.STRICTER_THAN_PUBLISHED, {"skill": demand.label})


def _stricter(asked: Demand, published: Demand) -> bool:
    """Whether anything that meets the published demand could fail the one that is asked."""
    return (
        (asked.required and not published.required)
        or asked.minimum_strength > published.minimum_strength
        or (asked.level or 0) > (published.level or 0)
        or (asked.records_shown and not published.records_shown)
        or _months(asked) < _months(published)
        or _narrower(asked, published)
    )


def _months(demand: Demand) -> float:
    return float("inf") if demand.maximum_age_months is None else demand.maximum_age_months


def _narrower(asked: Demand, published: Demand) -> bool:
    if not asked.accepted_recognitions and not asked.accepted_issuers:
        return False
    if not published.accepted_recognitions and not published.accepted_issuers:
        return True
    return not (
        published.accepted_recognitions <= asked.accepted_recognitions
        and published.accepted_issuers <= asked.accepted_issuers
    )

"""What is asked beyond the profile that was published: a skill that it doesn't have, or more of one."""

from collections.abc import Iterable, Iterator

from passport.answers import Reason
from passport.evidence.codes import PolicyCode
from passport.evidence.demand import Demand


def over_asked(demands: Iterable[Demand], published: Iterable[Demand]) -> Iterator[Reason]:
    """A reason for each demand that goes beyond the published ones."""
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

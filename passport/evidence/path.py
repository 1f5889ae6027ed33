"""The way from a claim up to an act: which acts it rests on, and what has to be shown with it."""

from passport import limits
from passport.evidence.acts import Act, Badge
from passport.evidence.age import evidence_date
from passport.evidence.kinds import Method
from passport.evidence.link import Step
from passport.evidence.scales import Scales, name_of, recognitions
from passport.securing import Withheld


def way_up(act: Act, skill: str, own: Step, scales: Scales) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """`Link.path` and `Link.rests_on` of an act, whose own step comes last; of a long path the beginning."""
    if not act.references:
        return (own,), ()
    below, missing = scales.chain.rests_on(act)
    told = below[: limits.CHAIN.path - 1]
    steps = (*(_known_step(lower, skill, scales) for lower in told), own)
    return steps, (*(lower.digest for lower in below), *missing)


def _known_step(act: Act, skill: str, scales: Scales) -> Step:
    """Made once for all that is built on it."""
    key = (act.digest, skill)
    if key not in scales.steps:
        scales.steps[key] = _step(act, skill, scales)
    return scales.steps[key]


def _step(act: Act, skill: str, scales: Scales) -> Step:
    document = act.document
    genres = {evidence.genre for evidence in document.evidence}
    date = document.awarded_date
    if isinstance(act, Badge):
        hidden = Withheld.DATE in act.verified.withheld
        date = None if hidden else evidence_date(act.document, scales.now)
    return Step(
        credential_id=document.id,
        act=act.kind,
        issuer_name=name_of(act, recognitions(act, skill, scales)),
        method=next((method for method in Method if method in genres), None),
        date=date,
        answer=scales.chain.holds(act),
        by_holder=scales.parties.is_holder(document.issuer.id),
    )

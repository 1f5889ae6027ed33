"""Why a plan is as it is, in sentences as data; `matching.texts` renders them."""

from collections.abc import Iterable

from matching.plan.catalogue import Module
from matching.plan.cover_problem import Aim
from matching.plan.drafting import Chosen, Draft, OpenGap, Why
from passport.answers import Reason

_NAMED = 2
"""Skills that one sentence after another names; the lists hold all."""


def reasons_of_draft(draft: Draft) -> tuple[Reason, ...]:
    """What the plan does, what it takes, and whether a smaller one can exist."""
    return tuple(_of_draft(draft))


def _of_draft(draft: Draft) -> Iterable[Reason]:
    yield Reason("plan.closes-of", {"closed": draft.closed, "of": len(draft.gaps)})
    if not draft.chosen:
        return
    aim = draft.wishes.aim
    needed = sum(1 for gap in draft.gaps if gap.required)
    bounded = draft.wishes.hours is not None or draft.wishes.cents is not None
    if draft.exact:
        if bounded and any(each.why is Why.BUDGET for each in draft.open):
            yield Reason("plan.most-in-budget")
        yield Reason(f"plan.exact.{aim}", {"modules": len(draft.chosen)})
    else:
        least = draft.bound.cost_at_least
        yield Reason(f"plan.bounded.{aim}", {"least": least // 100 if aim is Aim.CHEAPEST else least})
        if draft.bound.factor is not None:
            yield Reason("plan.factor", {"times": f"{draft.bound.factor:.1f}"})
        if bounded and draft.bound.closed_at_most < needed:
            yield Reason("plan.at-most", {"most": draft.bound.closed_at_most, "of": needed})


def reasons_of_choice(chosen: Chosen) -> tuple[Reason, ...]:
    """Why this module is in the plan."""
    return tuple(_of_choice(chosen))


def _of_choice(chosen: Chosen) -> Iterable[Reason]:
    if chosen.closes or not chosen.first_for:
        yield Reason("plan.closes", {"count": len(chosen.closes)})
    for module in chosen.first_for[:_NAMED]:
        yield Reason("plan.first-for", _titled(module))
    for module in chosen.after[:_NAMED]:
        yield Reason("plan.after", _titled(module))
    for asked in chosen.has[:_NAMED]:
        yield Reason("plan.asks-here", {"skill": asked.name})
    for gap in chosen.alone[:_NAMED]:
        yield Reason("plan.alone", {"skill": gap.label})
    if chosen.alternatives and not chosen.alone:
        yield Reason("plan.others", {"count": len(chosen.alternatives)})
    if chosen.beyond:
        yield Reason("plan.beyond", {"count": chosen.beyond})
    yield (
        Reason("plan.no-credential")
        if chosen.module.achievement is None
        else Reason("plan.credential", {"name": chosen.module.provider})
    )


def reason_of_open(found: OpenGap) -> Reason:
    """Why no module of the plan closes this gap."""
    return Reason(f"plan.open.{found.why}", {"skill": found.gap.label, "count": len(found.near)})


def _titled(module: Module) -> dict[str, str | int]:
    return {f"title.{language}": module.title_in(language) for language in ("nl", "en")}

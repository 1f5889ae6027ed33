"""A plan for what is missing: the smallest set of modules within what the person can spend."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.limits import PLAN
from matching.plan.before import Before, Held, Offer, successor
from matching.plan.catalogue import Module, ModuleCatalogue, TaughtSkill
from matching.plan.cover import Bound, cover
from matching.plan.cover_order import in_order
from matching.plan.cover_problem import Candidate, Problem, bits
from matching.plan.gaps import Gap
from matching.plan.wishes import Wishes
from matching.taxonomy.compact import Taxonomy

_NOTHING = Held()


class Why(StrEnum):
    """Why a gap stays open."""

    NOBODY = "nobody"
    """No module of these catalogues teaches it."""
    LEVEL = "level"
    """Modules teach it, not up to the level that is asked, or they don't say."""
    WISHES = "wishes"
    """Only modules that the person does not want, or that began already."""
    BUDGET = "budget"
    """It does not fit in the hours and the money."""
    FIRST = "first"
    """What teaches it asks something first that nobody here gives."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A module, the gaps that it closes, and whose catalogue it stands in."""

    module: Module
    catalogue: ModuleCatalogue
    closes: tuple[Gap, ...]

    @property
    def key(self) -> str:
        """The module in this catalogue: another publisher's of the same id is another offer."""
        return offer_key(self.module, self.catalogue)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A module of the plan. `closes` counts every gap once over the whole plan, in the order of the plan."""

    offered: Offered
    closes: tuple[Gap, ...]
    alone: tuple[Gap, ...]
    """Gaps that no other module here closes."""
    beyond: int
    """Skills that it teaches and that are not missing."""
    alternatives: tuple[Offered, ...]
    """Other modules that close some of the same gaps, those that close most of them first."""
    first_for: tuple[Module, ...] = ()
    """Modules of the plan that ask it first."""
    after: tuple[Module, ...] = ()
    """Modules of the plan that it asks first."""
    has: tuple[TaughtSkill, ...] = ()
    """What it asks and the person has."""

    @property
    def module(self) -> Module:
        return self.offered.module


@dataclass(frozen=True, slots=True)
class OpenGap:
    gap: Gap
    why: Why
    near: tuple[Offered, ...]
    """Modules that teach it, if the wishes or the budget were others."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Nothing of it is kept yet: the person looks, and chooses."""

    gaps: tuple[Gap, ...]
    chosen: tuple[Chosen, ...]
    open: tuple[OpenGap, ...]
    exact: bool
    bound: Bound
    """Of the needed gaps; those that are only useful are looked at afterwards."""
    wishes: Wishes

    @property
    def hours(self) -> int:
        return sum(each.module.hours for each in self.chosen)

    @property
    def cents(self) -> int:
        return sum(each.module.cents for each in self.chosen)

    @property
    def closed(self) -> int:
        return len(self.gaps) - len(self.open)


def draft(
    gaps: Sequence[Gap],
    catalogues: Sequence[ModuleCatalogue],
    wishes: Wishes,
    *,
    today: date,
    taxonomy: Taxonomy,
    held: Held = _NOTHING,
    steps: int = PLAN.steps,
) -> Draft:
    """Choose modules for these gaps: first for the needed ones, then what is left for the useful ones.

    Args:
        gaps: without those that something the person does already will close.
        catalogues: a module that stands in several is as many offers; nobody's takes another's place.
        wishes: what can be spent, and what the person would rather not do.
        today: a module that only began before it is not offered.
        taxonomy: to follow a retired skill to its successor.
        held: what the person has of what modules ask first.
        steps: of the exact search.
    """
    every = _offered(gaps, catalogues, taxonomy)
    before = Before(_offers(every, catalogues), held, taxonomy)
    allowed = _with_asked(
        [each for each in every if wishes.allows(each.module, today) and each.closes], before, wishes, today
    )
    needs = _needs(allowed, before)
    place = {gap.skill: number for number, gap in enumerate(gaps)}
    needed = sum(1 << place[gap.skill] for gap in gaps if gap.required)
    useful = sum(1 << place[gap.skill] for gap in gaps if not gap.required)
    masks = [sum(1 << place[gap.skill] for gap in each.closes) for each in allowed]

    def problem(wanted: int, taken: Sequence[int]) -> Problem:
        return _problem(allowed, (masks, needs), wanted, wishes, taken)

    first = cover(problem(needed, ()), steps=steps)
    rest = useful & ~_union(masks, first.chosen)
    then = cover(problem(rest, first.chosen), steps=steps)
    taken = (*first.chosen, *(number for number in then.chosen if number not in first.chosen))
    closed = _union(masks, taken)
    possible = {allowed[number].key for number in in_order(problem(needed | useful, ()), range(len(allowed)))}
    return Draft(
        gaps=tuple(gaps),
        chosen=tuple(_chosen(allowed, taken, (masks, needs), gaps, before)),
        open=tuple(
            _open(gap, every, [each for each in allowed if gap in each.closes], possible, taxonomy)
            for number, gap in enumerate(gaps)
            if not closed >> number & 1
        ),
        exact=first.exact and then.exact,
        bound=first.bound,
        wishes=wishes,
    )


def teaches(module: Module, gap: Gap, taxonomy: Taxonomy) -> bool | None:
    """Whether it closes the gap; None where it teaches the skill, but not surely up to the level."""
    levels = [one.level or 0 for one in module.skills if successor(one.skill, taxonomy) == gap.skill]
    if not levels:
        return False
    return True if gap.level is None or max(levels) >= gap.level else None


def offer_key(module: Module, catalogue: ModuleCatalogue) -> str:
    """Both ids; no address has a blank in it."""
    return f"{module.id} {catalogue.id}"


def _offered(
    gaps: Sequence[Gap], catalogues: Sequence[ModuleCatalogue], taxonomy: Taxonomy
) -> tuple[Offered, ...]:
    """Every module that teaches any of it, in the order of their ids."""
    wanted: Mapping[str, Gap] = {gap.skill: gap for gap in gaps}
    found: dict[str, Offered] = {}
    for catalogue in catalogues:
        for module in catalogue.modules:
            taught = {successor(each.skill, taxonomy) for each in module.skills} & wanted.keys()
            if taught:
                closes = tuple(gap for gap in gaps if gap.skill in taught and teaches(module, gap, taxonomy))
                found[offer_key(module, catalogue)] = Offered(module, catalogue, closes)
    return tuple(found[key] for key in sorted(found))


def _offers(every: Sequence[Offered], catalogues: Sequence[ModuleCatalogue]) -> Iterator[Offer]:
    """All modules, where one that helps asks anything; else nobody looks among them."""
    if any(each.module.asks for each in every):
        for catalogue in catalogues:
            yield from ((module, catalogue) for module in catalogue.modules)


def _with_asked(allowed: Sequence[Offered], before: Before, wishes: Wishes, today: date) -> Sequence[Offered]:
    """What helps, and what it asks first that the person would do, and what that asks; ordered by key."""
    found = {each.key: each for each in allowed}
    fresh = list(allowed)
    while fresh:
        offers = [offer for each in fresh for asked in before.unmet(each.module) for offer in asked]
        fresh = []
        for module, catalogue in offers:
            key = offer_key(module, catalogue)
            if key not in found and wishes.allows(module, today):
                found[key] = Offered(module, catalogue, ())
                fresh.append(found[key])
    return [found[key] for key in sorted(found)]


def _needs(allowed: Sequence[Offered], before: Before) -> Sequence[tuple[int, ...]]:
    """For each module what it asks, as bit sets of the others that give it."""
    place = {each.key: number for number, each in enumerate(allowed)}
    return [
        tuple(
            sum(1 << place[key] for key in {offer_key(*offer) for offer in asked} if key in place)
            for asked in before.unmet(each.module)
        )
        for each in allowed
    ]


def _problem(
    allowed: Sequence[Offered],
    found: tuple[Sequence[int], Sequence[tuple[int, ...]]],
    gaps: int,
    wishes: Wishes,
    taken: Sequence[int],
) -> Problem:
    """What is left to choose, after what was taken: that is paid, and comes before whatever asks it."""
    masks, needs = found
    spent = sum(1 << number for number in taken)
    hours = sum(allowed[number].module.hours for number in taken)
    cents = sum(allowed[number].module.cents for number in taken)
    return Problem(
        tuple(
            Candidate(
                0 if spent >> number & 1 else masks[number] & gaps,
                each.module.hours,
                each.module.cents,
                tuple(need for need in needs[number] if not need & spent),
            )
            for number, each in enumerate(allowed)
        ),
        None if wishes.hours is None else wishes.hours - hours,
        None if wishes.cents is None else wishes.cents - cents,
        wishes.aim,
    )


def _chosen(
    allowed: Sequence[Offered],
    taken: Sequence[int],
    found: tuple[Sequence[int], Sequence[tuple[int, ...]]],
    gaps: Sequence[Gap],
    before: Before,
) -> Iterable[Chosen]:
    """Each after what it asks, else in the order of how much each closes; a gap counts with the first."""
    masks, needs = found
    left = _union(masks, taken)
    for number in _sequence(taken, masks, needs):
        mine = masks[number] & left
        left &= ~masks[number]
        others = [each for each in range(len(allowed)) if each != number and masks[each] & masks[number]]
        others.sort(key=lambda each: (-(masks[each] & masks[number]).bit_count(), each))
        alone = masks[number] & ~_union(masks, others)
        module = allowed[number].module
        yield Chosen(
            allowed[number],
            tuple(gaps[place] for place in bits(mine)),
            tuple(gaps[place] for place in bits(alone)),
            len(module.skills) - masks[number].bit_count(),
            tuple(allowed[each] for each in others if each not in taken),
            first_for=tuple(
                allowed[each].module for each in taken if any(need >> number & 1 for need in needs[each])
            ),
            after=tuple(
                allowed[each].module for each in taken if any(need >> each & 1 for need in needs[number])
            ),
            has=tuple(asked for asked in module.asks_skills if before.has(asked)),
        )


def _sequence(taken: Sequence[int], masks: Sequence[int], needs: Sequence[tuple[int, ...]]) -> Iterator[int]:
    waiting = sorted(taken, key=lambda each: (-masks[each].bit_count(), each))
    reached = 0
    while waiting:
        number = next(each for each in waiting if all(need & reached for need in needs[each]))
        waiting.remove(number)
        reached |= 1 << number
        yield number


def _open(
    gap: Gap,
    every: Sequence[Offered],
    within: Sequence[Offered],
    possible: Collection[str],
    taxonomy: Taxonomy,
) -> OpenGap:
    """`within`: modules that close it and that the person would do; `possible`: what can be done at all."""
    can = tuple(each for each in within if each.key in possible)
    if can:
        return OpenGap(gap, Why.BUDGET, can)
    if within:
        return OpenGap(gap, Why.FIRST, tuple(within))
    closing = tuple(each for each in every if gap in each.closes)
    if closing:
        return OpenGap(gap, Why.WISHES, closing)
    near = tuple(each for each in every if teaches(each.module, gap, taxonomy) is None)
    return OpenGap(gap, Why.LEVEL if near else Why.NOBODY, near)


def _union(masks: Sequence[int], numbers: Iterable[int]) -> int:
    together = 0
    for number in numbers:
        together |= masks[number]
    return together

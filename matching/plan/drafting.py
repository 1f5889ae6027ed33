"""A plan for what is missing: the smallest set of modules within what the person can spend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.limits import PLAN
from matching.plan.catalogue import Module, ModuleCatalogue
from matching.plan.cover import Bound, cover
from matching.plan.cover_problem import Candidate, Problem, bits
from matching.plan.gaps import Gap
from matching.plan.wishes import Wishes
from matching.taxonomy.compact import Taxonomy


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
    steps: int = PLAN.steps,
) -> Draft:
    """Choose modules for these gaps: first for the needed ones, then what is left for the useful ones.

    Args:
        gaps: without those that something the person does already will close.
        catalogues: a module that stands in several is as many offers; nobody's takes another's place.
        wishes: what can be spent, and what the person would rather not do.
        today: a module that only began before it is not offered.
        taxonomy: to follow a retired skill to its successor.
        steps: of the exact search.
    """
    every = _offered(gaps, catalogues, taxonomy)
    allowed = [each for each in every if wishes.allows(each.module, today) and each.closes]
    place = {gap.skill: number for number, gap in enumerate(gaps)}
    needed = sum(1 << place[gap.skill] for gap in gaps if gap.required)
    useful = sum(1 << place[gap.skill] for gap in gaps if not gap.required)
    masks = [sum(1 << place[gap.skill] for gap in each.closes) for each in allowed]

    first = cover(_problem(allowed, masks, needed, wishes, ()), steps=steps)
    rest = useful & ~_union(masks, first.chosen)
    then = cover(_problem(allowed, masks, rest, wishes, first.chosen), steps=steps)
    taken = (*first.chosen, *(number for number in then.chosen if number not in first.chosen))
    closed = _union(masks, taken)
    return Draft(
        gaps=tuple(gaps),
        chosen=tuple(_chosen(allowed, taken, masks, gaps)),
        open=tuple(
            _open(gap, every, allowed, taxonomy)
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


def successor(skill: str, taxonomy: Taxonomy) -> str:
    """The skill itself, or what took its place in the taxonomy."""
    gone = taxonomy.retired.get(skill)
    return (gone.successor if gone else None) or skill


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


def _problem(
    allowed: Sequence[Offered], masks: Sequence[int], gaps: int, wishes: Wishes, taken: Iterable[int]
) -> Problem:
    spent = set(taken)
    hours = sum(allowed[number].module.hours for number in spent)
    cents = sum(allowed[number].module.cents for number in spent)
    return Problem(
        tuple(
            Candidate(0 if number in spent else mask & gaps, each.module.hours, each.module.cents)
            for number, (each, mask) in enumerate(zip(allowed, masks, strict=True))
        ),
        None if wishes.hours is None else wishes.hours - hours,
        None if wishes.cents is None else wishes.cents - cents,
        wishes.aim,
    )


def _chosen(
    allowed: Sequence[Offered], taken: Sequence[int], masks: Sequence[int], gaps: Sequence[Gap]
) -> Iterable[Chosen]:
    """In the order of how much each closes; a gap that two close is counted with the first."""
    left = _union(masks, taken)
    for number in sorted(taken, key=lambda each: (-masks[each].bit_count(), each)):
        mine = masks[number] & left
        left &= ~masks[number]
        others = [each for each in range(len(allowed)) if each != number and masks[each] & masks[number]]
        others.sort(key=lambda each: (-(masks[each] & masks[number]).bit_count(), each))
        alone = masks[number] & ~_union(masks, others)
        yield Chosen(
            allowed[number],
            tuple(gaps[place] for place in bits(mine)),
            tuple(gaps[place] for place in bits(alone)),
            len(allowed[number].module.skills) - masks[number].bit_count(),
            tuple(allowed[each] for each in others if each not in taken),
        )


def _open(gap: Gap, every: Sequence[Offered], allowed: Sequence[Offered], taxonomy: Taxonomy) -> OpenGap:
    closing = [each for each in every if gap in each.closes]
    within = [each for each in allowed if gap in each.closes]
    if within:
        return OpenGap(gap, Why.BUDGET, tuple(within))
    if closing:
        return OpenGap(gap, Why.WISHES, tuple(closing))
    near = [each for each in every if teaches(each.module, gap, taxonomy) is None]
    return OpenGap(gap, Why.LEVEL if near else Why.NOBODY, tuple(near))


def _union(masks: Sequence[int], numbers: Iterable[int]) -> int:
    together = 0
    for number in numbers:
        together |= masks[number]
    return together

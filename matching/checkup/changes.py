"""What changed between two check-ups: in the person, in the taxonomy, and in demand."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.checkup.proven import SkillThen, Strength
from matching.checkup.snapshot import Snapshot, Statement, WorkThen
from matching.taxonomy.compact import Taxonomy

_ORDER = tuple(Strength)


@dataclass(frozen=True, slots=True)
class Moved:
    """A skill that is proven better or worse than it was, or on another level."""

    before: SkillThen
    after: SkillThen


@dataclass(frozen=True, slots=True)
class WorkMoved:
    """An occupation of both check-ups: what was met of it, and demand."""

    before: WorkThen
    after: WorkThen


@dataclass(frozen=True, slots=True)
class Changes:
    """From one check-up to a later one. Skills and work are those of the present taxonomy."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]
    renumbered: Mapping[str, str]
    """Skills that the present taxonomy knows under another identifier: old to new."""
    gone: tuple[str, ...]
    """Skills that the present taxonomy does not have any more, and that nothing came in the place of."""
    taxonomy: tuple[str, str] | None
    """The releases, where they differ."""
    answers: Mapping[Statement, tuple[int, int]]
    """What the person now answers otherwise."""
    near: tuple[str, ...]
    """Work that was not in the earlier one."""
    away: tuple[str, ...]
    """Work that is not in the later one."""
    skills_of_work: tuple[WorkMoved, ...]
    """Work in both of which more or less is met than it was."""
    demand: tuple[WorkMoved, ...]
    """Work in both for which demand moves otherwise than it did."""
    comparable: bool
    """Demand was counted by the same publisher in the same regions; else it can't be compared."""
    outdated: bool
    """The publisher of one of them no longer stood by the figures that day: nothing was said from them."""


def changes(before: Snapshot, after: Snapshot, taxonomy: Taxonomy) -> Changes:
    """Compare; a skill that was retired counts as its successor."""
    names = {each.skill: _now(each.skill, taxonomy) for each in before.skills}
    old, new = _by_name(before, taxonomy), _by_name(after, taxonomy)
    both = [Moved(old[skill], new[skill]) for skill in sorted(old.keys() & new.keys())]
    missing = old.keys() - new.keys()
    gone = {skill for skill in missing if skill in taxonomy.retired}
    then = {each.occupation: each for each in before.work}
    now = {each.occupation: each for each in after.work}
    both_work = [WorkMoved(then[each.occupation], each) for each in after.work if each.occupation in then]
    outdated = not (before.current and after.current)
    comparable = _source(before) == _source(after) and not outdated
    return Changes(
        gained=tuple(sorted(new.keys() - old.keys())),
        lost=tuple(sorted(missing - gone)),
        better=tuple(each for each in both if _rank(each.after) > _rank(each.before)),
        worse=tuple(each for each in both if _rank(each.after) < _rank(each.before)),
        renumbered={name: other for name, other in sorted(names.items()) if name != other},
        gone=tuple(sorted(gone)),
        taxonomy=None if before.taxonomy == after.taxonomy else (before.taxonomy, after.taxonomy),
        answers={
            each: (before.answers[each], after.answers[each])
            for each in Statement
            if each in before.answers
            and each in after.answers
            and before.answers[each] != after.answers[each]
        },
        near=tuple(each.occupation for each in after.work if each.occupation not in then),
        away=tuple(each.occupation for each in before.work if each.occupation not in now),
        skills_of_work=tuple(
            each for each in both_work if (each.before.met, each.before.of) != (each.after.met, each.after.of)
        ),
        demand=tuple(
            each for each in both_work if comparable and each.before.demand is not each.after.demand
        ),
        comparable=comparable,
        outdated=outdated,
    )


def _now(skill: str, taxonomy: Taxonomy) -> str:
    gone = taxonomy.retired.get(skill)
    return skill if gone is None or gone.successor is None else gone.successor


def _by_name(one: Snapshot, taxonomy: Taxonomy) -> dict[str, SkillThen]:
    """Its skills as the present taxonomy names them; of two that are one by now, the better."""
    return {_now(each.skill, taxonomy): each for each in sorted(one.skills, key=_rank)}


def _rank(one: SkillThen) -> tuple[int, int]:
    return _ORDER.index(one.strength), one.level or 0


def _source(one: Snapshot) -> tuple[object, ...] | None:
    return None if one.market is None else (one.market.id, one.market.publisher, one.regions)

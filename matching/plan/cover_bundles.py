"""The choice by greed where modules ask others first: a module comes with a chain of what it asks."""

from collections.abc import Collection, Sequence

from matching.plan.cover_order import asked_first, orderable
from matching.plan.cover_problem import Problem, bits


def greedy_in_order(problem: Problem, places: Sequence[int]) -> tuple[int, ...]:
    """A set within the budget that can be done in some order. No factor is known for it.

    A module is taken together with a chain of what it asks first, the cheapest at every step; what several
    ask is paid once.
    """
    bundles = _bundles(problem, places)
    chosen: frozenset[int] = frozenset()
    while True:
        best = min(
            (key for bundle in bundles if (key := _key(problem, chosen | bundle, chosen)) is not None),
            default=None,
        )
        if best is None:
            break
        chosen = chosen.union(best[-1])
    chosen = _without_needless(problem, chosen)
    alone = max(
        (bundle for bundle in bundles if _fits(problem, bundle)),
        key=lambda bundle: problem.closed_by(sorted(bundle)).bit_count(),
        default=chosen,
    )
    if problem.closed_by(sorted(alone)).bit_count() > problem.closed_by(sorted(chosen)).bit_count():
        chosen = alone  # one that takes the whole budget may do more than many small ones
    return tuple(sorted(chosen))


def _bundles(problem: Problem, places: Sequence[int]) -> list[frozenset[int]]:
    """For each module that closes something: itself, and a chain of what it asks first."""
    may = sum(1 << place for place in places)
    found = (_bundle(problem, place, may) for place in places if problem.candidates[place].gaps)
    return [bundle for bundle in found if bundle is not None]


def _bundle(problem: Problem, place: int, may: int) -> frozenset[int] | None:
    """None where a greedy chain comes to nothing; an exact search may still find one."""
    chosen = {place}
    while not orderable(problem, chosen):
        asked = tuple(bits(asked_first(problem, chosen) & may))
        if not asked:
            return None
        chosen.add(min(asked, key=lambda each: (_waiting(problem, each), problem.cost_of([each]), each)))
    return frozenset(chosen)


def _waiting(problem: Problem, place: int) -> int:
    """What asks nothing itself comes first: a chain that ends."""
    return len(problem.candidates[place].needs)


def _key(
    problem: Problem, together: frozenset[int], chosen: frozenset[int]
) -> tuple[float, int, tuple[int, ...]] | None:
    """The price of a gap, the least in front; None where it closes nothing more, or does not fit."""
    closed = problem.closed_by(sorted(chosen))
    gain = (problem.closed_by(sorted(together)) & ~closed).bit_count()
    if not gain or not _fits(problem, together):
        return None
    added = tuple(sorted(together - chosen))
    return problem.cost_of(added)[0] / gain, -gain, added


def _fits(problem: Problem, chosen: Collection[int]) -> bool:
    found = [problem.candidates[place] for place in chosen]
    return problem.fits(sum(each.hours for each in found), sum(each.cents for each in found))


def _without_needless(problem: Problem, chosen: frozenset[int]) -> frozenset[int]:
    """Without those that close nothing alone and that nothing asks; the dearest are looked at first."""
    kept = chosen
    for place in sorted(chosen, key=lambda each: (problem.cost_of([each]), each), reverse=True):
        others = kept - {place}
        same = problem.closed_by(sorted(others)) == problem.closed_by(sorted(kept))
        if same and orderable(problem, others):
            kept = others
    return kept

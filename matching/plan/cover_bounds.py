"""What no set can beat: proved by letting modules be taken in parts and counting overlaps twice."""

from collections.abc import Sequence

Weighed = Sequence[tuple[int, int]]
"""For each candidate how many gaps it closes, above 0, and what it costs."""


def most_closed(weighed: Weighed, budget: int) -> int:
    """At most so many gaps can be closed for the budget (the linear relaxation of the knapsack)."""
    closed = 0
    for gain, cost in _best_first(weighed):
        if cost > budget:
            return closed + gain * budget // cost
        closed, budget = closed + gain, budget - cost
    return closed


def least_cost(weighed: Weighed, gaps: int) -> int:
    """Closing so many gaps costs at least this; there must be candidates that close as many."""
    spent = 0
    for gain, cost in _best_first(weighed):
        if gain >= gaps:
            return spent - (-cost * gaps // gain)
        spent, gaps = spent + cost, gaps - gain
    return spent


def least_count(gains: Sequence[int], gaps: int) -> int:
    """Closing so many gaps takes at least this many modules."""
    for count, gain in enumerate(sorted(gains, reverse=True), start=1):
        gaps -= gain
        if gaps <= 0:
            return count
    return len(gains)


def _best_first(weighed: Weighed) -> Weighed:
    """Most gaps for each unit of cost first; what costs nothing stands in front."""
    return sorted(weighed, key=lambda each: each[1] / each[0])

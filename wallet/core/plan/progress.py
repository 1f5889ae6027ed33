"""A plan over time, computed from what came in and what is planned; nothing of it is kept."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from matching.pictures.progress import Reached
from wallet.core.plan.plans import Status
from wallet.core.plan.standing import Standing


@dataclass(frozen=True, slots=True)
class Progress:
    reached: tuple[Reached, ...]
    """The first when the plan was made."""
    planned: tuple[Reached, ...]
    """What the parts with a day would add; empty where none has one."""
    of: int


def progress(stands: Standing, today: date) -> Progress | None:
    """None where nothing is needed: a target of useful skills alone has no count."""
    plan, essential = stands.plan, stands.found.essential
    if not essential.of:
        return None
    start = essential.met - len(stands.closed_since)
    made = plan.made.date()
    by_day = Counter(min(moment.date(), today) for moment in stands.closed_since.values())
    reached = [Reached(min(made, today), max(0, start))]
    for day in sorted(by_day):
        reached.append(Reached(max(day, made), reached[-1].met + by_day[day]))
    return Progress(_merged(reached), _planned(stands, today), essential.of)


def _planned(stands: Standing, today: date) -> tuple[Reached, ...]:
    """A part that should be over and is not counts from today on."""
    needed = {one.skill for one in stands.found.shortage if one.required}
    met = stands.found.essential.met
    found: list[Reached] = []
    coming = [
        (max(last, today), each.item.skills)
        for each in stands.items
        if each.status is not Status.DONE
        for last in (each.item.last or each.item.first,)
        if last is not None
    ]
    for day, skills in sorted(coming):
        fresh = needed.intersection(skills)
        needed -= fresh
        met += len(fresh)
        if fresh:
            found.append(Reached(day, met))
    return _merged(found)


def _merged(found: list[Reached]) -> tuple[Reached, ...]:
    """One of each day: the last."""
    return tuple({each.day: each for each in found}.values())

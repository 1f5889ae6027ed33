"""What to do after a check-up: suggestions from what was found, each with its reason in its own sentence.

A suggestion is a start for a talk with somebody independent, and for the person to take or leave.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.checkup.proven import Group
from matching.checkup.snapshot import Action, Why
from matching.market.trend import State
from matching.taxonomy.compact import Taxonomy

_LEAST_PROVEN = 0.25
"""Under this share of skills that somebody else confirmed, asking for a confirmation helps most."""
_NAMED = 3

Names = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class WorkFound:
    """One occupation with what is known of it."""

    occupation: str
    why: Why
    met: int
    of: int
    demand: State


@dataclass(frozen=True, slots=True)
class Found:
    """What a check-up looks at."""

    groups: Sequence[Group]
    """Of every skill, how it is proven."""
    work: Sequence[WorkFound]
    old_skills: Sequence[str] = ()
    """Skills that were last shown long ago, the oldest first."""
    renewals: Sequence[tuple[str, str]] = ()
    """Licences that end, each with its last day."""
    open_items: Sequence[str] = ()
    """What is planned and not done."""
    has_market: bool = True
    intake_old: bool = False


def suggestions(found: Found, taxonomy: Taxonomy) -> tuple[Action, ...]:
    """Everything that follows, what is most pressing first."""
    return tuple(_suggestions(found, taxonomy))


def _suggestions(found: Found, taxonomy: Taxonomy) -> Iterator[Action]:
    for name, day in found.renewals:
        yield Action("checkup.action.renew", {"licence": name, "day": day})
    yield from _about_demand(found, taxonomy)
    yield from _about_learning(found, taxonomy)
    yield from _about_proof(found, taxonomy)
    if not found.groups or found.intake_old:
        yield Action("checkup.action.intake", {})
    if not found.has_market:
        yield Action("checkup.action.source", {})
    yield Action("checkup.action.talk", {})


def _about_demand(found: Found, taxonomy: Taxonomy) -> Iterator[Action]:
    """Work that shrinks, and, once, near work that grows."""
    shrinking = [each for each in found.work if each.why is not Why.NEAR and each.demand is State.SHRINKING]
    growing = [each for each in found.work if each.why is not Why.OWN and each.demand is State.GROWING]
    for each in shrinking:
        whose = "own" if each.why is Why.OWN else "goal"
        yield Action(f"checkup.action.shrinking-{whose}", _labels("work", each.occupation, taxonomy))
    for each in growing[: bool(shrinking)]:
        yield Action("checkup.action.look-at", _labels("work", each.occupation, taxonomy))


def _about_learning(found: Found, taxonomy: Taxonomy) -> Iterator[Action]:
    for item in found.open_items[:_NAMED]:
        yield Action("checkup.action.go-on", {"item": item})
    for each in found.work:
        if each.why is Why.CHOSEN and each.met < each.of:
            lacking: Names = {"count": each.of - each.met, **_labels("work", each.occupation, taxonomy)}
            yield Action("checkup.action.plan", lacking)


def _about_proof(found: Found, taxonomy: Taxonomy) -> Iterator[Action]:
    proven = sum(group in {Group.STRONG, Group.CONFIRMED} for group in found.groups)
    word = sum(group in {Group.OWN, Group.DERIVED} for group in found.groups)
    if word and proven < _LEAST_PROVEN * len(found.groups):
        yield Action("checkup.action.prove", {"count": word})
    if Group.SIGNED in found.groups:
        yield Action("checkup.action.signed", {"count": found.groups.count(Group.SIGNED)})
    for skill in found.old_skills[:1]:
        yield Action("checkup.action.show-again", _labels("skill", skill, taxonomy))


def _labels(name: str, iri: str, taxonomy: Taxonomy) -> Names:
    """The same name in both languages: an action is read back in whichever the person uses then."""
    return {f"{name}.{language}": taxonomy.label(iri, language) for language in ("nl", "en")}

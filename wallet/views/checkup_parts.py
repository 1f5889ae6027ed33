"""Parts of a check-up in words: how skills are proven, what work asks in skills, and whose figures. Pure.

The page of today and a report of years ago are made of the same parts, from what was kept of that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from matching.checkup.proven import Group, grouped
from matching.checkup.snapshot import Snapshot, Why, WorkThen
from matching.market.in_skills import SkillAsked, WorkAsked, in_skills
from matching.market.periods import Window
from matching.market.trend import State
from matching.market.wording import window_words
from matching.pictures.groups import Bar, draw_groups
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.texts import Language
from wallet.views.rendering import Renderer

NAMED = 40
"""Skills of a group that are named; the others are counted."""
ASKED = 5
"""Skills that are asked most, of those that the person has and of those that are missing."""


@dataclass(frozen=True, slots=True)
class Proven:
    """One group of skills: what it rests on, how many there are and were, and which."""

    group: Group
    count: int
    before: int | None
    skills: Sequence[str]
    more: int
    """Skills that are not named here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One skill that the work of this check-up asks for."""

    label: str
    occupations: int
    vacancies: int


@dataclass(frozen=True, slots=True)
class Demanded:
    """What the work around the person asks, in skills: those that are there and those that are missing."""

    have: Sequence[Asked]
    lack: Sequence[Asked]
    occupations: int


@dataclass(frozen=True, slots=True)
class Line:
    """One occupation, that day and the time before."""

    occupation: str
    label: str
    why: Why
    met: int
    of: int
    demand: State
    change: str
    """Of demand with its bounds, in words; empty where it is not known."""
    before: WorkThen | None
    """Where more or less was met then."""
    demand_before: State | None
    """Where demand moved otherwise then, and can be compared."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Whose figures, about when, and until when their publisher stood by them."""

    publisher: str
    synthetic: bool
    first: str
    last: str
    year: str
    """The first window of the last year."""
    dated: str
    until: str
    current: bool


def proven(one: Snapshot, before: Snapshot | None, taxonomy: Taxonomy, language: Language) -> list[Proven]:
    """Each group of the skills, strongest first; groups of none, then and that day, are left out."""
    then = None if before is None else grouped(before.skills)
    found = []
    for group, skills in grouped(one.skills).items():
        was = None if then is None else len(then[group])
        if skills or was:
            labels = sorted(taxonomy.label(skill, language) for skill in skills)
            found.append(Proven(group, len(skills), was, labels[:NAMED], max(0, len(labels) - NAMED)))
    return found


def drawing(renderer: Renderer, language: Language, groups: Sequence[Proven]) -> Markup | None:
    """The groups as bars; None where there is nothing to draw."""
    if not groups:
        return None
    bars = [
        Bar(renderer.say(f"checkup-group-{each.group}", language), each.count, each.before) for each in groups
    ]
    return Markup(draw_groups(bars, language))  # noqa: S704  # escaped there


def demanded(one: Snapshot, taxonomy: Taxonomy, language: Language) -> Demanded | None:
    """What its work asks, in skills; None without figures, since nothing is said of demand then."""
    counted = [WorkAsked(each.occupation, each.counted, each.vacancies) for each in one.work]
    if not any(each.counted is not None for each in counted):
        return None
    here = {each.skill for each in one.skills}
    every = in_skills(counted, taxonomy)
    have = [each for each in every if each.skill in here][:ASKED]
    lack = [each for each in every if each.skill not in here][:ASKED]

    def named(each: SkillAsked) -> Asked:
        return Asked(taxonomy.label(each.skill, language), each.occupations, each.vacancies)

    return Demanded([named(each) for each in have], [named(each) for each in lack], len(one.work))


def figures(one: Snapshot, language: Language) -> Figures | None:
    """None where no source was loaded."""
    market = one.market
    if market is None:
        return None
    first, last = market.window
    return Figures(
        publisher=market.name,
        synthetic=market.synthetic,
        first=_words(first, language, market.first),
        last=_words(last, language, market.last),
        year=_words(market.year, language),
        dated=_day(market.dated),
        until=_day(market.until),
        current=one.current,
    )


def _day(day: datetime | None) -> str:
    return "" if day is None else format_datetime(day)


def _words(window: Window | None, language: Language, otherwise: str = "") -> str:
    """As people say it; as it stands there where it is no window."""
    return otherwise if window is None else window_words(window, language)

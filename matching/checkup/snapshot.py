"""A check-up as a document: what the person could do and what was asked for, on one day.

It is JSON that the holder secures with eddsa-jcs-2022, and no credential: it is nobody's proof of a skill,
and nothing weighs it. Skills and work are named by their IRIs, with what was known of them that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from matching.checkup.errors import MalformedCheckUp
from matching.checkup.figures import MarketThen, market_json, read_market
from matching.checkup.proven import Ground, SkillThen, Strength
from matching.limits import CHECK_UP
from matching.market.trend import State
from passport.clock import format_datetime
from passport.json import JsonObject, parse_object
from passport.limits import JsonLimits
from passport.statements import Members

TYPE = "CareerCheckUp"
VERSION = 1
_JSON = JsonLimits(size=CHECK_UP.size, array=CHECK_UP.skills, string=16_384)


class Why(StrEnum):
    """Why an occupation is in it."""

    OWN = "own"
    """The person's work now."""
    CHOSEN = "chosen"
    """The person keeps an eye on it."""
    PLAN = "plan"
    """A plan is for it."""
    NEAR = "near"
    """It is near the person's skills."""


class Statement(StrEnum):
    """What the person is asked to look at, beside skills: motivation and attitude (R98)."""

    FITS = "fits"
    ENERGY = "energy"
    LEARN = "learn"
    FIVE_YEARS = "five-years"
    NEW = "new"
    TIME = "time"


MOST_AGREED = 5


@dataclass(frozen=True, slots=True)
class Percent:
    """A change in per cent between its bounds; `high` None has none."""

    value: int
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class WorkThen:
    """One occupation beside the person that day."""

    occupation: str
    why: Why
    met: int
    of: int
    demand: State
    change: Percent | None = None
    """Of demand; None where it is not known."""
    counted: str | None = None
    """Whose vacancies they are: the occupation's own or a group's."""
    vacancies: int = 0
    """Of the last year; nought where they are nobody's."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: one that was suggested, with its values, or the person's own words."""

    code: str = ""
    values: Mapping[str, str | int] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An action of the check-up before, and whether the person did it."""

    action: Action
    done: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One check-up."""

    id: str
    made: datetime
    holder: str
    taxonomy: str
    skills: tuple[SkillThen, ...]
    work: tuple[WorkThen, ...]
    market: MarketThen | None
    regions: tuple[str, ...]
    """Names of those that demand was counted in; none is all of them."""
    answers: Mapping[Statement, int]
    actions: tuple[Action, ...]
    earlier: tuple[Earlier, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the publisher of its figures stood by them that day."""
        return self.market is None or self.market.in_force(self.made)


def write_snapshot(one: Snapshot) -> JsonObject:
    """The unsigned document.

    Raises:
        MalformedCheckUp: it would not be read back.
    """
    document: JsonObject = {
        "type": TYPE,
        "version": VERSION,
        "id": one.id,
        "made": format_datetime(one.made),
        "holder": one.holder,
        "taxonomy": one.taxonomy,
        "skills": [_skill_json(each) for each in one.skills],
        "work": [_work_json(each) for each in one.work],
        **({} if one.market is None else {"market": market_json(one.market)}),
        "regions": list(one.regions),
        "answers": {str(each): value for each, value in sorted(one.answers.items())},
        "actions": [_action_json(each) for each in one.actions],
        "earlier": [{"action": _action_json(each.action), "done": each.done} for each in one.earlier],
    }
    parse_snapshot(document)
    return document


def parse_snapshot(source: bytes | JsonObject) -> Snapshot:
    """Read a check-up strictly; whether the holder signed it is for whoever has keys to say.

    Raises:
        MalformedCheckUp
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    document = parse_object(source, _JSON) if isinstance(source, bytes) else source
    members = Members(document, MalformedCheckUp)
    members.constant("type", TYPE)
    members.integer("version", most=VERSION)
    found = Snapshot(
        id=members.url("id"),
        made=members.moment("made"),
        holder=members.did("holder"),
        taxonomy=members.text("taxonomy"),
        skills=tuple(_skill(each) for each in members.nested_list("skills", least=0, most=CHECK_UP.skills)),
        work=tuple(_work(each) for each in members.nested_list("work", least=0, most=CHECK_UP.work)),
        market=read_market(members.nested("market")) if "market" in members else None,
        regions=_texts(members, "regions"),
        answers=_answers(members),
        actions=tuple(
            _action(each) for each in members.nested_list("actions", least=0, most=CHECK_UP.actions)
        ),
        earlier=tuple(
            _earlier(each) for each in members.nested_list("earlier", least=0, most=CHECK_UP.actions)
        ),
    )
    members.maybe("proof", members.raw)
    members.close()
    if len({each.skill for each in found.skills}) != len(found.skills):
        raise members.refuse("skills")
    if len({each.occupation for each in found.work}) != len(found.work):
        raise members.refuse("work")
    return found


def can_be_named(skill: str) -> bool:
    """Whether a skill can stand in a check-up: credentials name some that are no address for anybody else."""
    try:
        Members({"skill": skill}, MalformedCheckUp).url("skill")
    except MalformedCheckUp:
        return False
    return True


def _skill_json(one: SkillThen) -> JsonObject:
    level = {} if one.level is None else {"level": one.level}
    return {"skill": one.skill, "strength": str(one.strength), "ground": str(one.ground), **level}


def _skill(members: Members) -> SkillThen:
    found = SkillThen(
        members.url("skill"),
        members.word("strength", Strength),
        members.maybe("level", members.integer, least=0),
        members.word("ground", Ground) if "ground" in members else Ground.OWN,
    )
    members.close()
    return found


def _work_json(one: WorkThen) -> JsonObject:
    return {
        "occupation": one.occupation,
        "why": str(one.why),
        "met": one.met,
        "of": one.of,
        "demand": str(one.demand),
        **({} if one.change is None else {"change": _percent_json(one.change)}),
        **({} if one.counted is None else {"counted": one.counted, "vacancies": one.vacancies}),
    }


def _percent_json(one: Percent) -> JsonObject:
    return {"percent": one.value, "low": one.low, **({} if one.high is None else {"high": one.high})}


def _percent(members: Members) -> Percent:
    high = members.integer("high", least=-100) if "high" in members else None
    found = Percent(members.integer("percent", least=-100), members.integer("low", least=-100), high)
    members.close()
    return found


def _work(members: Members) -> WorkThen:
    found = WorkThen(
        occupation=members.url("occupation"),
        why=members.word("why", Why),
        met=members.integer("met", least=0),
        of=members.integer("of", least=0),
        demand=members.word("demand", State),
        change=_percent(members.nested("change")) if "change" in members else None,
        counted=members.maybe("counted", members.url),
        vacancies=members.maybe("vacancies", members.integer, least=0) or 0,
    )
    members.close()
    return found


def _texts(members: Members, name: str) -> tuple[str, ...]:
    value = members.raw(name)
    if not isinstance(value, list) or len(value) > CHECK_UP.regions:
        raise members.refuse(name)
    if not all(isinstance(each, str) and len(each) <= CHECK_UP.text for each in value):
        raise members.refuse(name)
    return tuple(value)


def _answers(members: Members) -> Mapping[Statement, int]:
    given = Members(members.raw("answers"), MalformedCheckUp)
    found = {each: given.integer(each, most=MOST_AGREED) for each in Statement if each in given}
    given.close()
    return found


def _action_json(one: Action) -> JsonObject:
    if one.words:
        return {"words": one.words}
    return {"code": one.code, "values": dict(one.values or {})}


def _action(members: Members) -> Action:
    if "words" in members:
        found = Action(words=members.text("words", most=CHECK_UP.text))
    else:
        code = members.text("code", most=64)
        found = Action(code, _values(members, members.raw("values")))
    members.close()
    return found


def _values(members: Members, value: Any) -> Mapping[str, str | int]:
    if not isinstance(value, dict) or len(value) > CHECK_UP.values:
        raise members.refuse("values")
    for each in value.values():
        text = isinstance(each, str) and len(each) <= CHECK_UP.text
        if not text and type(each) is not int:
            raise members.refuse("values")
    return value


def _earlier(members: Members) -> Earlier:
    found = Earlier(_action(members.nested("action")), members.boolean("done"))
    members.close()
    return found

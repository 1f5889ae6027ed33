"""Catalogue of modules: which skills can be learned where, how long that takes and what it costs.

Published and signed by whoever answers for it: a school, a sector, an employer with places to learn at work.
The wallet fetches it whole, so that nobody learns what a person looks for (docs/module-catalogue.md).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from matching.limits import PLAN
from matching.plan.errors import (
    MalformedModuleCatalogue,
    ModuleCatalogueExpired,
    ModuleCatalogueNotYetValid,
)
from passport.answers import Answer
from passport.json import JsonObject
from passport.statements import (
    Head,
    Members,
    check_authentic,
    check_in_force,
    open_statement,
    read_head,
)
from passport.verification import Context

TYPE = "ModuleCatalogue"
CURRENCY = "EUR"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Form(StrEnum):
    """Where the learning happens: at work counts as much as at school."""

    SCHOOL = "school"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """A skill that somebody has when the module ends well, or must have before it begins."""

    skill: str
    name: str
    level: int | None = None
    """On the scale of function profiles; None where the provider does not say."""


@dataclass(frozen=True, slots=True, order=True)
class Start:
    """One time that a module is given."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """Something to do that ends in skills, at school or at work."""

    id: str
    title: Mapping[str, str]
    provider: str
    skills: tuple[TaughtSkill, ...]
    hours: int
    """All of it: lessons, practice, and study at home."""
    cents: int
    """What the person pays."""
    form: Form
    online: bool
    place: str | None = None
    page: str | None = None
    """Where the provider tells more; nothing is fetched from it."""
    achievement: str | None = None
    """The id of the Open Badges achievement that it ends in."""
    starts: tuple[Start, ...] = ()
    """Empty where it can begin at any time."""
    asks_modules: tuple[str, ...] = ()
    """Modules that come before it, by id; all of them."""
    asks_skills: tuple[TaughtSkill, ...] = ()
    """Skills that somebody must have before it, from wherever; a level is the least that is asked."""

    @property
    def asks(self) -> bool:
        """Whether anything comes before it."""
        return bool(self.asks_modules or self.asks_skills)

    def title_in(self, language: str) -> str:
        return self.title.get(language) or next(iter(self.title.values()))

    def next_start(self, today: date) -> Start | None:
        """The first time from today on."""
        return next((each for each in self.starts if each.first >= today), None)


@dataclass(frozen=True, slots=True)
class ModuleCatalogue(Head):
    """A catalogue as parsed. `verify_module_catalogue` says whether its publisher signed it."""

    taxonomy: str
    synthetic: bool
    """Made up, as an example: said wherever it is shown."""
    modules: tuple[Module, ...]
    authentic: Answer = Answer.CANNOT_TELL

    def module(self, identifier: str) -> Module | None:
        return next((each for each in self.modules if each.id == identifier), None)


def parse_module_catalogue(source: bytes | JsonObject) -> ModuleCatalogue:
    """Read a catalogue strictly: no module twice, no skill twice in a module.

    Raises:
        MalformedModuleCatalogue: a member that is missing, unknown or of the wrong form, or too many of them.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    members = open_statement(source, TYPE, MalformedModuleCatalogue)
    members.constant("currency", CURRENCY)
    found = ModuleCatalogue(
        **read_head(members),
        taxonomy=members.text("taxonomy"),
        synthetic=members.maybe("synthetic", members.boolean) or False,
        modules=tuple(_module(each) for each in members.nested_list("modules", most=PLAN.modules)),
    )
    members.close()
    if len({module.id for module in found.modules}) != len(found.modules):
        raise members.refuse("modules")
    return found


def verify_module_catalogue(
    source: bytes, *, context: Context, expected_publishers: Collection[str] | None = None
) -> ModuleCatalogue:
    """Parse a catalogue and verify that the publisher it names signed it, and that it is in force.

    `expected_publishers` None accepts any publisher: the person is shown who it is. A host without
    cryptography can't check the signature: `authentic` says so.

    Raises:
        UnexpectedPublisher, PublisherMismatch: who published it.
        ModuleCatalogueNotYetValid, ModuleCatalogueExpired: when.
        PassportError: what parsing and verifying raise.
    """
    found = parse_module_catalogue(source)
    authentic = check_authentic(
        found.document, publisher=found.publisher, context=context, expected_publishers=expected_publishers
    )
    check_in_force(found, context.now, not_yet=ModuleCatalogueNotYetValid, expired=ModuleCatalogueExpired)
    return replace(found, authentic=authentic)


def read_module(value: object) -> Module:
    """One module by itself, as a plan keeps it; raises MalformedModuleCatalogue."""
    return _module(Members(value, MalformedModuleCatalogue))


def write_module(module: Module) -> JsonObject:
    """The JSON of a module; what is absent is not written."""
    optional = {
        "place": module.place,
        "page": module.page,
        "achievement": module.achievement,
        "starts": [_write_start(each) for each in module.starts] or None,
        "requires": _write_asked(module) or None,
    }
    return {
        "id": module.id,
        "title": dict(module.title),
        "provider": module.provider,
        "skills": [_write_skill(each) for each in module.skills],
        "hours": module.hours,
        "cents": module.cents,
        "form": str(module.form),
        "online": module.online,
        **{name: value for name, value in optional.items() if value is not None},
    }


def _module(members: Members) -> Module:
    asks_modules, asks_skills = _asked(members)
    found = Module(
        id=members.url("id"),
        title=members.names("title"),
        provider=members.text("provider"),
        skills=tuple(_skill(each) for each in members.nested_list("skills", most=PLAN.skills)),
        hours=members.integer("hours", least=0, most=PLAN.hours),
        cents=members.integer("cents", least=0, most=PLAN.cents),
        form=members.word("form", Form),
        online=members.boolean("online"),
        place=members.maybe("place", members.text),
        page=members.maybe("page", members.url),
        achievement=members.maybe("achievement", members.url),
        starts=_starts(members),
        asks_modules=asks_modules,
        asks_skills=asks_skills,
    )
    members.close()
    if len({each.skill for each in found.skills}) != len(found.skills):
        raise members.refuse("skills")
    if found.id in asks_modules or len({each.skill for each in asks_skills}) != len(asks_skills):
        raise members.refuse("requires")
    return found


def _asked(members: Members) -> tuple[tuple[str, ...], tuple[TaughtSkill, ...]]:
    """What comes before: modules, skills, or both."""
    if "requires" not in members:
        return (), ()
    asked = members.nested("requires")
    modules = asked.maybe("modules", asked.urls, most=PLAN.asked)
    skills = asked.maybe("skills", asked.nested_list, most=PLAN.asked)
    asked.close()
    if modules is None and skills is None:
        raise members.refuse("requires")
    return tuple(sorted(modules or ())), tuple(map(_skill, skills or ()))


def _skill(members: Members) -> TaughtSkill:
    found = TaughtSkill(
        skill=members.url("skill"),
        name=members.text("name"),
        level=members.maybe("level", members.integer, most=PLAN.level),
    )
    members.close()
    return found


def _starts(members: Members) -> tuple[Start, ...]:
    return tuple(
        sorted(
            (_start(each) for each in members.maybe("starts", members.nested_list, most=PLAN.starts) or ()),
            key=lambda each: (each.first, each.last or each.first),
        )
    )


def _start(members: Members) -> Start:
    found = Start(_day(members, "first"), _day(members, "last") if "last" in members else None)
    members.close()
    if found.last is not None and found.last < found.first:
        raise members.refuse("last")
    return found


def _day(members: Members, name: str) -> date:
    text = members.text(name)
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise members.refuse(name) from None


def _write_start(start: Start) -> JsonObject:
    last = {} if start.last is None else {"last": start.last.isoformat()}
    return {"first": start.first.isoformat(), **last}


def _write_skill(taught: TaughtSkill) -> JsonObject:
    level = {} if taught.level is None else {"level": taught.level}
    return {"skill": taught.skill, "name": taught.name, **level}


def _write_asked(module: Module) -> JsonObject:
    modules = {"modules": list(module.asks_modules)} if module.asks_modules else {}
    skills = {"skills": [_write_skill(each) for each in module.asks_skills]} if module.asks_skills else {}
    return {**modules, **skills}

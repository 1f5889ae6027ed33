"""A school's CSV as modules: read row by row; what can't be used is counted by rule, and the rest works.

Columns are the `COLUMNS`, with commas or semicolons, in UTF-8; a row for each skill of each module. Each line
is read by itself, so that a quote that never ends takes no other row with it.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from matching.limits import PLAN
from matching.plan.catalogue import Module, read_module, write_module
from matching.plan.errors import MalformedModuleCatalogue, MalformedModuleTable
from passport.json import JsonObject

COLUMNS = (
    *("module", "title_nl", "title_en", "provider", "hours", "euros", "form", "online", "place", "page"),
    *("achievement", "starts", "skill", "skill_name", "level"),
)
"""A row for each skill of each module; of a module's other columns the first row that can be used counts."""
MAY_COLUMNS = ("requires_modules", "requires_skills")
"""Columns that may be absent."""
_YES, _NO = frozenset({"yes", "ja", "true", "1"}), frozenset({"no", "nee", "false", "0", ""})
_DIGITS = 9
_CENTS = 2


class LeftOut(StrEnum):
    """Why a row could not be used."""

    NOT_A_ROW = "not-a-row"
    """Not UTF-8, a quote that never ends, or too few columns."""
    NOT_AN_ADDRESS = "not-an-address"
    """The module, its page or its achievement."""
    NOT_A_TEXT = "not-a-text"
    """No title, no provider or no name of a skill, or one with signs that texts don't have."""
    NOT_HOURS = "not-hours"
    NOT_EUROS = "not-euros"
    NOT_A_FORM = "not-a-form"
    NOT_YES_OR_NO = "not-yes-or-no"
    NOT_A_DAY = "not-a-day"
    NOT_WHAT_IT_ASKS = "not-what-it-asks"
    """What comes before it."""
    NOT_A_SKILL = "not-a-skill"
    NOT_A_LEVEL = "not-a-level"
    TWICE = "twice"
    """A skill that the module has already: the first row counts."""
    TOO_MANY_SKILLS = "too-many-skills"
    TOO_MANY_MODULES = "too-many-modules"


_OF_MEMBER = {
    "id": LeftOut.NOT_AN_ADDRESS,
    "page": LeftOut.NOT_AN_ADDRESS,
    "achievement": LeftOut.NOT_AN_ADDRESS,
    "hours": LeftOut.NOT_HOURS,
    "cents": LeftOut.NOT_EUROS,
    "form": LeftOut.NOT_A_FORM,
    "starts": LeftOut.NOT_A_DAY,
    "first": LeftOut.NOT_A_DAY,
    "last": LeftOut.NOT_A_DAY,
    "skill": LeftOut.NOT_A_SKILL,
    "level": LeftOut.NOT_A_LEVEL,
}
"""Which rule a member of the document breaks; the others are texts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that broke one rule: how many, and the line of the first."""

    count: int
    line: int


@dataclass(frozen=True, slots=True)
class ModuleTable:
    """What a table holds."""

    modules: tuple[Module, ...]
    rows: int
    left_out: Mapping[LeftOut, Rows]


class _Unusable(Exception):  # no refusal: the row is counted and the next one read
    def __init__(self, rule: LeftOut) -> None:
        self.rule = rule


@dataclass(slots=True)
class _Reading:
    places: Mapping[str, int]
    delimiter: str
    rows: int = 0
    modules: dict[str, Module] = field(default_factory=dict)
    left_out: dict[LeftOut, Rows] = field(default_factory=dict)

    def take(self, number: int, line: bytes) -> None:
        self.rows += 1
        try:
            self._take(line)
        except _Unusable as refused:
            known = self.left_out.get(refused.rule, Rows(0, number))
            self.left_out[refused.rule] = replace(known, count=known.count + 1)

    def _take(self, line: bytes) -> None:
        """Raises _Unusable."""
        cells = _cells(line, self.delimiter)
        if cells is None or len(cells) <= max(self.places[name] for name in COLUMNS):
            raise _Unusable(LeftOut.NOT_A_ROW)
        row = {
            name: cells[place].strip() if (place := self.places.get(name, len(cells))) < len(cells) else ""
            for name in (*COLUMNS, *MAY_COLUMNS)
        }
        known = self.modules.get(row["module"])
        if known is None:
            if len(self.modules) >= PLAN.modules:
                raise _Unusable(LeftOut.TOO_MANY_MODULES)
            self.modules[row["module"]] = _first(row)
            return
        added = _read({**write_module(known), "skills": [_skill(row)]}).skills
        if added[0].skill in {each.skill for each in known.skills}:
            raise _Unusable(LeftOut.TWICE)
        if len(known.skills) >= PLAN.skills:
            raise _Unusable(LeftOut.TOO_MANY_SKILLS)
        self.modules[row["module"]] = replace(known, skills=(*known.skills, *added))


def read_module_table(data: bytes) -> ModuleTable:
    """Read a table of which the header is right.

    Raises:
        MalformedModuleTable: the header, with the columns that it lacks; or no row could be used, with the
            counts by rule.
    """
    header, *lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    reading = _Reading(*_header(header))
    for number, line in enumerate(lines, start=2):
        if line.strip():
            reading.take(number, line.rstrip(b"\r"))
    if not reading.modules:
        raise MalformedModuleTable(
            **{str(rule): rows.count for rule, rows in sorted(reading.left_out.items())}
        )
    return ModuleTable(tuple(reading.modules.values()), reading.rows, dict(sorted(reading.left_out.items())))


def _header(line: bytes) -> tuple[Mapping[str, int], str]:
    """Where each column stands, and what parts them."""
    delimiter = ";" if line.count(b";") > line.count(b",") else ","
    names = [name.strip().casefold() for name in _cells(line.rstrip(b"\r"), delimiter) or ()]
    lacking = [name for name in COLUMNS if name not in names]
    if lacking:
        raise MalformedModuleTable(lacks=" ".join(lacking))
    return {name: names.index(name) for name in (*COLUMNS, *MAY_COLUMNS) if name in names}, delimiter


def _cells(line: bytes, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([line.decode("utf-8")], delimiter=delimiter, strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return None


def _first(row: Mapping[str, str]) -> Module:
    """A module with the skill of its first row; raises _Unusable."""
    titles = {language: row[f"title_{language}"] for language in ("nl", "en") if row[f"title_{language}"]}
    optional = {name: row[name] for name in ("place", "page", "achievement") if row[name]}
    starts = [_start(each) for each in row["starts"].split(";") if each.strip()]
    document: JsonObject = {
        "id": row["module"],
        "title": titles,
        "provider": row["provider"],
        "skills": [_skill(row)],
        "hours": _whole(row["hours"], LeftOut.NOT_HOURS),
        "cents": _cents(row["euros"]),
        "form": row["form"],
        "online": _boolean(row["online"]),
        **optional,
        **({"starts": starts} if starts else {}),
    }
    alone = _read(document)
    asked = _asked(row)
    if not asked:
        return alone
    try:
        return read_module({**document, "requires": asked})
    except MalformedModuleCatalogue:
        raise _Unusable(LeftOut.NOT_WHAT_IT_ASKS) from None


def _read(document: JsonObject) -> Module:
    try:
        return read_module(document)
    except MalformedModuleCatalogue as refused:
        member = str(refused.details.get("member", ""))
        raise _Unusable(_OF_MEMBER.get(member, LeftOut.NOT_A_TEXT)) from None


def _skill(row: Mapping[str, str]) -> JsonObject:
    level = {"level": _whole(row["level"], LeftOut.NOT_A_LEVEL)} if row["level"] else {}
    return {"skill": row["skill"], "name": row["skill_name"], **level}


def _asked(row: Mapping[str, str]) -> JsonObject:
    """Ids of modules with `;` between, and skills as `IRI|name` or `IRI|name|level`."""
    modules: Sequence[str] = [
        each for part in row["requires_modules"].split() for each in part.split(";") if each
    ]
    skills = [_asked_skill(each) for each in row["requires_skills"].split(";") if each.strip()]
    return {**({"modules": modules} if modules else {}), **({"skills": skills} if skills else {})}


def _asked_skill(text: str) -> JsonObject:
    skill, _, rest = text.strip().partition("|")
    name, _, level = rest.partition("|")
    found: JsonObject = {"skill": skill.strip(), "name": name.strip()}
    return {**found, "level": _whole(level.strip(), LeftOut.NOT_WHAT_IT_ASKS)} if level.strip() else found


def _start(text: str) -> JsonObject:
    """`2027-02-01` or `2027-02-01/2027-06-30` (ISO 8601, an interval)."""
    first, _, last = text.strip().partition("/")
    return {"first": first, **({"last": last} if last else {})}


def _whole(text: str, rule: LeftOut) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise _Unusable(rule)
    return int(text)


def _cents(text: str) -> int:
    """`450`, `450.5` or `450,50`: a comma is the decimal sign of Dutch tables."""
    euros, _, part = text.replace(",", ".").partition(".")
    if len(part) > _CENTS:
        raise _Unusable(LeftOut.NOT_EUROS)
    return 100 * _whole(euros, LeftOut.NOT_EUROS) + (
        _whole(part.ljust(_CENTS, "0"), LeftOut.NOT_EUROS) if part else 0
    )


def _boolean(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise _Unusable(LeftOut.NOT_YES_OR_NO)
    return word in _YES

"""Make a catalogue of modules: from modules, or from a table as a school has them, signed."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Unpack

from matching.plan.catalogue import (
    CURRENCY,
    TYPE,
    Module,
    ModuleCatalogue,
    parse_module_catalogue,
    read_module,
    write_module,
)
from matching.plan.errors import MalformedModuleCatalogue, MalformedModuleTable
from passport.dids.did_key import create_did_key
from passport.json import JsonObject
from passport.keys import Signer
from passport.statements import HeadGiven, sign_statement, write_head

COLUMNS = (
    *("module", "title_nl", "title_en", "provider", "hours", "euros", "form", "online", "place", "page"),
    *("achievement", "starts", "skill", "skill_name", "level"),
)
"""A row for each skill of each module; of a module's other columns the first row counts."""
MAY_COLUMNS = ("requires_modules", "requires_skills")
"""Columns that may be absent."""
_YES, _NO = frozenset({"yes", "ja", "true", "1"}), frozenset({"no", "nee", "false", "0", ""})


def build_module_catalogue(
    *,
    catalogue_id: str,
    taxonomy: str,
    modules: Sequence[Module],
    synthetic: bool = False,
    **head: Unpack[HeadGiven],
) -> JsonObject:
    """Write an unsigned catalogue.

    Raises:
        MalformedModuleCatalogue: what was given would not be read back.
    """
    document: JsonObject = {
        **write_head(TYPE, catalogue_id, **head),
        "taxonomy": taxonomy,
        "currency": CURRENCY,
        **({"synthetic": True} if synthetic else {}),
        "modules": [write_module(module) for module in modules],
    }
    parse_module_catalogue(document)
    return document


def sign_module_catalogue(document: JsonObject, *, signer: Signer, created: datetime) -> bytes:
    """Secure a catalogue with eddsa-jcs-2022: the same document, key and moment give the same bytes.

    Raises:
        MalformedModuleCatalogue: it is none, or it names another publisher than this key.
    """
    found: ModuleCatalogue = parse_module_catalogue(document)
    if found.publisher != create_did_key(signer.public_key):
        raise MalformedModuleCatalogue(member="publisher")
    return sign_statement(document, signer=signer, created=created)


def read_module_table(data: bytes) -> tuple[Module, ...]:
    """Read modules from CSV (UTF-8) with the `COLUMNS`; raises MalformedModuleTable with the line."""
    modules: dict[str, JsonObject] = {}
    lines: dict[str, int] = {}
    for line, row in _rows(data):
        identifier = row["module"]
        if identifier not in modules:
            modules[identifier] = _module(row, line)
            lines[identifier] = line
        skill: JsonObject = {"skill": row["skill"], "name": row["skill_name"]}
        if row["level"]:
            skill["level"] = _whole(row["level"], line)
        modules[identifier]["skills"].append(skill)
    found = []
    for identifier, module in modules.items():
        try:
            found.append(read_module(module))
        except MalformedModuleCatalogue:
            raise MalformedModuleTable(line=lines[identifier]) from None
    return tuple(found)


def _rows(data: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise MalformedModuleTable
        for row in reader:
            if any(not isinstance(row[column], str) for column in COLUMNS):
                raise MalformedModuleTable(line=reader.line_num)
            every = {**{column: row[column] for column in COLUMNS}, **_absent_or(row)}
            yield reader.line_num, {column: text.strip() for column, text in every.items()}
    except (UnicodeDecodeError, csv.Error):
        raise MalformedModuleTable from None


def _absent_or(row: Mapping[str, str | None]) -> Mapping[str, str]:
    return {column: row.get(column) or "" for column in MAY_COLUMNS}


def _module(row: Mapping[str, str], line: int) -> JsonObject:
    titles = {language: row[f"title_{language}"] for language in ("nl", "en") if row[f"title_{language}"]}
    optional = {name: row[name] for name in ("place", "page", "achievement") if row[name]}
    starts = [_start(each) for each in row["starts"].split(";") if each.strip()]
    return {
        "id": row["module"],
        "title": titles,
        "provider": row["provider"],
        "skills": [],
        "hours": _whole(row["hours"], line),
        "cents": _cents(row["euros"], line),
        "form": row["form"],
        "online": _boolean(row["online"], line),
        **optional,
        **({"starts": starts} if starts else {}),
        **({"requires": asked} if (asked := _asked(row, line)) else {}),
    }


def _asked(row: Mapping[str, str], line: int) -> JsonObject:
    """Ids of modules with `;` between, and skills as `IRI|name` or `IRI|name|level`."""
    modules = row["requires_modules"].split()
    modules = [each for part in modules for each in part.split(";") if each]
    skills = [_asked_skill(each, line) for each in row["requires_skills"].split(";") if each.strip()]
    return {**({"modules": modules} if modules else {}), **({"skills": skills} if skills else {})}


def _asked_skill(text: str, line: int) -> JsonObject:
    skill, _, rest = text.strip().partition("|")
    name, _, level = rest.partition("|")
    found: JsonObject = {"skill": skill.strip(), "name": name.strip()}
    return {**found, "level": _whole(level.strip(), line)} if level.strip() else found


def _start(text: str) -> JsonObject:
    """`2027-02-01` or `2027-02-01/2027-06-30` (ISO 8601, an interval)."""
    first, _, last = text.strip().partition("/")
    return {"first": first, **({"last": last} if last else {})}


def _whole(text: str, line: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004
        raise MalformedModuleTable(line=line)
    return int(text)


def _cents(text: str, line: int) -> int:
    """`450`, `450.5` or `450,50`: a comma is the decimal sign of Dutch tables."""
    euros, _, part = text.replace(",", ".").partition(".")
    if len(part) > 2:  # noqa: PLR2004
        raise MalformedModuleTable(line=line)
    return 100 * _whole(euros, line) + (_whole(part.ljust(2, "0"), line) if part else 0)


def _boolean(text: str, line: int) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise MalformedModuleTable(line=line)
    return word in _YES

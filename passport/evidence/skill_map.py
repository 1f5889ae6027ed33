"""Skill map: which skills a qualification stands for, published and signed by whoever worked that out.

A qualification is named by its address (an achievement, a European qualification) or by a code that people
know: a crebo number, a dossier of the Dutch qualification structure. What a map gives is a start for the
holder's own claim, never proof: it says what such a diploma usually means.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Unpack

from passport import limits
from passport.errors.elm import MalformedSkillMap, SkillMapExpired, SkillMapNotYetValid
from passport.json import JsonObject
from passport.statements import (
    Head,
    HeadGiven,
    Members,
    check_in_force,
    open_statement,
    read_head,
    verify_statement,
    write_head,
)
from passport.verification import Context

TYPE = "SkillMap"


class Closeness(StrEnum):
    """How near the skill is to what the qualification says (SKOS mapping relations)."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"


@dataclass(frozen=True, slots=True)
class MappedSkill:
    skill: str
    name: str
    closeness: Closeness
    source: str
    """Where it says so: a core task of the dossier, a study by its name."""


@dataclass(frozen=True, slots=True)
class MappedQualification:
    qualification: str
    name: Mapping[str, str]
    skills: tuple[MappedSkill, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillMap(Head):
    """A map as parsed. `verify_skill_map` says whether its publisher signed it."""

    taxonomy: str
    entries: tuple[MappedQualification, ...]

    def find(self, named: str) -> MappedQualification | None:
        """The qualification of this address or code; small and capital letters and blanks don't matter."""
        wanted = _folded(named)
        for entry in self.entries:
            if entry.qualification == named or wanted in map(_folded, entry.codes):
                return entry
        return None


def parse_skill_map(source: bytes | JsonObject) -> SkillMap:
    """Read a skill map strictly: no qualification, code or skill twice.

    Raises:
        MalformedSkillMap: a member that is missing, unknown or of the wrong form, or too many of them.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    members = open_statement(source, TYPE, MalformedSkillMap)
    found = SkillMap(
        **read_head(members),
        taxonomy=members.text("taxonomy"),
        entries=tuple(_entry(each) for each in members.nested_list("entries", most=limits.SKILL_MAP.entries)),
    )
    members.close()
    named = [entry.qualification for entry in found.entries]
    codes = [_folded(code) for entry in found.entries for code in entry.codes]
    if len(set(named)) != len(named) or len(set(codes)) != len(codes):
        raise members.refuse("entries")
    return found


def _entry(members: Members) -> MappedQualification:
    found = MappedQualification(
        qualification=members.url("qualification"),
        name=members.names("name"),
        codes=tuple(_code(each) for each in _codes(members)),
        skills=tuple(_skill(each) for each in members.nested_list("skills", most=limits.SKILL_MAP.skills)),
    )
    members.close()
    if len({each.skill for each in found.skills}) != len(found.skills):
        raise members.refuse("skills")
    return found


def _codes(members: Members) -> tuple[Members, ...]:
    return members.maybe("codes", members.nested_list, most=limits.SKILL_MAP.codes) or ()


def _code(members: Members) -> str:
    code = members.text("code", most=64)
    members.close()
    return code


def _skill(members: Members) -> MappedSkill:
    found = MappedSkill(
        skill=members.url("skill"),
        name=members.text("name"),
        closeness=members.word("match", Closeness),
        source=members.text("source"),
    )
    members.close()
    return found


def verify_skill_map(
    source: bytes, *, context: Context, expected_publishers: Collection[str] | None = None
) -> SkillMap:
    """Parse a map and verify that the publisher it names signed it, and that it is in force.

    `expected_publishers` None accepts any publisher: the person is shown who it is.

    Raises:
        UnexpectedPublisher, PublisherMismatch: who published it.
        SkillMapNotYetValid, SkillMapExpired: when.
        PassportError: what parsing and verifying raise.
    """
    found = parse_skill_map(source)
    verify_statement(
        found.document, publisher=found.publisher, context=context, expected_publishers=expected_publishers
    )
    check_in_force(found, context.now, not_yet=SkillMapNotYetValid, expired=SkillMapExpired)
    return found


def build_skill_map(
    *,
    map_id: str,
    taxonomy: str,
    entries: Sequence[MappedQualification],
    **head: Unpack[HeadGiven],
) -> JsonObject:
    """Write an unsigned map; sign it with `sign_statement`.

    Raises:
        MalformedSkillMap: what was given would not be read back.
    """
    document: JsonObject = {
        **write_head(TYPE, map_id, **head),
        "taxonomy": taxonomy,
        "entries": [_write(entry) for entry in entries],
    }
    parse_skill_map(document)
    return document


def _write(entry: MappedQualification) -> JsonObject:
    return {
        "qualification": entry.qualification,
        **({"codes": [{"code": code} for code in entry.codes]} if entry.codes else {}),
        "name": dict(entry.name),
        "skills": [
            {"skill": each.skill, "name": each.name, "match": str(each.closeness), "source": each.source}
            for each in entry.skills
        ],
    }


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()

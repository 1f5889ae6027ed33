"""Achievement: what was achieved, and the skills that it aligns to (Open Badges 3.0, B.1.1, B.1.3)."""

from dataclasses import dataclass

from passport import limits
from passport.credentials.profile import Profile, parse_image, parse_profile
from passport.credentials.reading import (
    mapping,
    objects,
    optional_mapping,
    optional_text,
    text,
    texts,
    types,
    url,
)
from passport.errors.credentials import MissingMember
from passport.json import JsonObject

_MOST = limits.CREDENTIAL.array


@dataclass(frozen=True, slots=True)
class Alignment:
    """A skill, as an entry of a taxonomy: `target_url` is the taxonomy's IRI."""

    target_url: str
    target_name: str
    target_framework: str | None = None
    target_type: str | None = None
    target_code: str | None = None


@dataclass(frozen=True, slots=True)
class RubricCriterionLevel:
    id: str
    name: str
    level: str | None = None
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultDescription:
    """What kinds of result are possible; a Result points at it."""

    id: str
    name: str
    result_type: str
    allowed_values: tuple[str, ...] = ()
    required_level: str | None = None
    required_value: str | None = None
    levels: tuple[RubricCriterionLevel, ...] = ()
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Achievement:
    id: str
    name: str
    description: str
    achievement_type: str | None = None
    criteria_narrative: str | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    result_descriptions: tuple[ResultDescription, ...] = ()
    criteria_id: str | None = None
    creator: Profile | None = None
    image: str | None = None
    human_code: str | None = None


def parse_alignment(source: JsonObject) -> Alignment:
    types(source, "Alignment")
    return Alignment(
        target_url=url(source, "targetUrl"),
        target_name=text(source, "targetName"),
        target_framework=optional_text(source, "targetFramework"),
        target_type=optional_text(source, "targetType"),
        target_code=optional_text(source, "targetCode"),
    )


def parse_achievement(source: JsonObject) -> Achievement:
    types(source, "Achievement")
    criteria = mapping(source, "criteria")
    criteria_id, narrative = optional_text(criteria, "id"), optional_text(criteria, "narrative")
    if criteria_id is None and narrative is None:
        raise MissingMember(member="criteria")
    creator = optional_mapping(source, "creator")
    return Achievement(
        id=url(source, "id"),
        name=text(source, "name"),
        description=text(source, "description"),
        achievement_type=optional_text(source, "achievementType"),
        criteria_narrative=narrative,
        alignments=objects(source, "alignment", parse_alignment, _MOST),
        tags=texts(source, "tag", limits.DOCUMENT.tags),
        result_descriptions=objects(source, "resultDescription", _parse_result_description, _MOST),
        criteria_id=criteria_id,
        creator=None if creator is None else parse_profile(creator),
        image=parse_image(source),
        human_code=optional_text(source, "humanCode"),
    )


def _parse_result_description(source: JsonObject) -> ResultDescription:
    types(source, "ResultDescription")
    return ResultDescription(
        id=url(source, "id"),
        name=text(source, "name"),
        result_type=text(source, "resultType"),
        allowed_values=texts(source, "allowedValue", _MOST),
        required_level=optional_text(source, "requiredLevel"),
        required_value=optional_text(source, "requiredValue"),
        levels=objects(source, "rubricCriterionLevel", _parse_level, _MOST),
        alignments=objects(source, "alignment", parse_alignment, _MOST),
    )


def _parse_level(source: JsonObject) -> RubricCriterionLevel:
    types(source, "RubricCriterionLevel")
    return RubricCriterionLevel(
        id=url(source, "id"),
        name=text(source, "name"),
        level=optional_text(source, "level"),
        alignments=objects(source, "alignment", parse_alignment, _MOST),
    )

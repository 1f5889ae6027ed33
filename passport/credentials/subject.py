"""AchievementSubject: who achieved it, how and when (Open Badges 3.0, section B.1.2), and its results."""

from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.credentials.achievement import Achievement, Alignment, parse_achievement, parse_alignment
from passport.credentials.profile import Profile, parse_profile
from passport.credentials.reading import (
    mapping,
    objects,
    optional_mapping,
    optional_moment,
    optional_text,
    optional_url,
    types,
)
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome. `result_description` and `achieved_level` are identifiers in the achievement."""

    value: str | None = None
    status: str | None = None
    achieved_level: str | None = None
    result_description: str | None = None
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class AchievementSubject:
    """`id` is the person's DID; `source` is who assessed for the issuer."""

    id: str | None
    achievement: Achievement
    source: Profile | None = None
    role: str | None = None
    activity_start: datetime | None = None
    activity_end: datetime | None = None
    results: tuple[Result, ...] = ()
    license_number: str | None = None
    narrative: str | None = None


def parse_subject(document: JsonObject) -> AchievementSubject:
    """The one `credentialSubject` of an Open Badge."""
    subject = mapping(document, "credentialSubject")
    types(subject, "AchievementSubject")
    source = optional_mapping(subject, "source")
    return AchievementSubject(
        id=optional_url(subject, "id"),
        achievement=parse_achievement(mapping(subject, "achievement")),
        source=None if source is None else parse_profile(source),
        role=optional_text(subject, "role"),
        activity_start=optional_moment(subject, "activityStartDate"),
        activity_end=optional_moment(subject, "activityEndDate"),
        results=objects(subject, "result", _parse_result, limits.CREDENTIAL.array),
        license_number=optional_text(subject, "licenseNumber"),
        narrative=optional_text(subject, "narrative"),
    )


def _parse_result(source: JsonObject) -> Result:
    types(source, "Result")
    return Result(
        value=optional_text(source, "value"),
        status=optional_text(source, "status"),
        achieved_level=optional_text(source, "achievedLevel"),
        result_description=optional_text(source, "resultDescription"),
        alignments=objects(source, "alignment", parse_alignment, limits.CREDENTIAL.array),
    )

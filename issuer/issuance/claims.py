"""What a credential will say of its holder, in the words of Open Badges 3.0."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from issuer.achievements.requests import Iri, Name, Ob3, Text
from issuer.errors import PeriodReversed
from passport import limits
from passport.web.body import Moment

_MOMENTS = ("valid_from", "valid_until", "activity_start_date", "activity_end_date")


class NewEvidence(Ob3):
    """Evidence; `file` names a file that was sent before, whose digest then stands in the credential."""

    file: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None
    name: Name | None = None
    description: Text | None = None
    genre: Name | None = None
    narrative: Text | None = None


class NewResult(Ob3):
    result_description: Iri | None = None
    value: Name | None = None
    achieved_level: Iri | None = None
    status: Name | None = None


class NewOrganisation(Ob3):
    """Who an assessor works for (Profile.parentOrg)."""

    id: Iri
    name: Name | None = None
    type: list[Name] = Field(default_factory=lambda: ["Profile"], frozen=True, max_length=1)


class NewSource(Ob3):
    """Who assessed for the issuer (AchievementSubject.source)."""

    id: Iri
    name: Name | None = None
    url: Iri | None = None
    parent_org: NewOrganisation | None = None


class BuiltOn(Ob3):
    """A credential that this one builds on: its id, and the digest of what its issuer signed."""

    id: Iri
    digest_multibase: Annotated[str, Field(min_length=1, max_length=128)]
    media_type: Annotated[str, Field(min_length=1, max_length=64)] = "application/vc"
    name: Name | None = None
    genre: Name | None = None


class Claims(Ob3):
    """Everything about a credential but who it is for."""

    achievement: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    valid_from: Moment | None = None
    valid_until: Moment | None = None
    role: Name | None = None
    activity_start_date: Moment | None = None
    activity_end_date: Moment | None = None
    evidence: list[NewEvidence] = Field(default_factory=list, max_length=limits.DOCUMENT.evidence)
    result: list[NewResult] = Field(default_factory=list, max_length=32)
    source: NewSource | None = None
    license_number: Name | None = None
    """The number in a register, of an achievement of the type License or Certification."""
    builds_on: Annotated[list[BuiltOn], Field(max_length=limits.DOCUMENT.credentials)] | None = None

    def check(self) -> None:
        """Raises PeriodReversed."""
        for start, end in (
            (self.valid_from, self.valid_until),
            (self.activity_start_date, self.activity_end_date),
        ):
            if start is not None and end is not None and end < start:
                raise PeriodReversed

    @property
    def files(self) -> list[str]:
        return [item.file for item in self.evidence if item.file is not None]

    def stored(self) -> bytes:
        """For a record; `restored` reads it again. What a request says besides the claims is not in it."""
        return self.model_dump_json(include=set(Claims.model_fields), by_alias=False).encode()

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> "Claims":
        return cls.model_construct(
            **{
                **stored,
                **{name: _moment(stored[name]) for name in _MOMENTS},
                "evidence": [NewEvidence.model_construct(**item) for item in stored["evidence"]],
                "result": [NewResult.model_construct(**item) for item in stored["result"]],
                "source": None if stored["source"] is None else _source(stored["source"]),
                "builds_on": [BuiltOn.model_construct(**item) for item in stored.get("builds_on") or ()]
                or None,
            }
        )


def _moment(stored: str | datetime | None) -> datetime | None:
    return datetime.fromisoformat(stored) if isinstance(stored, str) else stored


def _source(stored: dict[str, Any]) -> NewSource:
    parent = stored.get("parent_org")
    return NewSource.model_construct(
        **{**stored, "parent_org": None if parent is None else NewOrganisation.model_construct(**parent)}
    )

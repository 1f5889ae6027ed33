"""What staff send to move a case: one closed form for every move, of which each move needs its own part."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from issuer.validation.intake import Text
from issuer.validation.limits import CASE
from issuer.validation.phases import Move
from passport.web import Body
from passport.web.body import Moment


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]
Number = Annotated[int, Field(ge=0, lt=CASE.skills)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]

AnyMove = Annotated[Move, Field(strict=False)]
"""Any of them: that the holder's moves are not the staff's, the table of phases says."""


class IdentificationBody(Body):
    """How it was made sure who the person is. No number of a document is asked for, and none is kept."""

    method: Literal["in-person", "video", "electronic-identity", "known-to-organisation"]
    on: Day


class JudgementBody(Body):
    """The result for one skill."""

    skill: Number
    result: Literal["met", "not-met", "not-assessed"]
    level: Annotated[str, Field(max_length=64)] | None = None
    """One of the rubric's, where it is met."""
    reason: Text = ""


class AssessmentBody(Body):
    method: Literal["assessment", "validation", "examination"]
    how: Annotated[str, Field(min_length=1, max_length=CASE.message)]
    """In words: what was done, seen and asked. It stands in the credential."""
    on: Day
    independent: bool
    """The declaration of independence, which stands in the credential with the assessor's name."""
    results: Annotated[list[JudgementBody], Field(min_length=1, max_length=CASE.skills)]
    files: Annotated[list[Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]], Field(max_length=CASE.files)] = (
        Field(default_factory=list)
    )
    """The assessor's own files, by the ids under which they were sent to `evidence` of the case."""
    valid_until: Moment | None = Field(default=None, alias="validUntil")


class MoveBody(Body):
    move: AnyMove
    revision: int | None = None
    """The revision that was looked at; if the case changed since, nothing happens."""
    note: Text = ""
    """Why. Everybody on the case can read it; why it was declined or sent back, the worker too."""
    skills: list[Number] = Field(default_factory=list, max_length=CASE.skills)
    """For `decline`: which ones; without, all of them."""
    account: Id | None = None
    """For `appoint-adviser` and `appoint-assessor`."""
    identification: IdentificationBody | None = None
    assessment: AssessmentBody | None = None


class AppealBody(Body):
    message: Annotated[str, Field(min_length=1, max_length=CASE.message)]
    skills: list[Number] = Field(default_factory=list, max_length=CASE.skills)


class StaffBody(Body):
    """What an account may do in validations."""

    roles: Annotated[list[Literal["adviser", "assessor", "coordinator"]], Field(max_length=3)]
    name: Annotated[str, Field(min_length=1, max_length=256)]
    email: Annotated[str, Field(max_length=254)] | None = None
    profile: Annotated[str, Field(max_length=1_024)] | None = None
    """An assessor's own identifier: a DID or an https address."""
    employer: Annotated[str, Field(max_length=1_024)] | None = None
    """Whom the assessor works for, where that is not this organisation."""
    employer_name: Annotated[str, Field(max_length=256)] | None = Field(default=None, alias="employerName")


class LevelBody(Body):
    level: Annotated[str, Field(pattern=r"^\d{1,3}$")]
    name: Annotated[str, Field(min_length=1, max_length=256)]
    description: Annotated[str, Field(max_length=1_000)] | None = None


Days = Annotated[int, Field(ge=1, le=730)]


class SettingsBody(Body):
    """How the organisation validates; what is left out keeps its default."""

    language: Literal["nl", "en"] = "nl"
    """Of what stands in credentials."""
    preparation: Days = 7
    identification: Days = 14
    documentation: Days = 42
    assessment: Days = 28
    certification: Days = 7
    appeal_days: Annotated[int, Field(ge=1, le=365, alias="appealDays")] = 42
    file_days: Annotated[int, Field(ge=0, le=730, alias="fileDays")] = 30
    case_days: Annotated[int, Field(ge=30, le=3_650, alias="caseDays")] = 730
    rubric: Annotated[list[LevelBody], Field(min_length=1, max_length=CASE.levels)] | None = None

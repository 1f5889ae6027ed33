"""An assessment as the assessor records it: checked against the case, sealed, and read again to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from issuer.errors import UnknownEvidence
from issuer.evidence.records import EvidenceFile
from issuer.validation.bodies import AssessmentBody, JudgementBody
from issuer.validation.errors import (
    DateInTheFuture,
    EvidenceOfAssessmentMissing,
    JudgementMissing,
    MustBeLater,
    UnknownLevel,
)
from issuer.validation.records import Outcome, RubricLevel, ValidationSettings
from passport.json import JsonObject, dump

OUTCOMES = {
    "met": Outcome.RECOGNISED,
    "not-met": Outcome.NOT_RECOGNISED,
    "not-assessed": Outcome.NOT_ASSESSED,
}


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was recorded, with the skills by their numbers in the case, and the rubric of that day."""

    body: AssessmentBody
    rubric: tuple[RubricLevel, ...]

    @property
    def judgements(self) -> dict[int, JudgementBody]:
        return {each.skill: each for each in self.body.results}

    def outcome(self, skill: int) -> Outcome:
        return OUTCOMES[self.judgements[skill].result]

    @property
    def met(self) -> list[JudgementBody]:
        return sorted(
            (each for each in self.body.results if each.result == "met"), key=lambda each: each.skill
        )

    def to_json(self) -> JsonObject:
        return {
            "assessment": self.body.model_dump(mode="json", by_alias=True, exclude_none=True),
            "rubric": [each.model_dump(exclude_none=True) for each in self.rubric],
        }


def read_assessment(stored: JsonObject) -> Assessed:
    body = AssessmentBody.model_validate_json(dump(stored["assessment"]))
    return Assessed(body, tuple(RubricLevel(**each) for each in stored["rubric"]))


async def check_assessment(
    body: AssessmentBody, skills: Sequence[int], settings: ValidationSettings, slug: str, now: datetime
) -> Assessed:
    """Every skill has one result, with a level of the rubric where it is met and a reason where it is not.

    Raises:
        JudgementMissing, UnknownLevel, DateInTheFuture, MustBeLater, EvidenceOfAssessmentMissing
    """
    if sorted(each.skill for each in body.results) != sorted(skills):
        raise JudgementMissing
    levels = {each.level for each in settings.rubric}
    for each in body.results:
        if each.result == "met" and each.level not in levels:
            raise UnknownLevel(field=f"level-{each.skill}")
        if each.result != "met" and (not each.reason.strip() or each.level is not None):
            raise JudgementMissing(field=f"reason-{each.skill}")
    if date.fromisoformat(body.on) > now.date():
        raise DateInTheFuture
    if body.valid_until is not None and body.valid_until <= now:
        raise MustBeLater
    try:
        for file in body.files:
            await EvidenceFile.find_or_fail(slug, file)
    except UnknownEvidence:
        raise EvidenceOfAssessmentMissing from None
    return Assessed(body, tuple(settings.rubric))

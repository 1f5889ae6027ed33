"""Answers of the self-assessment that are skills, as a source of the profile: soft, dated, with the level."""

from collections.abc import Iterator

from matching.intake.as_skills import WEIGHT, AnsweredSkill, skills_of_answers, why_answered
from matching.taxonomy.compact import Taxonomy
from wallet.core.intake_answers import Answer, answers_given, levels
from wallet.core.profile_skills import SkillSource, SourceKind
from wallet.core.wallet import Wallet


def from_assessment(wallet: Wallet, taxonomy: Taxonomy) -> Iterator[SkillSource]:
    """The skills that the answers name: the person says so, nobody saw it, and it counts little.

    The whole pattern of the answers is another thing: `wallet.core.matches.match_with_answers`.
    """
    given = {answer.item: answer for answer in answers_given(wallet)}
    for one in skills_of_answers(levels(wallet)):
        if one.skill in taxonomy.skills:
            yield _source(one, given[one.item], taxonomy)


def _source(one: AnsweredSkill, answer: Answer, taxonomy: Taxonomy) -> SkillSource:
    return SkillSource(
        skill=one.skill,
        label=taxonomy.label(one.skill, "nl"),
        kind=SourceKind.ASSESSED,
        name="",
        weight=WEIGHT,
        at=answer.at,
        level=one.level,
        reasons=(why_answered(one, answer.at.year),),
        record=one.item,
    )

"""From a decision to a credential: achievement, report, offer. Each under an id made from the case.

The decision stands in the case before anything is made (`pending`), so after a crash the same is made once
more by whoever looks next, and nothing is made twice. Skills that were not recognised appear nowhere in it.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from issuer.achievements.manage import create_achievement
from issuer.achievements.records import AchievementRecord
from issuer.achievements.requests import NewAchievement
from issuer.errors import ChangedMeanwhile
from issuer.evidence.manage import keep_evidence
from issuer.issuance.claims import Claims
from issuer.limits import OFFER
from issuer.offers.manage import make_offer
from issuer.organisations.records import Account
from issuer.service import Service
from issuer.validation.assessment import Assessed, read_assessment
from issuer.validation.built_on import built_on
from issuer.validation.content import examined, opened
from issuer.validation.independence import AssessorProfile
from issuer.validation.records import (
    AssessmentEntry,
    Case,
    IssuedEntry,
    SkillState,
    ValidationSettings,
)
from issuer.validation.staff import settings_of
from issuer.validation.words import WORDS, Words
from passport.json import JsonObject, dump

NOT_INDEPENDENT = "evidence-strength:semi-hard"
"""The tag by which whoever signs calls its proof weaker (docs/evidence.md): it lowers, and never raises."""
_NAME = 200
"""Characters of a skill's name: with the words around it it must fit in a name."""


async def settle(service: Service, case: Case) -> Case:
    """Make what was decided and is not there yet. Again, or at the same time, gives the same."""
    if case.pending is None:
        return case
    entry = next(each for each in case.assessments if each.round == case.pending)
    stored = opened(service.master, case).assessment(entry)
    actor = await Account.get(entry.assessor)
    if stored is None or actor is None:
        return case
    declared = AssessorProfile(**stored["assessor"])
    issued = await _make(service, case, Decision(entry, read_assessment(stored), actor, declared))
    service.faults.reach("case-offered")
    ends = [each.valid_until for each in (*case.issued, issued) if each.valid_until is not None]
    values = {
        "pending": None,
        "issued": [*case.issued, issued],
        "expires_at": min(ends, default=None),
    }
    try:
        return await case.change(values)
    except ChangedMeanwhile:
        return await Case.find_or_fail(case.organisation, case.id)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an assessor decided, and who that is."""

    entry: AssessmentEntry
    assessed: Assessed
    actor: Account
    assessor: AssessorProfile
    """As they declared it: who changes the staff afterwards puts nobody else's name under it."""


async def _make(service: Service, case: Case, decision: Decision) -> IssuedEntry:
    entry, assessed, actor = decision.entry, decision.assessed, decision.actor
    settings = await settings_of(case.organisation)
    words, assessor = WORDS[settings.language], decision.assessor
    new = _achievement(case, assessed, settings, words)
    once = hashlib.sha256(dump(new.members())).hexdigest()
    achievement = await create_achievement(service, actor, new, f"validation {once}")
    service.faults.reach("case-achievement")
    report = await keep_evidence(
        service,
        actor,
        dump(_report(case, assessed, assessor, words)),
        "application/json",
        f"validation {case.id} {entry.round}",
    )
    service.faults.reach("case-report")
    claims = Claims.model_validate(
        {
            "achievement": achievement.id,
            "evidence": _evidence(assessed, report.id, words),
            "result": _results(assessed, achievement),
            "source": {
                "id": assessor.id,
                "name": assessor.name,
                "parentOrg": {"id": assessor.employer, "name": assessor.employer_name},
            },
            "buildsOn": await _builds_on(service, case, assessed, words),
        }
    )
    moments = {
        "valid_from": entry.at,
        "valid_until": assessed.body.valid_until,
        "activity_end_date": datetime.fromisoformat(assessed.body.on).replace(tzinfo=UTC),
    }
    claims = claims.model_copy(update=moments)
    offer = await make_offer(
        service,
        actor,
        claims,
        subject=case.holder,
        tx_code=False,
        expires_in=OFFER.longest,
        idempotency_key=f"validation {case.id} {entry.round}",
    )
    return IssuedEntry(
        round=entry.round, offer=offer.id, achievement=achievement.id, valid_until=assessed.body.valid_until
    )


def _achievement(
    case: Case, assessed: Assessed, settings: ValidationSettings, words: Words
) -> NewAchievement:
    """The recognised skills, each with the rubric. For the same skills of others it is the same one."""
    alignments: list[JsonObject] = [_alignment(case.skills[each.skill]) for each in assessed.met]
    levels = [each.model_dump(exclude_none=True) for each in assessed.rubric]
    members: JsonObject = {
        "name": words.name,
        "description": words.description.format(skills=", ".join(each["targetName"] for each in alignments)),
        "criteria": {"narrative": words.criteria},
        "achievementType": "Assessment",
        "inLanguage": settings.language,
        "alignment": alignments,
        "resultDescription": [
            {
                "name": words.result.format(skill=each["targetName"]),
                "resultType": "RubricCriterionLevel",
                "rubricCriterionLevel": levels,
                "alignment": [each],
            }
            for each in alignments
        ],
    }
    if not assessed.body.independent:
        members["tag"] = [NOT_INDEPENDENT]
    return NewAchievement.model_validate(members)


def _alignment(skill: SkillState) -> JsonObject:
    found = {
        "targetUrl": skill.skill,
        "targetName": skill.name[:_NAME],
        "targetFramework": skill.framework,
        "targetType": skill.type,
    }
    return {name: value for name, value in found.items() if value is not None}


def _evidence(assessed: Assessed, report: str, words: Words) -> list[JsonObject]:
    genre = assessed.body.method
    own = [
        {"file": file, "name": words.own_file, "genre": genre} for file in dict.fromkeys(assessed.body.files)
    ]
    said = {"file": report, "name": words.report, "genre": genre, "narrative": _narrative(assessed, words)}
    return [said, *own]


def _results(assessed: Assessed, achievement: AchievementRecord) -> list[JsonObject]:
    places = {each.level: number for number, each in enumerate(assessed.rubric)}
    return [
        {
            "resultDescription": described["id"],
            "achievedLevel": described["rubricCriterionLevel"][places[judged.level or ""]]["id"],
            "status": "Completed",
        }
        for judged, described in zip(assessed.met, achievement.document["resultDescription"], strict=True)
    ]


def _narrative(assessed: Assessed, words: Words) -> str:
    declared = words.independent if assessed.body.independent else words.not_independent
    return f"{assessed.body.how}\n\n{declared}"


def _report(case: Case, assessed: Assessed, assessor: AssessorProfile, words: Words) -> JsonObject:
    """The record that the badge binds: what was done, by whom, with which rubric and result."""
    return {
        "title": words.report,
        "method": assessed.body.method,
        "how": assessed.body.how,
        "on": assessed.body.on,
        "assessor": {"id": assessor.id, "name": assessor.name},
        "parentOrg": {"id": assessor.employer, "name": assessor.employer_name},
        "declaration": words.independent if assessed.body.independent else words.not_independent,
        "rubric": [each.model_dump(exclude_none=True) for each in assessed.rubric],
        "results": [
            {
                "skill": case.skills[each.skill].skill,
                "name": case.skills[each.skill].name,
                "level": each.level or "",
                **({"reason": each.reason} if each.reason else {}),
            }
            for each in assessed.met
        ],
        "identifiedBy": "" if case.identification is None else case.identification.method,
    }


async def _builds_on(
    service: Service, case: Case, assessed: Assessed, words: Words
) -> list[JsonObject] | None:
    skills = {case.skills[each.skill].skill for each in assessed.met}
    sources = await opened(service.master, case).credentials()
    return built_on(sources, await examined(service, case), case.holder, skills, words) or None

"""The one report on proof: the reasons of the core as plain JSON, the same for verifier, wallet and assessor.

Codes and values, no sentences: `passport.evidence.sentences` adds those in the language of who reads it, and
`passport.evidence.picture` draws the same. docs/reports.md describes every member.
"""

from collections.abc import Iterable
from datetime import datetime

from passport.answers import Reason
from passport.clock import format_datetime
from passport.evidence.codes import EvidenceCode
from passport.evidence.link import Link, SkillEvidence, Step
from passport.evidence.policy import DemandResult
from passport.json import JsonObject

_RECOGNISED, _CLASS, _NAME = "evidence.recognised.", "evidence.recognised_class.", "class."


def write_skills(evidence: Iterable[SkillEvidence]) -> list[JsonObject]:
    """What was weighed, in its order."""
    return [write_skill(skill) for skill in evidence]


def write_skill(skill: SkillEvidence) -> JsonObject:
    """One skill: how well it is proven, by what, why, and what would raise it."""
    return {
        "skill": skill.skill,
        "label": skill.label,
        "framework": skill.framework,
        "strength": str(skill.strength),
        "answer": str(skill.answer),
        "strengthWithout": skill.strength_without and str(skill.strength_without),
        "obtained": _moment(skill.obtained),
        "level": skill.level,
        "signers": skill.signers,
        "recordCount": skill.records,
        "links": [_link(link) for link in skill.links],
        "reasons": write_reasons(skill.reasons),
        "raiseBy": write_reasons(skill.raise_by),
    }


def write_demands(results: Iterable[DemandResult]) -> list[JsonObject]:
    """What was asked: met, not met or cannot tell, in its order."""
    return [_demand(result) for result in results]


def write_reasons(reasons: Iterable[Reason]) -> list[JsonObject]:
    return [write_reason(reason) for reason in reasons]


def write_reason(reason: Reason) -> JsonObject:
    return {"code": reason.code, "values": dict(reason.values)}


def _link(link: Link) -> JsonObject:
    return {
        "credential": link.credential_id,
        "act": str(link.act),
        "issuer": {"id": link.issuer, "name": link.issuer_name},
        "rule": link.rule,
        "strength": link.ceiling and str(link.ceiling),
        "certain": link.certain and str(link.certain),
        "answer": str(link.answer),
        "method": link.method and str(link.method),
        "records": str(link.evidence_state),
        "recordCount": len(link.digests),
        "sameEvidence": link.same_evidence,
        "date": _moment(link.date),
        "ageMonths": link.age_months,
        "level": link.level,
        "standing": str(link.standing),
        "path": [_step(step) for step in link.path],
        "restsOn": list(link.rests_on),
        "recognisedAs": sorted(map(str, link.recognised_as)),
        "recognisedBy": _recognitions(link.reasons),
        "reasons": write_reasons(link.reasons),
        "raiseBy": write_reasons(link.raise_by),
    }


def _step(step: Step) -> JsonObject:
    return {
        "credential": step.credential_id,
        "act": str(step.act),
        "issuer": step.issuer_name,
        "method": step.method and str(step.method),
        "date": _moment(step.date),
        "answer": str(step.answer),
    }


def _recognitions(reasons: Iterable[Reason]) -> list[JsonObject]:
    """Which lists say so, on whose behalf, and how old they are; as the reasons have it."""
    found: list[JsonObject] = []
    for reason in reasons:
        if reason.code.startswith(_RECOGNISED):
            publisher, days = reason.values["publisher"], reason.values["days"]
            kind = reason.code.removeprefix(_RECOGNISED)
            found.append(
                {
                    "as": kind,
                    "class": None,
                    "publisher": publisher,
                    "listAgeDays": days,
                    "fresh": True,
                    "through": None,
                }
            )
        elif reason.code.startswith(_CLASS):
            found[-1]["class"] = _class(reason)
        elif reason.code == EvidenceCode.RECOGNISED_THROUGH:
            values = reason.values
            found[-1]["through"] = {"publisher": values["delegator"], "listAgeDays": values["days"]}
        elif reason.code == EvidenceCode.LIST_STALE:
            found[-1]["fresh"] = False
    return found


def _class(reason: Reason) -> JsonObject:
    """A list's own class, with its name in each language that the list has it in."""
    names = {key.removeprefix(_NAME): name for key, name in reason.values.items() if key.startswith(_NAME)}
    return {"id": reason.values["id"], "name": names}


def _demand(result: DemandResult) -> JsonObject:
    demand = result.demand
    return {
        "skill": demand.skill,
        "label": demand.label,
        "required": demand.required,
        "answer": str(result.answer),
        "strength": result.strength and str(result.strength),
        "minimumStrength": str(demand.minimum_strength),
        "level": demand.level,
        "maximumAgeMonths": demand.maximum_age_months,
        "acceptedRecognitions": sorted(map(str, demand.accepted_recognitions)),
        "acceptedIssuers": sorted(demand.accepted_issuers),
        "recordsShown": demand.records_shown,
        "ageMonths": result.age_months,
        "credential": result.credential_id,
        "reasons": write_reasons(result.reasons),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)

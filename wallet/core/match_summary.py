"""Matching as JSON for programs: places with words and intervals, what counts and why, function profiles."""

from collections.abc import Sequence

from matching.parts_of_score import Part, parts_of
from matching.score import rank
from matching.steadiness import Steadiness, steadiness
from matching.taxonomy.compact import Taxonomy
from passport.clock import format_datetime
from passport.json import JsonObject
from wallet.core.match_profiles import ProfileMatch
from wallet.core.plain_text import plain_name
from wallet.core.profile_skills import PersonProfile, ProfileSkill, SkillSource
from wallet.core.summary import Say, comparison_json, reason_json, reasons_json


def opened_json(person: PersonProfile, occupation: str, taxonomy: Taxonomy, language: str) -> JsonObject:
    """The place of an occupation with its interval, and the parts of its score; raises UnknownOccupation."""
    ranking = rank(person.weights, taxonomy)
    parts = parts_of(ranking.profile, occupation, taxonomy, language=language)
    steady = steadiness(person.weights, [occupation], taxonomy)
    return {
        "place": ranking.place_of(occupation),
        "score": round(ranking.score(occupation), 6),
        "interval": None if steady is None else interval_json(steady[0]),
        "parts": {"skills": _parts_json(parts.skills), "groups": _parts_json(parts.groups)},
    }


def interval_json(one: Steadiness) -> JsonObject:
    """Between which bounds a place and a score stay when a tenth of the profile is left out."""
    return {
        "best": one.best,
        "worst": one.worst,
        "lowest": round(one.lowest, 6),
        "highest": round(one.highest, 6),
    }


def person_json(person: PersonProfile, say: Say) -> JsonObject:
    return {"skills": [_skill_json(one, say) for one in person.skills], "leftOut": person.left_out}


def profile_match_json(one: ProfileMatch, say: Say) -> JsonObject:
    return {
        "id": one.kept.id,
        "name": one.name,
        "publisher": one.kept.profile.publisher,
        "publisherName": one.publisher,
        "version": one.kept.profile.version,
        "validUntil": format_datetime(one.kept.profile.valid_until),
        "answer": str(one.kept.answer),
        "reason": None if one.kept.reason is None else reason_json(one.kept.reason, say),
        "proven": one.proven,
        **comparison_json(one.comparison, say),
        "demands": [
            {
                "skill": result.demand.skill,
                "label": plain_name(result.demand.label),
                "required": result.demand.required,
                "answer": str(result.answer),
                "reasons": reasons_json(result.reasons, say),
            }
            for result in one.results
        ],
    }


def _parts_json(parts: Sequence[Part]) -> list[JsonObject]:
    return [{"id": part.iri, "label": part.label, "value": round(part.value, 9)} for part in parts]


def _skill_json(one: ProfileSkill, say: Say) -> JsonObject:
    fresh = one.freshness
    return {
        "skill": one.skill,
        "label": one.label,
        "weight": round(one.weight, 6),
        "level": one.level,
        "strength": str(one.strength),
        "answer": str(one.answer),
        "freshness": {
            "at": None if fresh.at is None else format_datetime(fresh.at),
            "months": fresh.months,
            "factor": round(fresh.factor, 6),
            "age": str(fresh.age),
        },
        "sources": [_source_json(source, say) for source in one.sources],
    }


def _source_json(source: SkillSource, say: Say) -> JsonObject:
    return {
        "kind": str(source.kind),
        "name": source.name,
        "weight": source.weight,
        "at": None if source.at is None else format_datetime(source.at),
        "level": source.level,
        "strength": str(source.strength),
        "answer": str(source.answer),
        "reasons": reasons_json(source.reasons, say),
    }

"""Intake as JSON: the same for the interface and the commands."""

from collections.abc import Callable

from matching.intake.past import derive
from matching.onet.model import Onet
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason
from passport.clock import format_datetime
from passport.json import JsonObject
from wallet.core.intake_answers import answers_given, fitting_work, how_far
from wallet.core.intake_pasts import KeptPast
from wallet.core.intake_skills import OwnSkill, own_skills
from wallet.core.intake_sources import from_intake
from wallet.core.intake_state import IntakeState, Part
from wallet.core.profile import put_together
from wallet.core.profile_skills import ProfileSkill
from wallet.core.wallet import Wallet

Say = Callable[[Reason], str]


def past_json(kept: KeptPast, taxonomy: Taxonomy, language: str, *, now: int) -> JsonObject:
    past = kept.past
    return {
        "id": past.id,
        "kind": str(past.kind),
        "title": past.title,
        "occupations": [
            {"occupation": each, "label": taxonomy.label(each, language)} for each in past.occupations
        ],
        "level": past.level,
        "since": past.since,
        "until": past.until,
        "at": format_datetime(kept.at),
        "skills": len(derive([past], taxonomy, now=now)),
    }


def skills_json(wallet: Wallet, taxonomy: Taxonomy, language: str, say: Say) -> JsonObject:
    """What follows from the past or was ticked, and what the person says not to have."""
    found = put_together(from_intake(wallet), wallet)
    return {
        "skills": [_skill(one, taxonomy, language, say) for one in found.skills],
        "not": [_said(one, taxonomy, language) for one in own_skills(wallet) if not one.mine],
    }


def state_json(state: IntakeState) -> JsonObject:
    return {"done": state.done, "of": len(state.parts), "parts": [_part(each) for each in state.parts]}


def result_json(wallet: Wallet, onet: Onet, taxonomy: Taxonomy, language: str) -> JsonObject:
    """The answers, how far they are, and the work that they fit."""
    far = how_far(wallet, onet)
    return {
        "answers": [
            {"item": each.item, "level": each.level, "at": format_datetime(each.at)}
            for each in answers_given(wallet)
        ],
        "enough": far.enough,
        "left": far.left,
        "work": [
            {
                "place": one.place,
                "title": one.title,
                "difference": one.difference,
                "occupations": [
                    {"occupation": iri, "label": taxonomy.label(iri, language), "match": str(match)}
                    for iri, match in one.esco
                ],
            }
            for one in fitting_work(wallet, onet)
        ],
        "attribution": list(onet.attribution),
    }


def _part(part: Part) -> JsonObject:
    return {
        "part": part.code,
        "section": str(part.section),
        "count": part.count,
        "at": None if part.at is None else format_datetime(part.at),
        "old": part.old,
    }


def _skill(one: ProfileSkill, taxonomy: Taxonomy, language: str, say: Say) -> JsonObject:
    fresh = one.freshness
    return {
        "skill": one.skill,
        "label": taxonomy.label(one.skill, language),
        "kind": str(one.kind),
        "weight": round(one.weight, 4),
        "level": one.level,
        "lastUsed": None if fresh.at is None else format_datetime(fresh.at),
        "age": str(fresh.age),
        "reasons": [
            {"code": code, "text": text}
            for code, text in dict.fromkeys(
                (each.code, say(each)) for source in one.sources for each in source.reasons
            )
        ],
    }


def _said(one: OwnSkill, taxonomy: Taxonomy, language: str) -> JsonObject:
    return {
        "skill": one.skill,
        "label": taxonomy.label(one.skill, language),
        "at": format_datetime(one.at),
    }

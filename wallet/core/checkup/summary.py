"""Check-ups as JSON for programs."""

from matching.checkup.due import Due
from matching.checkup.proven import grouped
from matching.checkup.snapshot import Action, write_snapshot
from matching.market.in_skills import in_skills, work_asked
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason
from passport.clock import format_datetime
from passport.json import JsonObject
from wallet.core.checkup.kept import KeptCheckUp
from wallet.core.checkup.looking import CheckUp
from wallet.core.summary import Say


def due_json(one: Due) -> JsonObject:
    return {
        "day": one.day.isoformat(),
        "state": str(one.state),
        "remind": one.remind,
        "until": None if one.until is None else one.until.isoformat(),
    }


def kept_json(one: KeptCheckUp) -> JsonObject:
    return {
        "id": one.id,
        "made": format_datetime(one.snapshot.made),
        "signatureHolds": str(one.signed),
        "actions": len(one.snapshot.actions),
    }


def found_json(one: CheckUp, taxonomy: Taxonomy, say: Say) -> JsonObject:
    """What is found today: the snapshot as it would be kept, demand in skills, and what is suggested."""
    here = {each.skill for each in one.snapshot.skills}
    asked = in_skills([work_asked(each.outlook) for each in one.work], taxonomy)
    return {
        "snapshot": write_snapshot(one.snapshot),
        "groups": {str(group): len(each) for group, each in grouped(one.snapshot.skills).items()},
        "asked": [
            {
                "skill": each.skill,
                "here": each.skill in here,
                "occupations": each.occupations,
                "vacancies": each.vacancies,
            }
            for each in asked
        ]
        if one.snapshot.market is not None
        else [],
        "last": None if one.last is None else one.last.id,
        "suggestions": [action_text(each, say) for each in one.suggested],
    }


def action_text(one: Action, say: Say) -> str:
    return one.words or say(Reason(one.code, dict(one.values or {})))

"""Diplomas, what follows from them, and licences, as JSON for programs."""

from collections.abc import Sequence

from passport.clock import format_datetime
from passport.evidence.derived import DerivedSkill
from passport.json import JsonObject
from wallet.core.imported import Imported
from wallet.core.licences import Licence
from wallet.core.summary import Say, reasons_json


def imported_json(one: Imported, offered: Sequence[DerivedSkill], say: Say) -> JsonObject:
    """`checked` is never true: a scan or a foreign seal can't be checked here."""
    return {
        "id": one.id,
        "evidence": one.evidence_id,
        "title": one.title,
        "institution": one.institution,
        "date": None if one.date is None else format_datetime(one.date),
        "qualification": one.qualification,
        "route": None if one.route is None else str(one.route),
        "mediaType": one.media_type,
        "digestMultibase": one.digest,
        "checked": False,
        "seal": None if one.european is None else str(one.european.seal),
        "offered": offered_json(offered, say),
    }


def offered_json(offered: Sequence[DerivedSkill], say: Say) -> list[JsonObject]:
    return [
        {
            "skill": each.skill,
            "label": each.name,
            "framework": each.framework,
            "named": each.sure,
            "reasons": reasons_json(each.reasons, say),
        }
        for each in offered
    ]


def licence_json(each: Licence) -> JsonObject:
    return {
        "id": each.id,
        "name": each.name,
        "issuer": each.issuer,
        "number": each.number,
        "validUntil": None if each.valid_until is None else format_datetime(each.valid_until),
        "daysLeft": each.days_left,
        "state": str(each.state),
        "duty": each.duty,
    }

"""Differences between releases as JSON, for the command line and the wallet's interface."""

from matching.texts import render
from matching.upgrade.changes import Changed, ReleaseDiff
from matching.upgrade.personal import PersonalDiff
from passport.json import JsonObject
from passport.texts import Language


def release_json(found: ReleaseDiff) -> JsonObject:
    return {
        "older": found.older,
        "newer": found.newer,
        "counts": found.counts(),
        "occupations": [_changed_json(one) for one in found.occupations],
        "skills": [_changed_json(one) for one in found.skills],
        "occupationsAskingOtherwise": len(found.needs),
        "relationsChanged": sum(map(len, found.needs.values())),
    }


def _changed_json(one: Changed) -> JsonObject:
    value = {
        "fate": str(one.fate),
        "id": one.iri,
        "label": one.label,
        "before": one.before,
        "into": one.into,
        "intoLabel": one.into_label,
    }
    return {name: said for name, said in value.items() if said}


def personal_json(found: PersonalDiff, language: Language) -> JsonObject:
    return {
        "older": found.release.older,
        "newer": found.release.newer,
        "stage": str(found.stage),
        "counted": {"before": found.counted_before, "after": found.counted_after},
        "skills": [_changed_json(one) for one in found.skills],
        "occupations": [
            {
                "occupation": work.occupation,
                "label": work.label,
                "before": work.before,
                "after": work.after,
                "sentences": [render(reason, language) for reason in work.reasons],
            }
            for work in found.works
        ],
        "sentences": [render(reason, language) for reason in found.reasons],
    }

"""The form for a function profile: what was typed becomes the JSON that experts write, and back."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from matching.starting import StartingSkill
from passport.evidence import Strength
from passport.evidence.demand import MOST_DEMANDS, Purpose
from passport.json import JsonObject
from passport.trust import Recognition

LEVELS = tuple(range(1, 9))
"""As NLQF and EQF count."""
_KEY = re.compile(r"[^a-z0-9]+")
_KEY_LENGTH = 64
_KEPT = ("occupation", "taxonomy")
"""Parts of a profile that the form carries along."""


_USUAL: JsonObject = {"required": True, "minimumStrength": str(Strength.SOFT)}
"""Of a demand that does not say it."""


def draft_of(form: Mapping[str, str]) -> JsonObject:
    """The draft that a form holds: its own fields, and a row for each skill."""
    count = min(int(form.get("count", "0")) if form.get("count", "0").isdecimal() else 0, MOST_DEMANDS)
    rows = [_row(form, number) for number in range(count) if form.get(f"skill-{number}")]
    name = {language: text for language in ("nl", "en") if (text := form.get(f"name-{language}", "").strip())}
    kept = {part: text for part in _KEPT if (text := form.get(part, "").strip())}
    return {
        **kept,
        "key": form.get("key", "").strip() or key_of(next(iter(name.values()), "")),
        "name": name,
        "purpose": form.get("purpose", Purpose.LABOUR_MARKET.value),
        "demands": rows,
    }


def draft_from(document: JsonObject) -> JsonObject:
    """What can be changed of a published profile, or of a draft as JSON; the rest is made when it is signed.

    Parts that are no profile's are left out: the form shows what it can read, and publishing checks it all.
    """
    said = document.get("name")
    name = (
        {one: text for one, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}
    )
    asked = document.get("demands")
    rows = [_USUAL | row for row in asked if _is_row(row)] if isinstance(asked, list) else []
    key = document.get("key") or str(document.get("id", "")).rpartition("/profiles/")[2].partition("/")[0]
    return {
        **{part: document[part] for part in _KEPT if isinstance(document.get(part), str)},
        "key": key if isinstance(key, str) else "",
        "name": name,
        "purpose": document.get("purpose", Purpose.LABOUR_MARKET.value),
        "demands": rows[:MOST_DEMANDS],
    }


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and all(isinstance(row.get(part), str) for part in ("skill", "label"))
        and all(isinstance(row.get(part, {}), dict) for part in ("labels",))
        and all(isinstance(row.get(part, []), list) for part in ("acceptedRecognitions", "acceptedIssuers"))
    )


def from_occupation(
    draft: JsonObject, occupation: str, name: Mapping[str, str], skills: Sequence[StartingSkill]
) -> JsonObject:
    """The draft with what an occupation needs besides, and its name where it has none."""
    started = draft | {"occupation": occupation, "name": draft["name"] or dict(name)}
    for one in skills:
        started = with_skill(started, one.skill, one.labels, required=one.required)
    return started | {"key": started["key"] or key_of(next(iter(started["name"].values()), ""))}


def with_skill(
    draft: JsonObject, skill: str, labels: Mapping[str, str], *, required: bool = True
) -> JsonObject:
    """The draft with one more skill, once; it asks for soft evidence until somebody chooses more."""
    if any(row["skill"] == skill for row in draft["demands"]) or len(draft["demands"]) >= MOST_DEMANDS:
        return draft
    label = next(iter(labels.values()))
    row = {
        "skill": skill,
        "label": label,
        "labels": dict(labels),
        "required": required,
        "minimumStrength": str(Strength.SOFT),
    }
    return draft | {"demands": [*draft["demands"], row]}


def without_skill(draft: JsonObject, number: int) -> JsonObject:
    return draft | {"demands": [row for place, row in enumerate(draft["demands"]) if place != number]}


def key_of(name: str) -> str:
    """A short name for addresses, made from the name: `Lasser (MAG)` to `lasser-mag`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _KEY.sub("-", plain)[:_KEY_LENGTH].strip("-")


def _row(form: Mapping[str, str], number: int) -> JsonObject:
    def said(name: str) -> str:
        return form.get(f"{name}-{number}", "").strip()

    row: dict[str, Any] = {
        "skill": said("skill"),
        "label": said("label"),
        "required": said("required") == "yes",
        "minimumStrength": said("strength") or str(Strength.SOFT),
    }
    labels = {language: text for language in ("nl", "en") if (text := said(f"label-{language}"))}
    accepted: Sequence[str] = [each.value for each in Recognition if said(f"by-{each.value}") == "yes"]
    row |= {"labels": labels} if labels else {}
    row |= {"level": int(said("level"))} if said("level").isdecimal() else {}
    row |= {"maximumAgeMonths": int(said("age"))} if said("age").isdecimal() else {}
    row |= {"acceptedRecognitions": list(accepted)} if accepted else {}
    row |= {"acceptedIssuers": said("issuers").split()} if said("issuers") else {}
    row |= {"recordsShown": True} if said("records") == "yes" else {}
    return row

"""Skills from a file: a JSON list of IRIs, or a wallet's export with weights and strengths."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import SkillsFileUnreadable, TooManySkills
from matching.limits import PROFILE
from passport.errors import Invalid, TooLarge
from passport.json import parse_json
from passport.limits import JsonLimits

_JSON = JsonLimits(size=4_194_304, depth=8, array=16 * PROFILE.skills, string=2_048)
_NAMES = ("skill", "iri", "targetUrl", "id")
"""What the members are called in a wallet's export, in an Alignment and in a list of concepts."""


@dataclass(frozen=True, slots=True)
class ListedSkills:
    weights: Mapping[str, float]
    strengths: Mapping[str, str]


def parse_skills(data: bytes) -> ListedSkills:
    """Read a list of IRIs, a list of objects, or an object with such a list under `skills`.

    An object names its skill as `skill`, `iri`, `targetUrl` or `id`, and may have `weight` and `strength`.

    Raises SkillsFileUnreadable, TooManySkills.
    """
    try:
        value = parse_json(data, _JSON)
    except TooLarge:
        raise TooManySkills(limit=PROFILE.skills) from None
    except Invalid:
        raise SkillsFileUnreadable from None
    listed: Any = value.get("skills") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise SkillsFileUnreadable
    if len(listed) > PROFILE.skills:
        raise TooManySkills(limit=PROFILE.skills)
    weights: dict[str, float] = {}
    strengths: dict[str, str] = {}
    for entry in listed:
        skill, weight, strength = _entry(entry)
        weights[skill] = max(weight, weights.get(skill, 0.0))
        if strength:
            strengths[skill] = strength
    return ListedSkills(weights, strengths)


def _entry(entry: object) -> tuple[str, float, str]:
    if isinstance(entry, str):
        return entry, 1.0, ""
    if not isinstance(entry, dict):
        raise SkillsFileUnreadable
    skill = next((entry[name] for name in _NAMES if name in entry), None)
    weight, strength = entry.get("weight", 1.0), entry.get("strength") or ""
    if not isinstance(skill, str) or not isinstance(strength, str):
        raise SkillsFileUnreadable
    if isinstance(weight, bool) or not isinstance(weight, (int, float)):
        raise SkillsFileUnreadable
    return skill, float(weight), strength

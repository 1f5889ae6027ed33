"""The Achievement as it stands in credentials and at its own address."""

import uuid

from issuer.achievements.requests import NewAchievement
from passport.credentials.achievement import parse_achievement
from passport.json import JsonObject


def achievement_document(new: NewAchievement, *, url: str) -> JsonObject:
    """Give the achievement, its result descriptions and their levels their ids.

    Ids are made from the achievement's address, so that a retry of the same request makes the same document.

    Raises:
        Invalid: of passport.errors.credentials: it would not be a readable badge.
    """
    members = new.members()
    del members["suspendable"]
    for number, described in enumerate(members.get("resultDescription", [])):
        described["id"] = _urn(url, "result", number)
        described["type"] = ["ResultDescription"]
        for place, level in enumerate(described.get("rubricCriterionLevel", [])):
            level["id"] = _urn(url, f"result/{number}/level", place)
            level["type"] = ["RubricCriterionLevel"]
        for alignment in described.get("alignment", []):
            alignment["type"] = ["Alignment"]
    for alignment in members.get("alignment", []):
        alignment["type"] = ["Alignment"]
    document: JsonObject = {"id": url, "type": ["Achievement"], **members}
    parse_achievement(document)
    return document


def _urn(url: str, kind: str, number: int) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{url}/{kind}/{number}").urn

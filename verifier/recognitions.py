"""Who recognises the issuer of a credential, through whom, how old that word is, and for what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from passport.answers import Answer
from passport.credentials import Credential
from passport.trust import RecognitionFound, TrustStore


def recognitions_of(credential: Credential, trust: TrustStore, now: datetime) -> tuple[RecognitionFound, ...]:
    """What the issuer is recognised as, for this achievement, on the lists that are in use."""
    achievement = credential.subject.achievement
    return trust.recognitions(
        credential.issuer.id,
        now,
        achievement=achievement.id,
        skills=[alignment.target_url for alignment in achievement.alignments],
    )


def may_award(credential: Credential, trust: TrustStore, now: datetime) -> Answer | None:
    """Whether the lists let this issuer award this achievement; None where they don't know it.

    Cannot tell where only a list says so that is past its date.
    """
    found = recognitions_of(credential, trust, now)
    if found:
        return Answer.YES if any(each.fresh for each in found) else Answer.CANNOT_TELL
    return Answer.NO if trust.ever(credential.issuer.id) else None


def recognitions_content(found: Sequence[RecognitionFound]) -> list[dict[str, Any]]:
    return [
        {
            "recognition": str(each.recognition),
            "class": None if each.named is None else {"id": each.named.id, "name": dict(each.named.name)},
            "by": each.publisher_name,
            "through": None if each.delegator is None else each.delegator.publisher_name,
            "list": each.list_id,
            "listVersion": each.list_version,
            "listAgeDays": each.list_age_days,
            "fresh": each.fresh,
            "limitedToAchievements": each.entry.achievements is not None,
            "limitedToSkills": each.entry.skills is not None,
        }
        for each in found
    ]

"""Choose a picture, go back to the drawn one, and find the one that a badge has."""

import asyncio

from issuer.achievements.records import AchievementRecord
from issuer.audit.records import AuditEvent
from issuer.limits import PICTURE_SIZE
from issuer.organisations.records import Account, Organisation
from issuer.pictures.checking import checked_picture
from issuer.pictures.records import AchievementPicture
from issuer.service import Service
from passport.paper import badge_picture


async def choose_picture(
    service: Service, actor: Account, achievement: AchievementRecord, data: bytes
) -> AchievementPicture:
    """Use this picture for an achievement from here on; raises as `checked_picture`."""
    media_type, kept = await asyncio.to_thread(checked_picture, data, most=PICTURE_SIZE)
    now = service.clock()
    chosen = AchievementPicture(
        id=achievement.id,
        organisation=achievement.organisation,
        media_type=media_type,
        data=kept,
        changed_at=now,
    )
    await chosen.save()
    await AuditEvent.of(
        achievement.organisation, now, actor.id, "achievement.picture", achievement.id
    ).write()
    return chosen


async def drop_picture(service: Service, actor: Account, achievement: AchievementRecord) -> None:
    """Go back to the drawn one. Again is no error."""
    await AchievementPicture.find({"_id": achievement.id}).delete()
    await AuditEvent.of(
        achievement.organisation, service.clock(), actor.id, "achievement.picture", achievement.id
    ).write()


async def picture_of(organisation: Organisation, achievement: AchievementRecord) -> tuple[str, bytes]:
    """Media type and picture: the chosen one, or the one that is drawn."""
    chosen = await AchievementPicture.get(achievement.id)
    if chosen is not None:
        return chosen.media_type, chosen.data
    drawn = await asyncio.to_thread(badge_picture, achievement.name, organisation.name, organisation.did)
    return "image/png", drawn


async def chosen_picture(achievement_id: str) -> bytes | None:
    chosen = await AchievementPicture.get(achievement_id)
    return None if chosen is None else chosen.data

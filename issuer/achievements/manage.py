"""Make an achievement."""

from issuer.achievements.document import achievement_document
from issuer.achievements.records import AchievementRecord
from issuer.achievements.requests import NewAchievement
from issuer.audit.records import AuditEvent
from issuer.errors import IdempotencyKeyReused
from issuer.identifiers import record_id, request_digest
from issuer.organisations.records import Account
from issuer.service import Service


async def create_achievement(
    service: Service, actor: Account, new: NewAchievement, idempotency_key: str | None
) -> AchievementRecord:
    """Publish an achievement; credentials name it by its address, so it never changes.

    Raises:
        Invalid: it would not be a readable Achievement.
        IdempotencyKeyReused
    """
    slug = actor.organisation
    achievement_id = record_id(service.master, "achievement", slug, idempotency_key)
    document = achievement_document(new, url=service.addresses.achievement(slug, achievement_id))
    record = AchievementRecord(
        id=achievement_id,
        organisation=slug,
        name=new.name,
        document=document,
        suspendable=new.suspendable,
        request=request_digest("achievement", new.members()),
        created_at=service.clock(),
    )
    recorded = await record.record()
    if recorded.request != record.request:
        raise IdempotencyKeyReused
    await AuditEvent.of(
        slug, recorded.created_at, actor.id, "achievement.create", recorded.id, once=True
    ).write()
    return recorded

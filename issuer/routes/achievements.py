"""Achievements."""

from typing import Annotated, Any

from fastapi import APIRouter

from issuer.achievements.manage import create_achievement
from issuer.achievements.records import AchievementRecord
from issuer.achievements.requests import NewAchievement
from issuer.limits import PAGE
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf
from issuer.routes.answers import AchievementShown
from passport.json import JsonObject
from passport.web import strict_body

router = APIRouter(prefix="/api", tags=["achievements"])


def _shown(record: AchievementRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "suspendable": record.suspendable,
        "created_at": record.created_at.isoformat(),
        "achievement": record.document,
    }


@router.post("/achievements", status_code=201, response_model=AchievementShown)
async def create(
    account: Issuer,
    body: Annotated[NewAchievement, strict_body(NewAchievement)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> JsonObject:
    """Publish an achievement in the words of Open Badges 3.0; `alignment` names its skills."""
    return _shown(await create_achievement(service, account, body, idempotency_key))


@router.get("/achievements", response_model=list[AchievementShown])
async def index(account: Reader) -> list[JsonObject]:
    """The newest hundred."""
    return [_shown(record) for record in await AchievementRecord.of_organisation(account.organisation, PAGE)]


@router.get("/achievements/{achievement_id}", response_model=AchievementShown)
async def show(account: Reader, achievement_id: str) -> JsonObject:
    return _shown(await AchievementRecord.find_or_fail(account.organisation, achievement_id))

"""One picture for each achievement whose organisation has chosen one."""

from datetime import datetime
from typing import ClassVar

from beanie import Document


class AchievementPicture(Document):
    """`id` is the achievement's. The picture adorns what is signed and proves nothing, so it may change."""

    id: str  # type: ignore[assignment]
    organisation: str
    media_type: str
    data: bytes
    changed_at: datetime

    class Settings:
        name = "achievement_pictures"
        indexes: ClassVar = ["organisation"]

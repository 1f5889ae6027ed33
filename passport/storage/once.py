"""Single use is an insert that can fail: one document, on a unique key.

A record is as old as the thing that was used may be shown again, and no older. That moment is written down
when the thing is used, since nothing tells it later: a setting may have changed, or the clock. To forget is
one delete: cut off by a crash, the next one does the rest.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from beanie import Document
from pymongo.errors import DuplicateKeyError

from passport.errors.storage import AlreadyUsed

CLOCK_MARGIN = timedelta(days=1)
"""That what was used is known beyond its own end. A clock that was a day ahead when we forgot, and was put
right since, brings nothing back to life."""


class Once(Document):
    """Something that was used up: a challenge, a nonce, a pre-authorised code."""

    id: str  # type: ignore[assignment]
    used_at: datetime
    keep_until: datetime | None = None
    """From then on the thing itself is refused. None: kept for good."""

    class Settings:
        name = "once"
        indexes: ClassVar = ["keep_until"]


async def claim_once(kind: str, key: str, now: datetime, *, keep_until: datetime | None = None) -> None:
    """Use something up, as the only one who does.

    Args:
        kind: what is used, so that keys of different kinds never meet: "challenge", "c_nonce".
        key: the thing itself, with at least 128 bits of randomness, or the digest of it.
        now: when that was.
        keep_until: from when on it is refused however often it was used; with a margin for the clock, as
            CLOCK_MARGIN. Without, that it was used is never forgotten.

    Raises:
        AlreadyUsed: somebody was first. Of any number of concurrent callers exactly one gets through.
    """
    try:
        await Once(id=f"{kind}:{key}", used_at=now, keep_until=keep_until).insert()
    except DuplicateKeyError:
        raise AlreadyUsed from None


async def forget_lapsed(now: datetime) -> None:
    """Forget the use of what is refused for its age by now."""
    await Once.find({"keep_until": {"$lt": now}}).delete()

"""Single use is an insert that can fail: one document, on a unique key."""

from datetime import datetime

from beanie import Document
from pymongo.errors import DuplicateKeyError

from passport.errors.storage import AlreadyUsed


class Once(Document):
    """Something that was used up: a challenge, a nonce, a pre-authorised code."""

    id: str  # type: ignore[assignment]
    used_at: datetime

    class Settings:
        name = "once"


async def claim_once(kind: str, key: str, now: datetime) -> None:
    """Use something up, as the only one who does.

    Args:
        kind: what is used, so that keys of different kinds never meet: "challenge", "c_nonce".
        key: the thing itself, with at least 128 bits of randomness, or the digest of it.
        now: kept, so that what can't come back any more may be swept.

    Raises:
        AlreadyUsed: somebody was first. Of any number of concurrent callers exactly one gets through.
    """
    try:
        await Once(id=f"{kind}:{key}", used_at=now).insert()
    except DuplicateKeyError:
        raise AlreadyUsed from None


async def forget_before(kind: str, moment: datetime) -> None:
    """Sweep what was used before `moment`; only for things that expire by themselves as well."""
    await Once.find({"_id": {"$regex": f"^{kind}:"}, "used_at": {"$lt": moment}}).delete()

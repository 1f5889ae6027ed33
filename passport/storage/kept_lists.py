"""The newest version of each trust list that a service took: no restart and no other process goes back."""

from datetime import datetime

from beanie import Document
from pymongo.errors import DuplicateKeyError

from passport.errors.trust import TrustListRollback
from passport.trust import VerifiedTrustList, check_newer, parse_trust_list


class KeptTrustList(Document):
    """The newest version of a trust list, as it came."""

    id: str  # type: ignore[assignment]
    version: int
    source: bytes
    fetched_from: str | None = None
    kept_at: datetime

    class Settings:
        name = "trust_lists"


async def kept_lists() -> list[bytes]:
    """The lists that were kept, as they came; each is still to be verified."""
    return [kept.source for kept in await KeptTrustList.find_all().to_list()]


async def keep_list(verified: VerifiedTrustList, fetched_from: str | None, now: datetime) -> None:
    """Keep a list in place of its older version.

    What is kept is asked, not what is in memory: a list that could not be verified at the start, or that
    another process took, is not rolled back either.

    Raises:
        TrustListRollback, TrustListConflict: as against the list that is kept.
    """
    content = verified.content
    kept = await KeptTrustList.get(content.id)
    if kept is not None:
        check_newer(parse_trust_list(kept.source), content)
    fields = {
        "version": content.version,
        "source": verified.source,
        "fetched_from": fetched_from,
        "kept_at": now,
    }
    collection = KeptTrustList.get_pymongo_collection()
    found = await collection.find_one_and_update(
        {"_id": content.id, "version": {"$lte": content.version}}, {"$set": fields}
    )
    if found is None:
        try:
            await collection.insert_one({"_id": content.id, **fields})
        except DuplicateKeyError:
            raise TrustListRollback from None

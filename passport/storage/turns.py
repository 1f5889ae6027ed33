"""One after the other, among all processes of a service: a document that one of them has at a time.

For a limit that is counted in the store before something is written that counts. Whoever has the turn and
dies leaves it behind for as long as a lease; nobody waits longer than two.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from beanie import Document
from pymongo.errors import DuplicateKeyError

from passport.clock import Clock
from passport.errors.storage import StoreBusy

LEASE = timedelta(seconds=10)
"""Longer than anything takes that is done in a turn."""
_AGAIN = 0.05
"""Seconds between two looks; those of one process wait for each other without looking (issuer.turns)."""


class Turn(Document):
    id: str  # type: ignore[assignment]
    token: str
    """Of who has it, so that whoever's lease ran out ends no other's."""
    leased_until: datetime

    class Settings:
        name = "turns"


@asynccontextmanager
async def turn(name: str, clock: Clock) -> AsyncIterator[None]:
    """Have the turn of this name.

    Raises:
        StoreBusy: others had it all the time.
    """
    token, given_up = secrets.token_hex(16), clock() + 2 * LEASE
    while not await _taken(name, token, clock()):
        if clock() >= given_up:
            raise StoreBusy
        await asyncio.sleep(_AGAIN)
    try:
        yield
    finally:
        await Turn.get_pymongo_collection().delete_one({"_id": name, "token": token})


async def end_turns() -> None:
    """For a store that one process holds at a time: whoever had one is gone."""
    await Turn.find_all().delete()


async def _taken(name: str, token: str, now: datetime) -> bool:
    values = {"token": token, "leased_until": now + LEASE}
    try:
        await Turn(id=name, **values).insert()
    except DuplicateKeyError:
        changed = await Turn.get_pymongo_collection().update_one(
            {"_id": name, "leased_until": {"$lte": now}}, {"$set": values}
        )
        return changed.matched_count == 1
    return True

"""One after the other, where a limit is counted before something is written that counts.

Of many at the same moment each would count what was there before all of them. Those of this process wait for
each other here; then one of them waits for those of other processes, in the store (passport.storage.turns).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from passport.clock import Clock
from passport.storage.turns import turn


class Turns:
    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def here(self, name: str) -> asyncio.Lock:
        """The turn of everything under one name in this process; for what its memory holds at a time."""
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        return lock

    @asynccontextmanager
    async def of(self, name: str, clock: Clock) -> AsyncIterator[None]:
        """The turn of everything under one name in all processes of this service; raises StoreBusy."""
        async with self.here(name), turn(name, clock):
            yield

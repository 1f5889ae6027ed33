"""One after the other, where a limit is counted before something is written that counts.

Of many at the same moment each would count what was there before all of them. It orders what one process
does; the embedded store has one process, and with several the limit holds for each of them.
"""

import asyncio
from weakref import WeakValueDictionary


class Turns:
    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, name: str) -> asyncio.Lock:
        """The turn of everything under one name; it lives as long as somebody has it or waits for it."""
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        return lock

"""What a service does by the clock, without anybody asking: one task a process.

A turn that fails is one turn: the next is another chance. What went wrong is named by its kind alone, since
its text may name people.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from pymongo.errors import PyMongoError

from passport.errors import PassportError

log = logging.getLogger("passport.periodic")


class Periodic:
    """Work again and again, with a pause after each turn; at the start at once."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]], *, seconds: float) -> None:
        """Not started yet.

        Args:
            name: for the log.
            work: one turn. Two processes may do it at once, and it may be cut off anywhere.
            seconds: of pause between turns.
        """
        self._name, self._turn, self._seconds = name, work, seconds
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Ends a turn that is under way, too. What never started has nothing to stop."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _work(self) -> None:
        while True:
            try:
                await self._turn()
            except PassportError as error:
                log.warning("%s: %s", self._name, error.code)
            except PyMongoError as error:  # the store is away
                log.warning("%s: %s", self._name, type(error).__qualname__)
            except Exception as error:  # noqa: BLE001 - a mistake of ours: say so, and try again all the same
                log.error("%s: %s", self._name, type(error).__qualname__)  # noqa: TRY400 - it may name people
            await asyncio.sleep(self._seconds)

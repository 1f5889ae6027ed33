"""The eye behind the scan page: pictures of a camera in, texts of codes out; bounded for each and for all.

Nothing is kept of a picture. What was read goes back to the page that sent it, which collects the frames and
sends them as anybody would who pastes them: so a scan has no state here that could be mixed up or used up.
"""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from passport.clock import Clock
from passport.pictures.camera import read_still
from passport.storage.counted import Counts
from verifier.errors import PicturesTooFast, TooManyPictures
from verifier.limits import SCAN, SESSION_HOURS, ScanLimits

Monotonic = Callable[[], float]


@dataclass(slots=True)
class _Allowance:
    left: float
    at: float
    portion: int = 0
    """Pictures that it may still send of what was taken for it, before the store is asked again."""


class Scanner:
    def __init__(
        self,
        counts: Counts,
        clock: Clock,
        limits: ScanLimits = SCAN,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """Args:

        counts: where all processes of the service count the pictures of a session.
        clock: for how long that is kept.
        limits: how many and how fast.
        monotonic: for the pace.
        """
        self._counts, self._clock = counts, clock
        self._limits, self._monotonic = limits, monotonic
        self._threads = ThreadPoolExecutor(limits.at_once, thread_name_prefix="scan")
        self._under_way: Counter[str] = Counter()
        self._sessions: OrderedDict[str, _Allowance] = OrderedDict()

    async def read(self, picture: bytes, *, session: str, employer: str) -> tuple[str, ...]:
        """The texts of the codes in one picture of a camera.

        Raises:
            PicturesTooFast: by this session, or more of this employer's are under way.
            TooManyPictures: in this session; signing in again begins another.
            PassportError: as passport.pictures.camera.read_still.
        """
        await self.allow(session)
        if self._under_way[employer] >= self._limits.of_one_employer:
            raise PicturesTooFast
        self._under_way[employer] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, read_still, picture)
        finally:
            self._under_way[employer] -= 1
            if not self._under_way[employer]:
                del self._under_way[employer]

    async def allow(self, session: str) -> None:
        """Count one picture, or a text that the browser read from one; raises as `read`.

        The pace is that of this process, whose processor it is for. The number is counted in the store, a
        portion at a time: with several processes a session has no more of them.
        """
        now = self._monotonic()
        has = self._sessions.setdefault(session, _Allowance(self._limits.burst, now))
        self._sessions.move_to_end(session)
        while len(self._sessions) > self._limits.sessions:
            self._sessions.popitem(last=False)
        has.left = min(self._limits.burst, has.left + (now - has.at) * self._limits.each_second)
        has.at = now
        if has.left < 1:
            raise PicturesTooFast
        has.left -= 1
        if not has.portion:
            await self._take_portion(session)
            has.portion += self._limits.portion
        has.portion -= 1

    async def _take_portion(self, session: str) -> None:
        until = self._clock() + timedelta(hours=SESSION_HOURS)
        most, portion = self._limits.of_one_session, self._limits.portion
        if not await self._counts.up(f"pictures:{session}", most=most, keep_until=until, by=portion):
            raise TooManyPictures

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

"""Forget by the clock what gives nothing any more: visits, grants, used proofs, codes that were asked for."""

import asyncio
import contextlib
import logging
from datetime import datetime, timedelta

from issuer.authorization.grants import AccessGrant
from issuer.authorization.records import Authorization, Stage
from issuer.learners.records import AskedCodes
from issuer.open_badges_api.clients import BadgeClient
from issuer.open_badges_api.limits import BADGE_PROVIDER
from issuer.open_badges_api.visit import BadgeVisit
from issuer.service import Service
from passport import limits
from passport.oauth.limits import OAUTH
from passport.storage.once import forget_before

log = logging.getLogger("issuer.authorization")
_SECONDS = 300.0
_PROOFS = timedelta(seconds=2 * (OAUTH.proof_age + limits.TIME.clock_skew))
"""A proof that is older is refused for its age; twice that, for a clock that was put back a little."""
_DAY = timedelta(days=1)


class AuthorizationSweeper:
    """One task a process; two processes that sweep at once do no harm."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _work(self) -> None:
        while True:
            try:
                await sweep(self._service.clock())
            except Exception as error:  # noqa: BLE001 - the next turn is another chance
                log.warning("authorization sweep: %s", type(error).__qualname__)
            await asyncio.sleep(_SECONDS)


async def sweep(now: datetime) -> None:
    """Forget what is over at this moment. Again does nothing more.

    What anybody may begin lasts no longer than it can be used. After a yes it is kept a day: a code that is
    shown twice must still be known for that. A grant is kept as long as one of its tokens could be good.
    """
    await Authorization.forget_before(now, Stage.PUSHED, Stage.OPEN, Stage.PROVED, Stage.REFUSED)
    await Authorization.forget_before(now - _DAY, Stage.GRANTED, Stage.REDEEMED)
    await BadgeVisit.forget_before(now, Stage.OPEN, Stage.PROVED, Stage.REFUSED)
    await BadgeVisit.forget_before(now - _DAY, Stage.GRANTED, Stage.REDEEMED)
    await BadgeClient.forget_before(
        unused=now - BADGE_PROVIDER.unused_days * _DAY, idle=now - BADGE_PROVIDER.idle_days * _DAY
    )
    await AccessGrant.forget_before(now - _DAY)
    await AskedCodes.forget_before(now - 2 * _DAY)
    for kind in ("dpop", "client-proof"):
        await forget_before(kind, now - _PROOFS)

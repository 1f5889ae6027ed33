"""Send what is due: a few at a time to each receiver, whoever is slow holding up nobody else.

A receiver has five seconds from name to status; its answer's body is not read and redirects are not followed.
Its address is checked, resolved and pinned anew at each delivery (passport.fetch).
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from passport.clock import Clock
from passport.documents import NotFetched
from passport.errors import PassportError
from passport.fetch.exchange import Exchange
from passport.outbound.answered import Answered
from passport.storage.sealing import MasterKey
from passport.webhooks import signature
from passport.webhooks.events import body_of
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.records import Attempt, MessageState, SwitchedOff, WebhookEndpoint, WebhookMessage

if TYPE_CHECKING:
    from passport.webhooks.service import Switched

log = logging.getLogger("passport.webhooks")

WAITS = tuple(timedelta(seconds=each) for each in (5, 60, 300, 1_800, 7_200, 18_000, 28_800, 32_400))
"""After the first try, the second …: 25 hours in all, so that a receiver may be away for a day."""
LEASE = timedelta(seconds=30)
_GONE = 410
_MOST_RETRY_AFTER = 3_600
_ATTEMPTS_KEPT = 12
_MEDIA_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class _Outcome:
    answered: Answered | None
    failure: str | None

    @property
    def arrived(self) -> bool:
        return self.answered is not None and self.answered.is_success


class Delivering:
    def __init__(
        self,
        master: MasterKey,
        clock: Clock,
        exchange: Exchange,
        *,
        switched_off: "Switched",
        wake: Callable[[], None],
        reach: Callable[[str], None],
    ) -> None:
        self._master, self._clock, self._exchange = master, clock, exchange
        self._switched_off, self._wake, self._reach = switched_off, wake, reach
        self._missed: set[str] = set()
        """Receivers for whom something came while they were being served."""
        self._gate = asyncio.Semaphore(WEBHOOK.at_once)
        self._running: dict[str, asyncio.Task[None]] = {}

    async def send_due(self) -> None:
        """Start on what is due, each receiver by itself; returns at once."""
        for endpoint in await WebhookEndpoint.find_all().to_list():
            if endpoint.off is None:
                self._begin(endpoint)

    def _begin(self, endpoint: WebhookEndpoint) -> None:
        if endpoint.id in self._running:
            self._missed.add(endpoint.id)
            return

        def ended(_task: object) -> None:
            self._running.pop(endpoint.id, None)
            if endpoint.id in self._missed:
                self._missed.discard(endpoint.id)
                self._wake()

        self._running[endpoint.id] = asyncio.create_task(self._serve(endpoint))
        self._running[endpoint.id].add_done_callback(ended)

    async def stop(self) -> None:
        """End what is under way; it is sent again after its lease."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task

    async def idle(self) -> None:
        """Until nothing is under way."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _serve(self, endpoint: WebhookEndpoint) -> None:
        """A few at a time, the oldest first, until nothing is due or one does not arrive.

        A receiver that is away is tried with one message a round, and not with all that wait for it.
        """
        try:
            while True:
                most = WEBHOOK.to_one if endpoint.failing_since is None else 1
                ids = await WebhookMessage.due(endpoint.id, self._clock(), most)
                outcomes = await asyncio.gather(*(self._send(endpoint, each) for each in ids))
                if not ids or not all(outcomes):
                    return
                found = await WebhookEndpoint.get(endpoint.id)
                if found is None or found.off is not None:
                    return
                endpoint = found
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the messages stay, and the next round tries again
            log.warning("webhook %s waits: %s", endpoint.id, type(error).__qualname__)

    async def _send(self, endpoint: WebhookEndpoint, message_id: str) -> bool:
        """Whether it arrived, or is somebody else's."""
        async with self._gate:
            now = self._clock()
            message = await WebhookMessage.take(message_id, now, now + LEASE)
            if message is None:
                return True
            outcome = await self._try(endpoint, message, now)
        self._reach("webhook-sent")
        await self._note(endpoint, message, outcome, now)
        return outcome.arrived

    async def _try(self, endpoint: WebhookEndpoint, message: WebhookMessage, now: datetime) -> _Outcome:
        body = body_of(message.type, message.at, message.object, message.data)
        seconds = int(now.timestamp())
        try:
            headers = {
                signature.ID: message.message,
                signature.TIMESTAMP: str(seconds),
                signature.SIGNATURE: signature.sign(
                    self.secrets_of(endpoint, now), message_id=message.message, timestamp=seconds, body=body
                ),
            }
            answered = await self._exchange.tell(endpoint.url, body, media_type=_MEDIA_TYPE, headers=headers)
        except (NotFetched, PassportError) as error:
            return _Outcome(None, error.code)
        return _Outcome(answered, None)

    def secrets_of(self, endpoint: WebhookEndpoint, now: datetime) -> list[str]:
        """The secrets that sign now, the newest first."""
        found = [self._master.unseal(endpoint.sealed, endpoint.id).decode()]
        if endpoint.old_sealed is not None and endpoint.old_until is not None and endpoint.old_until > now:
            found.append(self._master.unseal(endpoint.old_sealed, endpoint.id).decode())
        return found

    def seal(self, endpoint_id: str, secret: str) -> bytes:
        return self._master.seal(secret.encode(), endpoint_id)

    async def _note(
        self, endpoint: WebhookEndpoint, message: WebhookMessage, outcome: _Outcome, began: datetime
    ) -> None:
        now = self._clock()
        status = None if outcome.answered is None else outcome.answered.status
        attempt = Attempt(at=began, status=status, failure=outcome.failure)
        values: dict[str, Any] = {
            "attempts": [each.model_dump() for each in (*message.attempts, attempt)][-_ATTEMPTS_KEPT:]
        }
        if outcome.arrived:
            values |= {"state": MessageState.DELIVERED.value, "done_at": now}
        elif message.tries > len(WAITS):
            values |= {"state": MessageState.DEAD.value, "done_at": now}
        else:
            wait = _wait(message.tries, outcome.answered)
            values |= {"state": MessageState.WAITING.value, "due_at": now + wait}
        await message.leave(values)
        await self._note_health(endpoint, now, arrived=outcome.arrived, gone=status == _GONE)

    async def _note_health(
        self, endpoint: WebhookEndpoint, now: datetime, *, arrived: bool, gone: bool
    ) -> None:
        if arrived:
            if endpoint.failing_since is not None:
                await WebhookEndpoint.change(endpoint.id, {"failing_since": None})
            return
        since = endpoint.failing_since or now
        off: SwitchedOff | None = None
        if gone:
            off = SwitchedOff.GONE
        elif since <= now - timedelta(days=WEBHOOK.failing_days):
            off = SwitchedOff.FAILING
        await WebhookEndpoint.change(
            endpoint.id, {"failing_since": since, "off": None if off is None else off.value}
        )
        if off is not None:
            log.warning("webhook %s is switched off: %s", endpoint.id, off)
            await self._switched_off(endpoint)


def _wait(tries: int, answered: Answered | None) -> timedelta:
    """Growing, a little different for each so that not all come back at once; longer where that is asked."""
    usual = WAITS[tries - 1] * (1 + secrets.randbelow(200) / 1_000)
    asked = "" if answered is None else answered.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 7:  # noqa: PLR2004
        return max(usual, timedelta(seconds=min(int(asked), _MOST_RETRY_AFTER)))
    return usual

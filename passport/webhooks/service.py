"""What a service holds to tell what happened: it writes down before the change, and sends after it."""

import asyncio
import contextlib
import hashlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo.errors import PyMongoError

from passport.clock import Clock
from passport.fetch.exchange import Exchange
from passport.json import canonicalize
from passport.storage.sealing import MasterKey
from passport.webhooks.deliver import Delivering
from passport.webhooks.events import Event
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.records import MessageState, WebhookEndpoint, WebhookMessage

log = logging.getLogger("passport.webhooks")

Holds = Callable[[str], Awaitable[bool]]
"""Whether the change of the object with this id is there."""
Switched = Callable[[WebhookEndpoint], Awaitable[None]]
"""Told when an address is switched off by itself."""

_LOOK_AGAIN = 5.0
_CONFIRM_AFTER = timedelta(seconds=10)
"""A change that was prepared so long ago and is not confirmed: its process died, or waits for the store."""
_AT_ONCE = 500
_EPOCH = datetime.fromtimestamp(0, UTC)


async def _nobody(_endpoint: WebhookEndpoint) -> None:
    return


@dataclass(slots=True)
class Told:
    """What a change says of itself; set it to False where somebody else was first or nothing changed."""

    came_about: bool = True


class Webhooks:
    """One a process. Two processes on one store don't harm: a message is taken by one of them."""

    def __init__(
        self,
        *,
        master: MasterKey,
        clock: Clock,
        exchange: Exchange,
        changes: Mapping[str, Holds],
        allow_loopback: bool = False,
        reach: Callable[[str], None] = lambda _point: None,
        switched_off: Switched = _nobody,
    ) -> None:
        """Args:

        changes: the types of events, and how to see whether one came about.
        allow_loopback: development: addresses on this machine.
        reach: fault points of tests.
        """
        self.clock, self.types, self.allow_loopback = clock, tuple(changes), allow_loopback
        self._changes, self._reach = changes, reach
        self._wake = asyncio.Event()
        self.delivering = Delivering(
            master, clock, exchange, switched_off=switched_off, wake=self.wake, reach=reach
        )
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def telling(self, *events: Event) -> AsyncIterator["Told"]:
        """Around a change of state: what is told of it is written before it and sent after it.

        When the change fails, or `came_about` is set to False, what was written waits until somebody can see
        whether it came about after all.
        """
        ids, told = await self._prepare(events), Told()
        yield told
        if ids and told.came_about:
            self._reach("webhook-changed")
            await WebhookMessage.confirm(ids)
            self._wake.set()

    async def _prepare(self, events: Sequence[Event]) -> list[str]:
        if not events:
            return []
        endpoints = await WebhookEndpoint.wanting(events[0].owner)
        now = self.clock()
        messages = [
            message_of(endpoint, event, now)
            for event in events
            for endpoint in endpoints
            if event.type in endpoint.events
        ]
        if messages:
            await WebhookMessage.record_many(messages)
            self._reach("webhook-prepared")
        return [each.id for each in messages]

    def wake(self) -> None:
        """There is something to send."""
        self._wake.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self.delivering.stop()

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.settle()
                await self.delivering.send_due()
            except PyMongoError as error:  # the store is away; the messages stay
                log.warning("webhooks wait: %s", type(error).__qualname__)
            except Exception as error:  # noqa: BLE001 - a mistake of ours: say so, and go on sending
                log.error("webhooks wait: %s", type(error).__qualname__)  # noqa: TRY400 - it may hold an address
            with contextlib.suppress(TimeoutError):  # wait_for can miss its end before Python 3.12
                async with asyncio.timeout(_LOOK_AGAIN):
                    await self._wake.wait()

    async def settle(self) -> None:
        """Look what became of changes that nobody confirmed, and forget what was over long ago."""
        now = self.clock()
        for message in await WebhookMessage.prepared(now - _CONFIRM_AFTER, _AT_ONCE):
            holds = self._changes.get(message.type)
            if holds is not None and await holds(message.object):
                await WebhookMessage.confirm([message.id])
            elif message.due_at <= now - timedelta(seconds=WEBHOOK.unconfirmed):
                await message.delete()
        await WebhookMessage.forget_before(now - timedelta(days=WEBHOOK.kept_days))


def message_of(
    endpoint: WebhookEndpoint, event: Event, now: datetime, state: MessageState = MessageState.PREPARED
) -> WebhookMessage:
    """The record of one event for one address."""
    name = canonicalize([endpoint.id, event.type, event.object, event.occurrence])
    return WebhookMessage(
        id=hashlib.sha256(name).hexdigest()[:32],
        endpoint=endpoint.id,
        owner=endpoint.owner,
        message=_ordered(now),
        type=event.type,
        object=event.object,
        data=dict(event.data),
        at=now,
        state=state,
        due_at=now,
    )


def _ordered(now: datetime) -> str:
    """An id that sorts by its moment: `msg_`, milliseconds in hexadecimal, 80 random bits."""
    return f"msg_{(now - _EPOCH) // timedelta(milliseconds=1):012x}{secrets.token_hex(10)}"

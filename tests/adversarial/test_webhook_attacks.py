"""A37 to A39 at webhooks: no private host is ever told anything, and no receiver slows anybody down."""

import asyncio
import socket
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import pytest
from fastapi import Response

from passport.clock import utc_now
from passport.errors.webhooks import TooManyTests, WebhookAddressRefused
from passport.fetch.exchange import Exchange
from passport.limits import FetchLimits
from passport.storage import connect
from passport.storage.sealing import MasterKey
from passport.webhooks import Event, WebhookEndpoint, WebhookMessage, Webhooks
from passport.webhooks.deliver import WAITS
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.manage import (
    Actor,
    add_webhook,
    check_address,
    renew_secret,
    send_again,
    send_test,
)
from passport.webhooks.records import MODELS, MessageState
from passport.webhooks.signature import Receiver, WebhookRefused
from tests.simulators.receiving import listening

HOSTS = [
    "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0x7f000001", "017700000001", "0177.0.0.1", "127.0.0.1.",
    "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "localhost", "LOCALHOST", "localhost.", "localhost.localdomain",
    "x.localhost", "metadata.google.internal", "router.local", "metadata", "①②⑦.⓪.⓪.①", "127。0。0。1",
    "user@example.org", "example.org#@127.0.0.1", "example.org\\@127.0.0.1", "8.8.8.8",
]  # fmt: skip
OWNER = Actor("yard", "owner")
KIND = "thing.done"


@pytest.mark.parametrize("host", HOSTS)
def test_a_webhook_to_a_private_host_is_refused(host):
    with pytest.raises(WebhookAddressRefused):
        check_address(f"https://{host}/hook", allow_loopback=False)


@pytest.mark.parametrize("scheme", ["http", "file", "ftp", "gopher", "data", "jar", "javascript", "ws", ""])
def test_a_webhook_of_another_scheme_is_refused(scheme):
    with pytest.raises(WebhookAddressRefused):
        check_address(f"{scheme}://hr.example.org/hook", allow_loopback=False)


class Clock:
    def __init__(self):
        now = utc_now()
        self.now = now.replace(microsecond=0)

    def __call__(self):
        return self.now


@asynccontextmanager
async def sending(folder, exchange=None, **settings):
    """Webhooks over a store of their own; the test says when it is time."""
    clock = Clock()

    async def holds(_object):
        return True

    bounds = FetchLimits(seconds=1.0)
    webhooks = Webhooks(
        master=MasterKey("m" * 43, "test"),
        clock=clock,
        exchange=exchange or Exchange(allow_loopback=True, bounds=bounds),
        changes={KIND: holds},
        allow_loopback=True,
        **settings,
    )
    async with connect("embedded", folder, MODELS):
        yield webhooks, clock
        await webhooks.stop()


async def tell(webhooks, name, *, times=1):
    for number in range(times):
        async with webhooks.telling(Event("yard", KIND, f"{name}-{number}")):
            pass


async def rounds(webhooks, clock, count=1, step=timedelta(0)):
    for _ in range(count):
        clock.now += step
        await webhooks.settle()
        await webhooks.delivering.send_due()
        await webhooks.delivering.idle()


def resolving(*answers):
    """A resolver that changes its mind at each question."""
    left = list(answers)

    async def resolve(_host, _port):
        return [left.pop(0)] if len(left) > 1 else [left[0]]

    return resolve


@contextmanager
def dripping():
    """A server that takes everything and sends a byte of a header now and then, for ever."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    over = threading.Event()
    taken = []

    def drip():
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            taken.append(connection)

    threading.Thread(target=drip, daemon=True).start()
    try:
        yield f"http://localhost:{listener.getsockname()[1]}/hook"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in taken:
            connection.close()


def test_attacks_on_sending(tmp_path):
    asyncio.run(_attacks(tmp_path))


async def _attacks(folder):
    for number, attack in enumerate(
        (
            _rebinding,
            _redirects,
            _endless_bodies,
            _dead_beside_the_living,
            _given_up,
            _switched_off,
            _replays,
            _test_flood,
        )
    ):
        await attack(folder / str(number))


async def _rebinding(folder):
    """A38: the address is looked at anew at each delivery, and it is what is connected to."""
    for answer in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"):
        exchange = Exchange(resolve=resolving(answer))
        async with sending(folder / answer.replace(":", "_"), exchange) as (webhooks, clock):
            await add_webhook(webhooks, OWNER, "https://rebinding.example.org/hook", [KIND])
            await tell(webhooks, "a")
            await rounds(webhooks, clock)
            (message,) = await WebhookMessage.find_all().to_list()
            assert [each.failure for each in message.attempts] == ["address_not_public"], answer
            assert message.state is MessageState.WAITING


async def _redirects(folder):
    with listening() as inside, listening() as outside:
        async with sending(folder) as (webhooks, clock):
            await add_webhook(webhooks, OWNER, outside.url, [KIND])
            for status in (301, 302, 303, 307, 308):
                outside.answer = lambda _got, status=status: Response(
                    status_code=status, headers={"Location": inside.url}
                )
                await tell(webhooks, f"r{status}")
                await rounds(webhooks, clock)
                clock.now += timedelta(days=2)
            failures = {
                each.failure
                for message in await WebhookMessage.find_all().to_list()
                for each in message.attempts
            }
            assert failures == {"redirected"}
            assert inside.got == []


async def _endless_bodies(folder):
    """What a receiver answers is not read: 100 MB of it are a success as soon as the status is there."""
    with listening(
        answer=lambda _got: Response(b"x" * 100_000_000, headers={"Content-Encoding": "gzip"})
    ) as listener:
        async with sending(folder) as (webhooks, clock):
            await add_webhook(webhooks, OWNER, listener.url, [KIND])
            await tell(webhooks, "big")
            await rounds(webhooks, clock)
            (message,) = await WebhookMessage.find_all().to_list()
            assert message.state is MessageState.DELIVERED


async def _dead_beside_the_living(folder):
    """A receiver that never answers is tried with one message a round; another gets all of its own meanwhile."""
    with dripping() as dead, listening() as alive:
        async with sending(folder) as (webhooks, clock):
            await add_webhook(webhooks, OWNER, dead, [KIND])
            await add_webhook(webhooks, OWNER, alive.url, [KIND])
            began = time.monotonic()
            await tell(webhooks, "m", times=60)
            telling = time.monotonic() - began
            await rounds(webhooks, clock)
            assert len(alive.got) == 60
            assert len(set(alive.ids())) == 60
            tried = [
                each
                for each in await WebhookMessage.find_all().to_list()
                if each.attempts and each.attempts[0].failure
            ]
            assert {each.attempts[0].failure for each in tried} == {"fetch_timed_out"}
            assert len(tried) == WEBHOOK.to_one
            await rounds(webhooks, clock, step=timedelta(seconds=1))
            tried = [
                each
                for each in await WebhookMessage.find_all().to_list()
                if each.attempts and each.attempts[0].failure
            ]
            assert len(tried) == WEBHOOK.to_one + 1, "one while it fails"
            assert telling < 60, "telling waits for no receiver"


async def _given_up(folder):
    with listening(answer=503) as listener:
        async with sending(folder) as (webhooks, clock):
            endpoint, _ = await add_webhook(webhooks, OWNER, listener.url, [KIND])
            await tell(webhooks, "late")
            for wait in (timedelta(0), *WAITS):
                await rounds(webhooks, clock, step=wait * 1.3)
            (message,) = await WebhookMessage.find_all().to_list()
            assert (message.state, message.tries) == (MessageState.DEAD, len(WAITS) + 1)
            assert sum(WAITS, timedelta(0)) > timedelta(days=1)
            assert len(set(listener.ids())) == 1
            stamps = [int(each.headers["webhook-timestamp"]) for each in listener.got]
            assert stamps == sorted(set(stamps)), "each try is signed anew"
            listener.answer = 204
            await send_again(webhooks, OWNER, endpoint.id, message.message)
            await rounds(webhooks, clock)
            assert (await WebhookMessage.get(message.id)).state is MessageState.DELIVERED


async def _switched_off(folder):
    noticed = []

    async def notice(endpoint):
        noticed.append(endpoint.id)

    with listening(answer=500) as listener:
        async with sending(folder, switched_off=notice) as (webhooks, clock):
            endpoint, _ = await add_webhook(webhooks, OWNER, listener.url, [KIND])
            for day in range(WEBHOOK.failing_days + 2):
                await tell(webhooks, f"d{day}")
                await rounds(webhooks, clock)
                clock.now += timedelta(days=1)
            found = await WebhookEndpoint.get(endpoint.id)
            assert found.off == "failing"
            assert noticed == [endpoint.id]
            before = len(listener.got)
            await tell(webhooks, "after")
            await rounds(webhooks, clock)
            assert len(listener.got) == before


async def _replays(folder):
    """What was recorded on the way is refused by whoever has taken it, and later by everybody."""
    with listening() as listener:
        async with sending(folder) as (webhooks, clock):
            endpoint, secret = await add_webhook(webhooks, OWNER, listener.url, [KIND])
            renewed = await renew_secret(webhooks, OWNER, endpoint.id)
            await tell(webhooks, "one")
            await rounds(webhooks, clock)
            (got,) = listener.got
            for key in (secret, renewed):
                receiver = Receiver([key], clock=clock.now.timestamp)
                taken = []
                for _ in range(3):
                    with receiver.taking(receiver.open(got.headers, got.body)) as first:
                        taken.append(first)
                assert taken == [True, False, False]
                late = Receiver([key], clock=(clock.now + timedelta(minutes=6)).timestamp)
                with pytest.raises(WebhookRefused, match="too_old"):
                    late.open(got.headers, got.body)
                tampered = got.body.replace(b"one-0", b"two-0")
                with pytest.raises(WebhookRefused, match="wrong_signature"):
                    receiver.open(got.headers, tampered)
            clock.now += timedelta(days=1)
            await tell(webhooks, "later")
            await rounds(webhooks, clock)
            receiver = Receiver([secret], clock=clock.now.timestamp)
            with pytest.raises(WebhookRefused, match="wrong_signature"):
                receiver.open(listener.got[-1].headers, listener.got[-1].body)
            kept = await WebhookEndpoint.get(endpoint.id)
            assert secret.encode() not in kept.sealed
            assert secret[6:] not in repr(kept)


async def _test_flood(folder):
    """Who presses the test button a thousand times stores no thousand messages for somebody's server."""
    with listening() as listener:
        async with sending(folder) as (webhooks, clock):
            endpoint, _ = await add_webhook(webhooks, OWNER, listener.url, [KIND])
            for _ in range(WEBHOOK.tests):
                await send_test(webhooks, OWNER, endpoint.id)
            with pytest.raises(TooManyTests):
                await send_test(webhooks, OWNER, endpoint.id)
            await rounds(webhooks, clock, 3)
            assert len(listener.got) == WEBHOOK.tests
            await send_test(webhooks, OWNER, endpoint.id)

"""Counts and turns that several processes of a service share: what any store must keep to.

Two connections stand for two processes. Run against PASSPORT_TEST_MONGODB_URI or the embedded store.
"""

import asyncio
import os
from datetime import timedelta
from uuid import uuid4

import pytest

from passport.clock import utc_now
from passport.errors.storage import StoreBusy
from passport.storage import connect
from passport.storage.counted import Counted, StoredCounts, forget_counts
from passport.storage.turns import LEASE, Turn, end_turns, turn
from tests.simulators.counting import MemoryCounts

URI = os.environ.get("PASSPORT_TEST_MONGODB_URI", "embedded")


async def counts_keep_to_it(counts):
    name, later = uuid4().hex, utc_now() + timedelta(hours=1)
    at_once = [counts.up(name, most=10, keep_until=later) for _ in range(25)]
    assert sum(await asyncio.gather(*at_once)) == 10, "of many at the same moment"
    assert not await counts.up(name, most=10, keep_until=later)
    await counts.down(name)
    assert await counts.up(name, most=10, keep_until=later)
    assert not await counts.up(name, most=10, keep_until=later), "one that was taken back makes room for one"
    portions = [await counts.up(f"{name} b", most=10, keep_until=later, by=4) for _ in range(3)]
    assert portions == [True, True, False], "a portion is counted whole or not at all"
    assert await counts.up(f"{name} b", most=10, keep_until=later, by=2)
    assert not await counts.up(f"{name} c", most=3, keep_until=later, by=4)
    await counts.down(f"{name} nothing")
    await counts.down(f"{name} nothing")
    assert not await counts.up(f"{name} nothing", most=0, keep_until=later), "none is none"
    assert await counts.up(f"{name} nothing", most=1, keep_until=later)


async def turns_keep_to_it():
    name, here, most = uuid4().hex, 0, 0

    async def work(number):
        nonlocal here, most
        async with turn(name if number % 4 else f"{name} other", utc_now):
            here += number % 4 > 0
            most = max(most, here)
            await asyncio.sleep(0)
            here -= number % 4 > 0

    await asyncio.gather(*(work(number) for number in range(8)))
    assert (most, await Turn.get(name)) == (1, None), "one at a time, and nothing is left of it"

    with pytest.raises(OSError, match="the disk"):
        async with turn(name, utc_now):
            raise OSError("the disk")
    assert await Turn.get(name) is None

    passed = timedelta()
    async with turn(name, utc_now):
        # somebody's process died here, for all that others know

        def clock():
            nonlocal passed
            passed += LEASE / 4
            return utc_now() + passed

        async with turn(name, clock):
            taken = await Turn.get(name)
    assert taken is not None
    await Turn(id=name, token="another's", leased_until=utc_now() + timedelta(days=1)).insert()
    with pytest.raises(StoreBusy):
        async with turn(name, clock):
            pass
    if URI == "embedded":
        await end_turns()
        assert await Turn.get(name) is None


def test_counts_and_turns_hold_for_all_processes_together(tmp_path):
    async def play():
        async with connect(URI, tmp_path, [Counted, Turn]):
            await counts_keep_to_it(StoredCounts())
            await turns_keep_to_it()
            now = utc_now()
            for name, until in (("over", now - timedelta(seconds=1)), ("lives", now + timedelta(hours=1))):
                await Counted(id=f"{name} {tmp_path.name}", number=1, keep_until=until).insert()
            await forget_counts(now)
            assert await Counted.get(f"over {tmp_path.name}") is None
            assert await Counted.get(f"lives {tmp_path.name}") is not None

    asyncio.run(play())


def test_counts_in_memory_keep_to_the_same():
    asyncio.run(counts_keep_to_it(MemoryCounts()))

"""kill -9 of the store loses nothing that was acknowledged; kill -9 of its parent leaves no orphan."""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from beanie import Document
from pymongo.errors import PyMongoError

from passport.storage import connect

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "8"))


class Receipt(Document):
    id: str
    number: int

    class Settings:
        name = "receipts"


def test_no_acknowledged_write_is_lost_when_the_store_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("passport.storage.embedded._RESTARTS", 1000)

    async def test():
        acknowledged: set[str] = set()
        writers_stop = asyncio.Event()

        async def write(writer: int) -> None:
            number = 0
            while not writers_stop.is_set():
                number += 1
                name = f"{writer}-{number}"
                try:
                    await Receipt(id=name, number=number).insert()
                except PyMongoError:
                    await asyncio.sleep(0.02)  # nobody said that it was kept
                else:
                    acknowledged.add(name)

        async with connect("embedded", tmp_path, [Receipt]) as connection:
            store = connection.embedded
            assert store is not None
            writers = [asyncio.create_task(write(writer)) for writer in range(4)]
            chance = random.Random(7)
            for _ in range(ROUNDS):
                await asyncio.sleep(0.1 + chance.random() * 0.3)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(store.process_id, signal.SIGKILL)
                await _until_it_answers(connection)
            writers_stop.set()
            await asyncio.gather(*writers)
            kept = {receipt.id for receipt in await Receipt.find_all().to_list()}
        assert len(acknowledged) > 20 * ROUNDS
        assert acknowledged <= kept

    asyncio.run(test())


async def _until_it_answers(connection) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with contextlib.suppress(Exception):
            await connection.check()
            return
        await asyncio.sleep(0.05)
    pytest.fail("the store did not come back")


PARENT = """
import asyncio, signal, sys
from pathlib import Path
from passport.storage.embedded import EmbeddedStore

async def main():
    async with EmbeddedStore(Path(sys.argv[1])) as store:
        print(store.process_id, flush=True)
        await asyncio.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it
asyncio.run(main())
"""


def test_no_orphan_is_left_when_the_parent_is_killed(tmp_path):
    for _ in range(3):
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _alive(child)
        parent.kill()
        parent.wait()
        parent.stdout.close()
        until = time.monotonic() + 5
        while _alive(child) and time.monotonic() < until:
            time.sleep(0.02)
        assert not _alive(child)


def test_an_orderly_end_stops_the_child_and_frees_the_directory(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGINT)
    parent.wait(10)
    parent.stdout.close()
    assert not _alive(child)
    assert not (tmp_path / "store.sock").exists()


def _alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"

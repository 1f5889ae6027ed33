"""The embedded store keeps its promises about files, processes and durability."""

import asyncio
import os
import sqlite3
import stat

import pytest
from beanie import Document

from passport.errors.storage import StoreInUse, StoreUnavailable
from passport.storage import connect
from passport.storage.embedded import EmbeddedStore


class Leaf(Document):
    id: str

    class Settings:
        name = "leaves"


def test_only_the_owner_may_open_its_files_and_socket(tmp_path):
    async def test():
        folder = tmp_path / "data"
        async with connect("embedded", folder, [Leaf]):
            await Leaf(id="a").insert()
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            for path in folder.rglob("*"):
                assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
            socket = folder / "store.sock"
            assert stat.S_ISSOCK(socket.stat().st_mode)
            assert stat.S_IMODE(socket.stat().st_mode) == 0o600
        assert not socket.exists()

    asyncio.run(test())


def test_a_data_directory_with_a_long_path_works(tmp_path):
    async def test():
        folder = tmp_path / ("long" * 40)
        async with connect("embedded", folder, [Leaf]):
            await Leaf(id="a").insert()
            assert await Leaf.get("a") is not None

    asyncio.run(test())


def test_a_second_process_on_one_directory_is_refused(tmp_path):
    async def test():
        async with EmbeddedStore(tmp_path):
            with pytest.raises(StoreInUse):
                async with EmbeddedStore(tmp_path):
                    pass

    asyncio.run(test())


def test_writes_are_synchronous_whatever_a_client_asks_for(tmp_path):
    from passport.storage.embedded_server import DurableHandler

    handler = DurableHandler(data_dir=str(tmp_path))
    connection = handler.get_database("passport")
    handler._apply_write_concern(connection, "passport", {"w": 0})
    assert connection.db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    handler.close_all()


def test_the_store_that_dies_is_started_again(tmp_path):
    async def test():
        async with connect("embedded", tmp_path, [Leaf]) as connection:
            await Leaf(id="before").insert()
            assert connection.embedded is not None
            first = connection.embedded.process_id
            os.kill(first, 9)
            for _ in range(100):
                await asyncio.sleep(0.05)
                try:
                    await connection.check()
                except StoreUnavailable:
                    continue
                if connection.embedded.process_id != first:
                    break
            assert connection.embedded.process_id != first
            assert await Leaf.get("before") is not None
            await Leaf(id="after").insert()

    asyncio.run(test())


def test_a_store_that_keeps_dying_is_left_alone_and_reported(tmp_path, monkeypatch):
    monkeypatch.setattr("passport.storage.embedded._RESTARTS", 1)
    monkeypatch.setattr("passport.storage.connection._SELECTION_MS", 300)

    async def test():
        async with connect("embedded", tmp_path, [Leaf]) as connection:
            for _ in range(2):
                os.kill(connection.embedded.process_id, 9)
                await asyncio.sleep(1.0)
            with pytest.raises(StoreUnavailable):
                await connection.check()

    asyncio.run(test())


def test_the_database_is_plain_sqlite_that_can_be_checked(tmp_path):
    async def test():
        async with connect("embedded", tmp_path, [Leaf]):
            await Leaf(id="a").insert()

    asyncio.run(test())
    with sqlite3.connect(tmp_path / "store" / "passport.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()

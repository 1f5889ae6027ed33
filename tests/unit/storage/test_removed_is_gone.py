"""What was removed is in no file of the embedded store any more."""

import base64
import secrets

import pytest

from passport.storage.embedded_server import DurableHandler


@pytest.fixture
def store(tmp_path):
    return DurableHandler(data_dir=str(tmp_path))


def command(**body):
    return {"request_id": 1, "sections": [("body", {**body, "$db": "passport"})]}


def written(tmp_path, mark):
    return any(mark in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["delete", "update"])
def test_the_bytes_of_what_was_removed_are_gone_once_the_log_is_written_back(store, tmp_path, how):
    text = base64.b64encode(secrets.token_bytes(30_000)).decode()
    marks = [text[place : place + 40].encode() for place in range(0, len(text), 1_000)]
    store.handle_insert(command(insert="files", documents=[{"_id": "a", "sealed": text}, {"_id": "b"}]))
    store.write_back()
    assert sum(written(tmp_path, mark) for mark in marks) > 30, "but those on the edge of a page"
    if how == "delete":
        store.handle_command(command(delete="files", deletes=[{"q": {"_id": "a"}, "limit": 1}]))
    else:
        change = {"q": {"_id": "a"}, "u": {"$set": {"sealed": None}}}
        store.handle_command(command(update="files", updates=[change]))
    store.write_back()
    assert not any(written(tmp_path, mark) for mark in marks)
    found = store.handle_command(command(find="files", filter={"_id": "b"}))
    assert "b" in str(found)


def test_a_store_that_is_busy_is_written_back_later(store, tmp_path):
    store.handle_insert(command(insert="files", documents=[{"_id": "a"}]))
    database = store.get_database("passport").db
    database.execute("BEGIN IMMEDIATE")
    store.write_back()
    database.execute("ROLLBACK")
    store.write_back()
    assert (tmp_path / "passport.db-wal").stat().st_size == 0

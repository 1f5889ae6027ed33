"""A command that brings many documents is one commit of the embedded store, and a bad document fails alone."""

import contextlib
from typing import Any

from nx_27017.handler import NeoSQLiteHandler

from passport.storage.embedded_server import DurableHandler

ID = "_id"


def message(command: dict[str, Any]) -> dict[str, Any]:
    return {"request_id": 1, "sections": [("body", {**command, "$db": "passport"})]}


def test_many_documents_are_committed_together_and_a_duplicate_fails_alone(tmp_path, monkeypatch):
    handler = DurableHandler(data_dir=str(tmp_path / "store"))
    handler.handle_insert(message({"insert": "things", "documents": [{ID: "b"}]}))
    database = handler.get_database("passport").db
    within = []
    genuine = NeoSQLiteHandler.handle_insert

    def watched(self, msg):
        within.append(database.in_transaction)
        return genuine(self, msg)

    monkeypatch.setattr(NeoSQLiteHandler, "handle_insert", watched)
    several = {"insert": "things", "ordered": False, "documents": [{ID: "a"}, {ID: "b"}, {ID: "c"}]}
    _, reply = handler.handle_insert(message(several))
    handler.handle_insert(message({"insert": "things", "documents": [{ID: "d"}]}))
    assert within == [True, False]
    assert not database.in_transaction
    assert reply["n"] == 2
    assert [error["index"] for error in reply["writeErrors"]] == [1]
    _, found = handler.handle_command(message({"find": "things"}))
    assert sorted(each[ID] for each in found["cursor"]["firstBatch"]) == ["a", "b", "c", "d"]


def test_a_command_that_breaks_leaves_nothing_half_written(tmp_path, monkeypatch):
    handler = DurableHandler(data_dir=str(tmp_path / "store"))
    handler.handle_insert(message({"insert": "things", "documents": [{ID: "a"}]}))
    genuine = NeoSQLiteHandler.handle_insert

    def broken(self, msg):
        genuine(self, msg)
        raise RuntimeError

    monkeypatch.setattr(NeoSQLiteHandler, "handle_insert", broken)
    with contextlib.suppress(RuntimeError):
        handler.handle_insert(message({"insert": "things", "documents": [{ID: "b"}, {ID: "c"}]}))
    _, found = handler.handle_command(message({"find": "things"}))
    assert [each[ID] for each in found["cursor"]["firstBatch"]] == ["a"]

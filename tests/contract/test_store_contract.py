"""What any store must keep to, run against PASSPORT_TEST_MONGODB_URI or the embedded one.

Longer than most: a contract stands in one place.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from beanie import Document
from beanie.odm.operators.update.general import Set
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError, OperationFailure

from passport.clock import utc_now
from passport.errors.storage import AlreadyUsed, StoreAddress
from passport.storage import Connection, claim_once, connect
from passport.storage.once import Once, forget_lapsed


class Parcel(Document):
    id: str
    state: str = "ready"
    taken_by: int | None = None
    at: datetime = datetime(2026, 1, 31, 9, tzinfo=UTC)
    label: str = ""
    things: tuple[str, ...] = ()

    class Settings:
        name = "parcels"


class Numbered(Document):
    id: str
    number: int

    class Settings:
        name = "numbered"
        indexes = ()


def run(test):
    asyncio.run(test)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Connection]:
    uri = os.environ.get("PASSPORT_TEST_MONGODB_URI", "embedded")
    async with connect(uri, folder, [Parcel, Numbered]) as connection:
        yield connection


def test_what_is_inserted_is_found_by_its_id(tmp_path):
    async def test():
        async with opened(tmp_path):
            name = str(uuid4())
            await Parcel(id=name, label="Zoë – ☃ 漢字", things=("a", "b")).insert()
            found = await Parcel.get(name)
            assert found is not None
            assert (found.label, found.things) == ("Zoë – ☃ 漢字", ("a", "b"))
            assert found.at == datetime(2026, 1, 31, 9, tzinfo=UTC)
            assert await Parcel.get("nothing") is None

    run(test())


def test_an_id_is_inserted_once(tmp_path):
    async def test():
        async with opened(tmp_path):
            name = str(uuid4())
            await Parcel(id=name).insert()
            with pytest.raises(DuplicateKeyError):
                await Parcel(id=name, label="another").insert()
            found = await Parcel.get(name)
            assert found is not None
            assert not found.label

    run(test())


def test_a_state_changes_only_from_the_expected_one(tmp_path):
    async def test():
        async with opened(tmp_path):
            name = str(uuid4())
            await Parcel(id=name).insert()
            collection = Parcel.get_pymongo_collection()
            moved = await collection.find_one_and_update(
                {"_id": name, "state": "ready"},
                {"$set": {"state": "sent"}},
                return_document=ReturnDocument.AFTER,
            )
            assert moved["state"] == "sent"
            again = await collection.find_one_and_update(
                {"_id": name, "state": "ready"}, {"$set": {"state": "lost"}}
            )
            assert again is None
            changed = await Parcel.find_one({"_id": name, "state": "ready"}).update(
                Set({Parcel.state: "lost"})
            )
            assert changed.modified_count == 0

    run(test())


def test_of_fifty_concurrent_changes_one_wins(tmp_path):
    async def test():
        async with opened(tmp_path):
            name = str(uuid4())
            await Parcel(id=name).insert()
            collection = Parcel.get_pymongo_collection()
            results = await asyncio.gather(
                *(
                    collection.find_one_and_update(
                        {"_id": name, "state": "ready"}, {"$set": {"state": "taken", "taken_by": number}}
                    )
                    for number in range(50)
                )
            )
            winners = [number for number, result in enumerate(results) if result is not None]
            found = await Parcel.get(name)
            assert found is not None
            assert winners == [found.taken_by]

    run(test())


def test_of_fifty_concurrent_claims_one_gets_through(tmp_path):
    async def test():
        async with opened(tmp_path):
            for _ in range(10):
                key = uuid4().hex
                results = await asyncio.gather(
                    *(claim_once("challenge", key, utc_now()) for _ in range(50)), return_exceptions=True
                )
                assert sum(result is None for result in results) == 1
                assert {type(result) for result in results} == {type(None), AlreadyUsed}

    run(test())


def test_claims_of_different_kinds_never_meet(tmp_path):
    async def test():
        async with opened(tmp_path):
            key = uuid4().hex
            await claim_once("challenge", key, utc_now())
            await claim_once("c_nonce", key, utc_now())
            with pytest.raises(AlreadyUsed):
                await claim_once("challenge", key, utc_now())

    run(test())


def test_old_claims_are_swept_and_new_ones_stay(tmp_path):
    async def test():
        async with opened(tmp_path):
            kind, moment, hour = f"sweep{uuid4().hex}", utc_now(), timedelta(hours=1)
            await claim_once(kind, "lapsed", moment - 2 * hour, keep_until=moment - hour)
            await claim_once(kind, "good", moment - 2 * hour, keep_until=moment)
            await claim_once(kind, "for good", moment - 2 * hour)
            await forget_lapsed(moment)
            assert await Once.get(f"{kind}:lapsed") is None
            for key in ("good", "for good"):
                with pytest.raises(AlreadyUsed):
                    await claim_once(kind, key, moment)

    run(test())


def test_finding_sorted_and_a_page_at_a_time(tmp_path):
    async def test():
        async with opened(tmp_path):
            label = uuid4().hex
            for number in range(120):
                await Parcel(id=f"{label}{number:03}", label=label, taken_by=number).insert()
            page = (
                await Parcel.find(Parcel.label == label).sort(-Parcel.taken_by).skip(5).limit(110).to_list()
            )
            assert [parcel.taken_by for parcel in page] == list(range(114, 4, -1))

    run(test())


def test_increments_under_concurrency_are_all_counted(tmp_path):
    async def test():
        async with opened(tmp_path):
            name = str(uuid4())
            await Numbered(id=name, number=0).insert()
            collection = Numbered.get_pymongo_collection()
            results = await asyncio.gather(
                *(
                    collection.find_one_and_update(
                        {"_id": name}, {"$inc": {"number": 1}}, return_document=ReturnDocument.AFTER
                    )
                    for _ in range(100)
                )
            )
            assert sorted(result["number"] for result in results) == list(range(1, 101))

    run(test())


def test_binary_and_large_documents_come_back_as_they_were(tmp_path):
    async def test():
        async with opened(tmp_path) as connection:
            collection = connection.database["large"]
            name, data = str(uuid4()), os.urandom(1_000_000)
            await collection.insert_one({"_id": name, "data": data})
            found = await collection.find_one({"_id": name})
            assert found is not None
            assert bytes(found["data"]) == data
            await collection.delete_one({"_id": name})
            assert await collection.find_one({"_id": name}) is None

    run(test())


def test_data_is_there_after_a_restart(tmp_path):
    async def test():
        name = str(uuid4())
        async with opened(tmp_path):
            await Parcel(id=name, label="kept").insert()
        async with opened(tmp_path):
            found = await Parcel.get(name)
            assert found is not None
            assert found.label == "kept"

    run(test())


@pytest.mark.parametrize("uri", ["", "postgres://x", "mongodb://", "embeded", "mongodb://u:p@/"])
def test_another_address_is_refused(tmp_path, uri):
    async def test():
        with pytest.raises(StoreAddress):
            async with connect(uri, tmp_path, []):
                pass

    run(test())


VALUES = {
    "nothing": None,
    "yes": True,
    "no": False,
    "integer": 7,
    "large": 2**53 - 1,
    "negative": -1,
    "float": 1.5,
    "text": "plain",
    "empty": "",
    "unicode": "Zoë ☃ 漢字 \u202e",
    "quotes": 'it\'s "quoted" \\ back',
    "control": "\x00\x01\x1f\x1fd",
    "looks like a number": "007",
    "looks like true": "true",
    "looks like null": "null",
    "looks like json": '{"$date": "2026-01-31"}',
    "looks like a moment": "2026-01-31T09:00:00Z",
    "looks like a day": "2026-01-31",
    "looks like an id": "65b9f0f0f0f0f0f0f0f0f0f0",
    "operator": "$set",
    "tilde": "~date:5",
    "bytes": b"\x00\xff\x01abc",
    "no bytes": b"",
    "moment": datetime(2026, 1, 31, 9, 0, 0, 123000, tzinfo=UTC),
    "old moment": datetime(1969, 7, 20, 20, 17, 40, tzinfo=UTC),
    "list": ["a", 1, None, True, b"\x00", datetime(2026, 1, 31, tzinfo=UTC)],
    "empty list": [],
    "object": {"a": {"b": [b"\xff", datetime(2026, 1, 31, tzinfo=UTC)]}, "n": None},
    "empty object": {},
}


@pytest.mark.parametrize("how", ["insert", "replace", "set", "find_one_and_update", "upsert", "nested"])
def test_every_value_comes_back_as_it_went_in(tmp_path, how):
    async def test():
        async with opened(tmp_path) as connection:
            collection = connection.database["every_value"]
            for what, value in VALUES.items():
                name = f"{uuid4()} {what}"
                if how == "insert":
                    await collection.insert_one({"_id": name, "value": value})
                elif how == "upsert":
                    await collection.update_one({"_id": name}, {"$set": {"value": value}}, upsert=True)
                elif how == "replace":
                    await collection.insert_one({"_id": name, "value": "before"})
                    await collection.replace_one({"_id": name}, {"_id": name, "value": value}, upsert=True)
                elif how == "nested":
                    await collection.insert_one({"_id": name, "inner": {"value": "before", "other": 1}})
                    await collection.update_one({"_id": name}, {"$set": {"inner.value": value}})
                else:
                    await collection.insert_one({"_id": name, "value": "before"})
                    changed = await collection.find_one_and_update(
                        {"_id": name}, {"$set": {"value": value}}, return_document=ReturnDocument.AFTER
                    )
                    assert changed["value"] == value, what
                found = await collection.find_one({"_id": name})
                assert found is not None
                kept = found["inner"]["value"] if how == "nested" else found["value"]
                assert kept == value, what
                assert isinstance(kept, type(value)), what

    run(test())


def test_moments_are_compared_and_sorted_however_they_were_written(tmp_path):
    async def test():
        async with opened(tmp_path) as connection:
            collection, label = connection.database["moments"], uuid4().hex
            start = datetime(2026, 1, 31, 23, 59, 59, 998000, tzinfo=UTC)
            for number in range(6):
                moment = start + timedelta(milliseconds=number)
                name = f"{label}{number}"
                if number % 2:
                    await collection.insert_one({"_id": name, "label": label, "at": moment})
                else:
                    await collection.insert_one({"_id": name, "label": label, "at": start})
                    await collection.update_one({"_id": name}, {"$set": {"at": moment}})
            for compare, expected in (("$lt", 3), ("$lte", 4), ("$gt", 2), ("$gte", 3)):
                at = {compare: start + timedelta(milliseconds=3)}
                found = await collection.find({"label": label, "at": at}).to_list(None)
                assert len(found) == expected, compare
            exact = await collection.find({"label": label, "at": start}).to_list(None)
            assert [each["_id"] for each in exact] == [f"{label}0"]
            ordered = await collection.find({"label": label}).sort("at", -1).to_list(None)
            assert [each["_id"][-1] for each in ordered] == list("543210")
            won = await collection.find_one_and_update(
                {"_id": f"{label}0", "at": {"$lt": start + timedelta(milliseconds=1)}},
                {"$set": {"at": start + timedelta(days=1)}},
            )
            assert won is not None
            assert (
                await collection.find_one_and_update(
                    {"_id": f"{label}0", "at": {"$lt": start + timedelta(milliseconds=1)}},
                    {"$set": {"at": start}},
                )
                is None
            )

    run(test())


def test_unset_increment_add_to_set_and_pull_work_on_one_document(tmp_path):
    async def test():
        async with opened(tmp_path) as connection:
            collection, name = connection.database["changes"], str(uuid4())
            await collection.insert_one({"_id": name, "a": 1, "list": ["x"], "inner": {"n": 1}})
            await collection.update_one({"_id": name}, {"$inc": {"inner.n": 2}, "$unset": {"a": ""}})
            await collection.update_one({"_id": name}, {"$addToSet": {"list": "y"}})
            await collection.update_one({"_id": name}, {"$addToSet": {"list": "y"}})
            await collection.update_one({"_id": name}, {"$push": {"list": datetime(2026, 1, 1, tzinfo=UTC)}})
            await collection.update_one({"_id": name}, {"$pull": {"list": "x"}})
            assert await collection.find_one({"_id": name}) == {
                "_id": name,
                "inner": {"n": 3},
                "list": ["y", datetime(2026, 1, 1, tzinfo=UTC)],
            }

    run(test())


def test_truths_are_found_as_they_were_written_and_missing_members_too(tmp_path):
    async def test():
        async with opened(tmp_path) as connection:
            collection, label = connection.database["truths"], uuid4().hex
            await collection.insert_one({"_id": f"{label}a", "label": label, "open": True})
            await collection.insert_one({"_id": f"{label}b", "label": label, "open": True})
            await collection.insert_one({"_id": f"{label}c", "label": label})
            await collection.update_one({"_id": f"{label}b"}, {"$set": {"open": False}})
            for looked_for, expected in (
                (True, "a"),
                (False, "b"),
                ({"$ne": True}, "bc"),
                ({"$exists": True}, "ab"),
                ({"$exists": False}, "c"),
                ({"$in": [True, False]}, "ab"),
                (None, "c"),
            ):
                found = await collection.find({"label": label, "open": looked_for}).to_list(None)
                assert "".join(sorted(each["_id"][-1] for each in found)) == expected, looked_for
            assert await collection.count_documents({"label": label, "open": True}) == 1
            changed = await collection.update_many({"label": label}, {"$set": {"open": True}})
            assert changed.matched_count == 3
            assert (await collection.delete_many({"label": label, "open": True})).deleted_count == 3

    run(test())


def test_a_unique_index_holds_for_inserts_and_updates(tmp_path):
    async def test():
        async with opened(tmp_path) as connection:
            collection = connection.database[f"unique{uuid4().hex[:8]}"]
            await collection.create_index([("organisation", 1), ("number", 1)], unique=True)
            await collection.insert_one({"_id": "a", "organisation": "x", "number": 1})
            await collection.insert_one({"_id": "b", "organisation": "x", "number": 2})
            with pytest.raises(DuplicateKeyError):
                await collection.insert_one({"_id": "c", "organisation": "x", "number": 1})
            with pytest.raises(DuplicateKeyError):
                await collection.update_one({"_id": "b"}, {"$set": {"number": 1}})
            await connection.database.drop_collection(collection.name)

    run(test())


ALTERNATIVES = {"_id": "b", "taken_by": 9, "$or": [{"state": "open"}, {"state": "ready"}]}


@pytest.mark.parametrize("how", ["update_one", "update_many", "find_one_and_update", "delete_one"])
def test_a_filter_with_alternatives_changes_no_document_that_it_does_not_fit(tmp_path, how):
    """The embedded server would: it is refused there. A MongoDB finds nothing to change."""

    async def test():
        async with opened(tmp_path):
            for name in "ab":
                await Parcel(id=name).insert()
            change = getattr(Parcel.get_pymongo_collection(), how)
            with suppress(OperationFailure):
                await (
                    change(ALTERNATIVES)
                    if how == "delete_one"
                    else change(ALTERNATIVES, {"$set": {"label": "x"}})
                )
            left = await Parcel.find_all().to_list()
            assert sorted((each.id, each.label) for each in left) == [("a", ""), ("b", "")]

    run(test())


def test_finding_with_alternatives_is_right(tmp_path):
    async def test():
        async with opened(tmp_path):
            for name in "abc":
                await Parcel(id=name, state={"a": "ready", "b": "open", "c": "gone"}[name]).insert()
            found = await Parcel.find({"$or": [{"state": "open"}, {"state": "ready"}]}).to_list()
            assert sorted(each.id for each in found) == ["a", "b"]

    run(test())

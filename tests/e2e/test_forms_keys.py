"""An organisation that was made before there were two kinds of keys gets its second one at the next start."""

import asyncio

from issuer.app import MODELS
from issuer.organisations.records import Organisation
from passport.storage import connect
from tests.simulators.issuing import HTTP, issuer_process, open_office


async def as_it_was_before(folder):
    async with connect("embedded", folder, MODELS):
        organisations = Organisation.get_pymongo_collection()
        found = await organisations.find_one({})
        keys = [{name: value for name, value in found["keys"][0].items() if name != "type"}]
        await organisations.update_one({"_id": found["_id"]}, {"$set": {"keys": keys}})


def methods(office):
    document = HTTP.get(f"{office.issuer}/did.json").json()
    assert document["authentication"] == [f"{office.did}#key-1"]
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    return {method["id"].partition("#")[2]: method for method in document["verificationMethod"]}


def test_an_organisation_of_before_gets_its_p256_key_at_the_next_start(tmp_path):
    with issuer_process(tmp_path) as process:
        office = open_office(process)
        before = methods(office)
        assert list(before) == ["key-1", "p256-1"]
        process.stop()
        asyncio.run(as_it_was_before(tmp_path / "data"))
        for _ in range(2):
            process.start()
            after = methods(office)
            assert after["key-1"] == before["key-1"]
            assert after["p256-1"] != before["p256-1"]
            assert list(after) == ["key-1", "p256-1"]
            process.stop()
        process.start()
        assert [event["action"] for event in office.get("/api/audit")["events"]].count("key.add") == 1

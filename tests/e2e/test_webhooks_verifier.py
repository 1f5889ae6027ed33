"""Webhooks of a verifier: that a request was answered, and where its report is."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.simulators.receiving import listening
from tests.simulators.showing import open_story


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("verifier-webhooks")) as made:
        yield made


def test_an_answered_request_is_told_and_its_report_can_be_fetched(story):
    with listening() as listener, story.client as client:
        assert client.get("/api/webhooks/events").json() == {"events": ["request.answered"]}
        made = client.post("/api/webhooks", json={"url": listener.url, "events": ["request.answered"]}).json()
        asked = story.ask()
        answer = story.answer(asked["request"], [story.diploma(), story.reference()])
        headers = {"Content-Type": "application/vp"}
        assert (
            httpx.post(asked["responseUri"], content=answer, headers=headers, timeout=20).status_code == 200
        )
        assert (
            httpx.post(asked["responseUri"], content=answer, headers=headers, timeout=20).status_code == 409
        )
        end = time.monotonic() + 15
        while not listener.got and time.monotonic() < end:
            time.sleep(0.05)
        told = listener.messages(made["secret"])
        assert told == [("request.answered", {"id": asked["id"], "report": asked["id"]})]
        report = client.get(f"/api/reports/{told[0][1]['report']}").json()
        assert report["verdict"] == "genuine"
        assert b"did:" not in listener.got[0].body
        assert client.delete(f"/api/webhooks/{made['id']}").status_code == 204


def test_a_request_with_an_idempotency_key_is_made_once(story):
    with story.client as client:
        profile = client.get("/api/profiles").json()[0]["key"]

        def ask(_number):
            return client.post(
                "/api/requests", json={"profile": profile}, headers={"Idempotency-Key": '"r-1"'}
            )

        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(ask, range(50)))
        assert {each.status_code for each in answers} <= {201, 409}
        assert len({each.json()["id"] for each in answers if each.status_code == 201}) == 1
        other = client.post(
            "/api/requests", json={"profile": "another"}, headers={"Idempotency-Key": '"r-1"'}
        )
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")

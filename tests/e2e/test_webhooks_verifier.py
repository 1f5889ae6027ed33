"""Webhooks of a verifier: that a request was answered, and where its report is."""

import csv
import io
import re
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


def test_many_candidates_are_asked_and_outcomes_come_out_as_csv(story):
    with story.client as client:
        profile = client.get("/api/profiles").json()[0]["key"]
        body = {"profile": profile, "references": ["=1+1", "candidate-2", "candidate-3"]}
        made = client.post("/api/requests/list", json=body, headers={"Idempotency-Key": "list-1"}).json()
        assert (
            client.post("/api/requests/list", json=body, headers={"Idempotency-Key": "list-1"}).json() == made
        )
        assert [each["reference"] for each in made] == body["references"]
        asked = client.get(f"/api/requests/{made[1]['id']}").json()
        answer = story.answer(asked["request"], [story.diploma(), story.reference()])
        headers = {"Content-Type": "application/vp"}
        assert (
            httpx.post(made[1]["responseUri"], content=answer, headers=headers, timeout=20).status_code == 200
        )
        text = client.get(f"/api/exports/reports.csv?delimiter=semicolon&bom=true&profile={profile}").text
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        (row,) = [each for each in rows if each["request"] == made[1]["id"]]
        assert (row["verdict"], row["met"], row["profile"]) == ("genuine", "yes", profile)
        assert "did:" not in text
        assert client.get("/api/exports/reports.csv?profile=another").text.count("\n") == 1
        too_many = {"profile": profile, "references": ["a"] * 101}
        assert client.post("/api/requests/list", json=too_many).status_code == 400


def test_pages_for_webhooks_work_without_scripts(story):
    with story.client as client, listening() as listener:
        own = {"Origin": str(client.base_url).rstrip("/"), "Accept": "text/html", "Accept-Language": "nl"}
        key = client.headers["authorization"].split()[1]
        limits = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(
            base_url=client.base_url, headers=own, follow_redirects=True, limits=limits
        ) as browser:
            assert browser.get("/webhooks").status_code == 401
            browser.post("/sign-in", data={"key": key, "api_key": key})
            page = browser.post("/webhooks", data={"url": listener.url, "events": ["request.answered"]})
            assert "whsec_" in page.text
            place = re.search(r"/webhooks/[0-9a-f]{32}", page.text)[0]
            assert listener.url in browser.get(place).text
            assert "whsec_" not in browser.get("/webhooks").text


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

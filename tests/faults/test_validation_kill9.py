"""A19 for validations: kill -9 at every write point. One case for a request, one move, one credential.

The process dies at its named fault point, starts again on the same data, and whoever asked asks again.
PASSPORT_KILL_ROUNDS above 1 looks at all points.
"""

import os

import httpx
import pytest

from tests.simulators.issuing import HTTP, issuer_process
from tests.simulators.validating import BREAD, Colleague, Provider, Worker, assessment, sent_file

ALL = int(os.environ.get("PASSPORT_KILL_ROUNDS", "1")) > 1
"""Every start costs seconds: usually one point of a request and one of a signature, in the long run all."""
ASKING = ["case-recorded", "case-files", "case-opened", "before-reply"] if ALL else ["case-files"]
SIGNING = ["case-moved"]
SIGNING += ["case-move-audit", "case-achievement", "case-report", "case-offered"] if ALL else []
in_the_long_run = pytest.mark.skipif(not ALL, reason="PASSPORT_KILL_ROUNDS above 1 looks at all points")


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("killed-validations")) as started:
        yield started


@pytest.fixture(scope="module")
def provider(process):
    made = HTTP.post(
        f"{process.url}/api/organisations",
        json={"slug": "evc-noord", "name": "EVC Noord"},
        headers={"Authorization": f"Bearer {process.bootstrap_secret}"},
    ).json()
    owner = Colleague(process.url, made["owner"]["id"], made["owner"]["api_key"])
    found = Provider(process.url, "evc-noord", made["did"], owner)
    found.hire("coordinator", "coordinator")
    found.hire("adviser", "adviser")
    found.hire("assessor", "assessor")
    return found


def followed(provider, made):
    answer = HTTP.get(made["url"], headers={"Authorization": f"Bearer {made['token']}"})
    assert answer.is_success, answer.text
    return answer.json()


def all_cases(provider):
    return provider["coordinator"].get("/api/validations")["cases"]


@pytest.mark.parametrize("point", ASKING)
def test_a_killed_request_is_one_case_when_it_is_sent_again(process, provider, point):
    worker = Worker()
    claim, before = worker.claim(BREAD), len(all_cases(provider))
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        provider.post(provider.body(worker, [claim], [sent_file(claim)]))
    made = provider.post(provider.body(worker, [claim], [sent_file(claim)])).json()
    assert len(all_cases(provider)) == before + 1
    seen = provider["coordinator"].get(f"/api/validations/{made['id']}")
    answer = provider["coordinator"].ask(
        "GET", f"/api/validations/{made['id']}/files/{seen['files'][0]['id']}"
    )
    assert answer.content.startswith(b"date,hours")
    assert followed(provider, made)["phase"] == "preparation"


@in_the_long_run
@pytest.mark.parametrize("point", ["case-move-audit", "case-moved", "before-reply"])
def test_a_killed_move_is_made_once(process, provider, point):
    case = provider.asked(BREAD).id
    provider.until(case, "assessment")
    judge = provider["assessor"]
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        judge.try_move(case, "assess", assessment=assessment(number=1))
    again = judge.try_move(case, "assess", assessment=assessment(number=1))
    assert again.status_code == (200 if point == "case-move-audit" else 409), again.text
    seen = judge.get(f"/api/validations/{case}")
    assert seen["phase"] == "certification"
    assert [entry["move"] for entry in seen["history"]].count("assess") == 1


@pytest.mark.parametrize("point", SIGNING)
def test_a_killed_signature_is_one_credential(process, provider, point):
    asked = provider.asked(BREAD)
    provider.until(asked.id, "certification", number=1)
    judge, offers = provider["assessor"], len(provider.owner.get("/api/offers"))
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        judge.try_move(asked.id, "certify")
    judge.try_move(asked.id, "certify")
    seen = asked.follow()
    assert seen["state"] == "recognised"
    assert asked.follow()["offer"] == seen["offer"]
    assert len(provider.owner.get("/api/offers")) == offers + 1
    badge = asked.worker.wallet.claim(seen["offer"])
    assert badge["credentialSubject"]["id"] == asked.worker.did
    issued = provider.owner.get("/api/credentials")["credentials"]
    assert [each["subject"] for each in issued].count(asked.worker.did) == 1


@in_the_long_run
@pytest.mark.parametrize("point", ["case-move-audit", "case-moved"])
def test_a_killed_withdrawal_leaves_no_files_once_it_is_said_again(process, provider, point):
    asked = provider.asked(BREAD)
    with process.dying_at(point), pytest.raises(httpx.HTTPError):
        asked.ask("POST", "/withdraw")
    asked.ask("POST", "/withdraw")
    seen = asked.follow()
    assert seen["state"] == "withdrawn"
    assert seen["files"][0]["removed"]
    path = f"/api/validations/{asked.id}/files/{seen['files'][0]['id']}"
    assert provider["coordinator"].ask("GET", path).status_code == 404

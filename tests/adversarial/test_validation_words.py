"""What a validation keeps and shows: sealed on disk, nothing personal in mails and logs, text as text."""

import asyncio
import json

import httpx
import pytest

from passport.encoding import base64url_encode
from tests.simulators.at_rest import stands_in
from tests.simulators.validating import BREAD, DOUGH, Worker, assessment, sent_file
from tests.simulators.validation_service import validation_service

SCRIPT = "<script>alert(1)</script>"
IDENTIFIED = {"method": "in-person", "on": "2026-01-05"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("attacked")) as made:
        yield made


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


@pytest.fixture(scope="module")
def other(service):
    return service.staffed()


@pytest.fixture
def worker():
    return Worker()


def code(answer):
    return answer.status_code, answer.json().get("code")


def test_files_and_words_are_unreadable_on_disk(service, provider, worker):
    secret = b"date,hours\n2026-03-02,a-very-particular-sheet\n"
    claim = worker.claim(BREAD, sheet=secret, narrative="a-very-particular-narrative")
    file = sent_file(claim, secret, name="a-very-particular-name.csv")
    body = provider.body(worker, [claim], [file], message="a-very-particular-message")
    case = provider.post(body).json()["id"]
    provider["coordinator"].move(case, "note", note="a-very-particular-note")
    stored = b"".join(path.read_bytes() for path in service.folder.rglob("*") if path.is_file())
    assert len(stored) > 10_000
    assert not stands_in(stored, b"very-particular")
    assert base64url_encode(secret).encode()[:40] not in stored


def test_nothing_personal_is_in_mails(service, provider, worker):
    claim = worker.claim(BREAD, name="a-named-thing")
    body = provider.body(worker, [claim], message="a-named-thing", contact={"email": "worker@home.example"})
    case = provider.post(body).json()["id"]
    provider.until(case, "aftercare", number=1)
    until = asyncio.run(_mails(service, "worker@home.example"))
    assert until, "the worker is told that there is news"
    for mail in service.mails():
        for word in ("a-named-thing", "bake bread", worker.did, "A morning in the bakery"):
            assert word not in mail


async def _mails(service, address):
    for _ in range(100):
        found = [mail for mail in service.mails() if address in mail]
        if found:
            return found
        await asyncio.sleep(0.1)
    return []


def test_nothing_personal_is_in_the_log(provider, worker, caplog):
    with caplog.at_level("INFO"):
        claim = worker.claim(BREAD, name="a-logged-thing", skill="a-logged-skill")
        body = provider.body(worker, [claim], [sent_file(claim, b"wrong\n")], message="a-logged-word")
        provider.post(body)
        good = provider.body(worker, [claim], [sent_file(claim)], message="a-logged-word")
        case = provider.post(good).json()["id"]
        provider["coordinator"].move(case, "note", note="a-logged-note")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpcore")]
    assert "a-logged" not in "\n".join(ours)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_script_in_every_text_field_is_shown_as_text(provider, worker, language):
    claim = worker.claim(
        BREAD, DOUGH, name=SCRIPT, description=SCRIPT, skill=SCRIPT, record=SCRIPT, narrative=SCRIPT
    )
    file = sent_file(claim, name=f"{SCRIPT}.csv")
    case = provider.post(provider.body(worker, [claim], [file], message=SCRIPT)).json()["id"]
    coordinator = provider["coordinator"]
    coordinator.move(case, "note", note=SCRIPT)
    provider.until(case, "assessment")
    results = [{"skill": each, "result": "not-met", "reason": SCRIPT} for each in (0, 1)]
    provider["assessor"].move(case, "assess", assessment=assessment(*results, how=SCRIPT))
    headers = {"Origin": provider.url, "Accept": "text/html", "Accept-Language": language}
    with httpx.Client(base_url=provider.url, headers=headers, timeout=60) as browser:
        browser.post("/console/session", data={"api_key": coordinator.api_key})
        for path in ("/console/validations", f"/console/validations/{case}"):
            page = browser.get(path)
            assert page.status_code == 200
            assert SCRIPT not in page.text
            assert "&lt;script&gt;" in page.text


def test_a_file_is_never_shown_as_a_page(provider, worker):
    page = b"<html><script>alert(1)</script></html>"
    claim = worker.claim(BREAD, sheet=page)
    body = provider.body(worker, [claim], [sent_file(claim, page, mediaType="text/plain")])
    made = provider.post(body)
    assert made.status_code == 201
    file = made.json()["files"][0]["id"]
    answer = provider["coordinator"].ask("GET", f"/api/validations/{made.json()['id']}/files/{file}")
    assert answer.content == page
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "html" not in answer.headers["content-type"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_forms_from_another_site_move_nothing(provider):
    case = provider.asked().id
    with httpx.Client(base_url=provider.url, timeout=60) as browser:
        browser.post(
            "/console/session",
            data={"api_key": provider["coordinator"].api_key},
            headers={"Origin": provider.url},
        )
        for path in (f"/{case}/moves", "/setup/staff", "/setup/settings"):
            answer = browser.post(
                f"/console/validations{path}",
                data={"move": "note", "note": "x"},
                headers={"Origin": "https://evil.example"},
            )
            assert answer.status_code == 403
    history = provider["coordinator"].get(f"/api/validations/{case}")["history"]
    assert [entry["move"] for entry in history] == ["supplement"]


def test_what_a_stranger_sent_is_never_echoed(provider, worker):
    marker = "a-marker-of-mine"
    claim = worker.claim(BREAD, name=marker)
    for body in (
        {"presentation": {"proof": {"challenge": marker}}, "files": []},
        provider.body(worker, [claim], [sent_file(claim, id=f"urn:{marker}")]),
        provider.body(worker, [claim], [sent_file(claim, mediaType=marker)]),
        provider.body(worker, [claim], [], contact={"email": marker}),
        {**provider.body(worker, [claim]), marker: marker},
    ):
        answer = provider.post(body)
        assert 400 <= answer.status_code < 500
        assert marker not in json.dumps(answer.json())

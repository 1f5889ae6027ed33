"""The history of an employer: what is found, how long it is kept, and that what is deleted is gone."""

import re
import sqlite3

import httpx
import pytest

from passport.clock import parse_datetime
from tests.simulators.at_rest import at_rest, stands_in
from tests.simulators.showing import open_story


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with open_story(tmp_path_factory.mktemp("history")) as made:
        yield made


@pytest.fixture(scope="module")
def pages(story):
    """An employer who is signed in at a browser."""
    own = {"Origin": story.verifier, "Accept": "text/html", "Accept-Language": "en"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(
        base_url=story.verifier, headers=own, timeout=60, follow_redirects=True, limits=limits
    ) as browser:
        browser.post("/sign-in", data={"key": story.key})
        yield browser


def check(pages, source, profile=""):
    answer = pages.post("/check", data={"text": source.decode(), "profile": profile})
    assert "/reports/" in str(answer.url), answer.text[-900:]
    return str(answer.url).rpartition("/")[2]


def listed(page):
    return re.findall(r'href="/reports/([0-9a-f-]+)"', page.text)


def test_what_was_checked_is_found_kept_and_deleted_for_good(story, pages):
    met = check(pages, story.present([story.diploma(), story.reference()]), "baker")
    plain = check(pages, story.present([story.diploma()]))
    assert listed(pages.get("/reports")) == [plain, met]
    assert listed(pages.get("/reports", params={"profile": "baker", "verdict": "genuine"})) == [met]
    assert listed(pages.get("/reports", params={"profile": "bak.r"})) == []
    assert listed(pages.get("/reports", params={"verdict": "not-genuine"})) == []
    assert listed(pages.get("/reports", params={"since": "2001-01-01", "until": ""})) == [plain, met]
    assert listed(pages.get("/reports", params={"until": "2001-01-01", "page": 7})) == []
    refused = pages.get("/reports", params={"since": "2026-99-99"})
    assert (refused.status_code, listed(refused)) == (400, [plain, met])
    assert 'value="2026-99-99" aria-invalid="true"' in refused.text

    saved = pages.get("/reports.csv", params={"profile": "baker", "delimiter": "semicolon", "bom": "true"})
    assert saved.text.startswith("\ufeffreport;request")
    assert [line.split(";")[0] for line in saved.text.splitlines()[1:]] == [met]

    kept = pages.post("/reports/keep", data={"days": "7"})
    assert 'value="7"' in kept.text
    with story.client as client:
        for each in (met, plain):
            shown = client.get(f"/api/reports/{each}").json()
            kept_for = parse_datetime(shown["deleteAt"]) - parse_datetime(shown["checkedAt"])
            assert kept_for.days == 7, "what is there is kept no longer than what comes"
    for wrong in ("0", "4000", "x"):
        assert pages.post("/reports/keep", data={"days": wrong}).status_code == 400

    word = story.worker.did.encode()
    assert stands_in(at_rest(story.folder), word)
    pages.post("/reports/delete")  # without the tick
    assert len(listed(pages.get("/reports"))) == 2
    pages.post("/reports/delete", params={"profile": "baker"}, data={"sure": "yes"})
    assert listed(pages.get("/reports")) == [plain]
    pages.post(f"/reports/{plain}/delete")
    assert listed(pages.get("/reports")) == []
    assert pages.get(f"/reports/{met}").status_code == 404
    written_back(story.folder)
    assert not stands_in(at_rest(story.folder), word), "nobody who was checked stands in the store"


def test_a_history_is_of_one_employer(story, pages):
    check(pages, story.present([story.diploma()]))
    bootstrap = (story.folder / "bootstrap.secret").read_text().strip()
    with httpx.Client(base_url=story.verifier, follow_redirects=True) as other:
        made = other.post(
            "/api/employers",
            json={"slug": "other", "name": "Another employer"},
            headers={"Authorization": f"Bearer {bootstrap}"},
        ).json()
        other.headers.update({"Origin": story.verifier, "Accept": "text/html"})
        assert other.get("/reports").status_code == 401
        other.post("/sign-in", data={"key": made["apiKey"]})
        assert listed(other.get("/reports")) == []
        assert other.get("/reports.csv").text.count("\n") == 1
        other.post("/reports/delete", data={"sure": "yes"})
        other.post("/reports/keep", data={"days": "1"})
    assert len(listed(pages.get("/reports"))) == 1
    forged = {"Origin": "https://attacker.example", "Sec-Fetch-Site": "cross-site"}
    assert pages.post("/reports/delete", data={"sure": "yes"}, headers=forged).status_code == 403
    assert len(listed(pages.get("/reports"))) == 1


def written_back(folder):
    """Empty the store's log, as the store does by itself every minute."""
    for path in folder.rglob("*.db"):
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        database.close()

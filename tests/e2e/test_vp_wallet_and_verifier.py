"""Our wallet and our verifier over OpenID4VP, over real HTTP: asked from a profile, agreed to, reported.

Longer than most: two running services.
"""

import re
from html import unescape

import httpx
import pytest

from passport.json import dump
from tests.simulators.desks import at_desk
from tests.simulators.parties import Party
from tests.simulators.showing import open_story
from wallet.desk.receiving import receive_text


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("both")
    with open_story(folder / "verifier") as story, at_desk(folder / "wallet") as person:
        with person.desk.wallet() as wallet:
            story.worker = Party("A worker", wallet.holder.signer)
            for document in (story.diploma(), story.reference()):
                receive_text(person.desk, wallet, dump(document).decode())
        yield story, person


def ask(story, **body):
    with story.client as client:
        made = client.post("/api/openid4vp", json={"profile": "baker", **body})
        assert made.status_code == 201, made.text
        return made.json()


def report_of(story, made):
    with story.client as client:
        return client.get(f"/api/openid4vp/{made['id']}/result").json()


@pytest.mark.parametrize("mode", ["direct_post", "direct_post.jwt"])
def test_what_the_person_agrees_to_is_what_the_employer_reports(both, mode):
    story, person = both
    made = ask(story, responseMode=mode)
    page = person.post("/request", text=made["link"])
    assert page.status_code == 200, page.text
    assert "bake bread" in page.text
    assert "answer-yes" in page.text or "mark-yes" in page.text
    mark = unescape(re.search(r'name="mark" value="([^"]*)"', page.text)[1])
    sent = person.post(page.url.path, decision="approve", mark=mark)
    assert "notice-yes" in sent.text, sent.text
    report = report_of(story, made)
    assert (report["way"], report["verdict"], report["met"]) == ("C", "genuine", "yes"), report


def test_a29_a_refusal_leaves_no_trace_at_the_employer(both):
    story, person = both
    made = ask(story)
    page = person.post("/request", text=made["link"])
    person.post(page.url.path, decision="refuse")
    with story.client as client:
        state = client.get(f"/api/openid4vp/{made['id']}").json()["state"]
    assert state not in {"answered", "refused"}
    assert person.post(page.url.path, decision="approve").status_code == 410


def test_the_person_keeps_what_is_required_and_nothing_can_be_sent(both):
    story, person = both
    page = person.post("/request", text=ask(story)["link"])
    assert 'value="approve"' in page.text
    claims = [unescape(each) for each in re.findall(r'name="without" value="([^"]*)"', page.text)]
    again = person.get(str(httpx.URL(page.url.path, params={"without": claims})))
    assert 'value="approve"' not in again.text

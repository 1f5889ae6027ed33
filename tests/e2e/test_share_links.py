"""Way D over real HTTP: a wallet shares, a host keeps what it can't read, a verifier checks, the wallet takes it away."""

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from passport.json import dump
from passport.share_link import parse_link
from passport.web.qr import draw_png
from tests.simulators.desks import at_desk
from tests.simulators.parties import Party
from tests.simulators.sharing import open_host
from tests.simulators.showing import BREAD, open_story
from wallet.core.shelf import kept
from wallet.desktop.receiving import receive_text


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    with (
        open_host(folder / "host") as host,
        open_story(folder / "verifier") as story,
        at_desk(folder / "wallet") as person,
    ):
        with person.desk.wallet() as wallet:
            story.worker = Party("A worker", wallet.holder.signer)
            for document in (story.diploma(), story.reference()):
                receive_text(person.desk, wallet, dump(document).decode())
        yield host, story, person


def chosen(person):
    with person.desk.wallet() as wallet:
        return [one.id for one in kept(wallet)]


def share(person, host, **more):
    """Look at what anybody could read, agree, and get the link."""
    records = chosen(person)
    looked = person.post("/share", credential=records)
    assert looked.status_code == 200, looked.text
    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', looked.text)[1]
    made = person.post("/share", credential=records, mark=mark, host=host.address, days=14, **more)
    assert made.status_code == 200, made.text
    return parse_link(unescape(re.search(r"<textarea[^>]*>([^<]*)</textarea>", made.text)[1]))


@pytest.fixture(scope="module")
def link(town):
    host, _, person = town
    return share(person, host)


def check(story, text, path="/api/files", **query):
    with story.client as client:
        body = text.encode() if isinstance(text, str) else text
        return client.post(path, content=body, params=query, headers={"content-type": "text/plain"})


def test_the_person_sees_what_anybody_can_read_before_anything_is_sent(town):
    host, _, person = town
    before = len(host.heard)
    looked = person.post("/share", credential=chosen(person))
    assert "bake bread" in looked.text
    assert "work in teams" in looked.text
    assert len(host.heard) == before


def test_a_verifier_checks_a_link_and_names_its_end_as_the_links(town, link):
    _, story, _ = town
    found = check(story, link.text, profile="baker")
    assert found.status_code == 201, found.text
    report = found.json()
    assert (report["way"], report["verdict"], report["met"]) == ("D", "genuine", "yes")
    assert report["accepted"] is False  # nobody showed it here and now
    assert report["link"]["host"] == link.host
    assert report["link"]["until"] > report["link"]["madeAt"]
    assert [each["validUntil"] for each in report["credentials"]] == [None, None]
    assert check(story, link.text).status_code == 201  # looking again is no replay


def test_strength_never_rises_by_a_link(town, link):
    _, story, person = town
    by_link = {each["skill"]: each["strength"] for each in check(story, link.text).json()["skills"]}
    with person.desk.wallet() as wallet:
        (diploma,) = [one.source for one in kept(wallet) if BREAD.encode() in one.source]
    by_file = {each["skill"]: each["strength"] for each in check(story, diploma).json()["skills"]}
    assert by_link[BREAD] == by_file[BREAD]


def test_the_check_page_takes_a_pasted_link_and_a_picture_of_one(town, link):
    _, story, _ = town
    headers = {"origin": story.verifier, "accept": "text/html", "accept-language": "nl"}
    with httpx.Client(base_url=story.verifier, headers=headers, timeout=60) as client:
        client.post("/sign-in", data={"key": story.key})
        for given in (
            {"data": {"text": f"  {link.text}\n"}},
            {"files": {"pictures": ("photo.png", draw_png(link.text), "image/png")}},
        ):
            page = client.post("/check", follow_redirects=True, **given)
            assert page.status_code == 200, page.text
            assert "met wie u spreekt, is niet bewezen" in page.text
            assert "niet de bewijzen: die hebben een eigen einddatum" in page.text
            assert link.host in page.text


def test_the_host_never_hears_the_key_and_keeps_nothing_that_can_be_read(town, link):
    host, story, person = town
    check(story, link.text)
    secret = link.text.partition("#")[2].encode()
    heard = b"\n".join(host.heard)
    assert link.id.encode() in heard
    assert secret not in heard
    assert not any(secret.decode() in line or link.id in line for line in host.logged)
    assert host.logged
    stored = host.stored()
    assert link.id.encode() in stored
    with person.desk.wallet() as wallet:
        hidden = [b"bake bread", b"credentialSubject", b"VerifiablePresentation", wallet.did.encode()]
    for each in (secret, link.key, *hidden):
        assert each not in stored


def test_taken_away_the_ciphertext_is_gone_from_the_host(town):
    host, story, person = town
    link = share(person, host)
    assert host.get(f"/s/{link.id}/sealed").is_success
    assert link.id.encode() in host.stored()
    gone = person.post(f"/shared/{link.id}/end")
    assert "weggehaald" in gone.text
    assert host.get(f"/s/{link.id}/sealed").status_code == 410
    refused = check(story, link.text)
    assert (refused.status_code, refused.json()["code"]) == (410, "share_link_gone")
    with person.desk.wallet() as wallet:
        assert link.id not in {each.id for each in wallet.vault.records}


def test_a_link_that_has_ended_is_refused_by_host_and_reader_and_swept(town):
    host, story, person = town
    link = share(person, host)
    host.ahead = timedelta(days=14)
    try:
        assert host.get(f"/s/{link.id}/sealed").status_code == 410
        assert check(story, link.text).json()["code"] == "share_link_gone"
    finally:
        host.ahead = timedelta()


def test_the_journal_and_the_list_say_what_was_shared(town, link):
    _, _, person = town
    assert "Gedeeld met een link" in person.get("/journal").text
    listed = person.get("/shared").text
    assert link.host in listed
    assert "Wij tellen niet hoe vaak" in listed
    assert person.get(f"/shared/{link.id}/qr.png").headers["content-type"] == "image/png"


def test_a_host_that_is_away_leaves_a_link_to_take_away(town):
    host, _, person = town
    records = chosen(person)
    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', person.post("/share", credential=records).text)[1]
    answer = person.post("/share", credential=records, mark=mark, host="http://localhost:1", days=14)
    assert answer.status_code == 503
    assert "gaf geen duidelijk antwoord" in answer.text
    assert "localhost:1" in person.get("/shared").text
    del host

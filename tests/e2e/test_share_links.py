"""Way D over real HTTP: a wallet shares, a host keeps what it can't read, a verifier checks, the wallet takes it away.

Longer than most: one host, one verifier and one wallet are started for all of it.
"""

import asyncio
import json
import os
import re
import secrets
from datetime import timedelta
from html import unescape

import httpx
import pytest

from passport.clock import utc_now
from passport.documents import NotFetched
from passport.errors.share_link import NotAShareLink
from passport.fetch import Fetcher
from passport.json import dump
from passport.outbound.shared import fetch_shared
from passport.pictures.qr import draw_png
from passport.share_link import parse_link
from passport.texts import Language
from tests.simulators.desks import at_desk
from tests.simulators.parties import Party
from tests.simulators.sharing import open_host
from tests.simulators.showing import BREAD, open_story
from tests.simulators.warm import ran
from wallet.core.archive import read_archive, write_archive
from wallet.core.leaving.readable import gather
from wallet.core.sharing import look_at, remember_host, shared_links
from wallet.core.shelf import kept
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.desk.receiving import receive_text
from wallet.desk.sharing import known_host
from wallet.desktop.desk import Desk
from wallet.desktop.settings import WalletSettings
from wallet.views import sharing as views
from wallet.views.rendering import Renderer


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


def test_the_import_page_opens_a_link_that_is_pasted_and_shows_what_is_behind_it(town, link, tmp_path):
    """Somebody else's: its credentials are on another key, and kept as documents if the person says so."""
    host, _, _ = town
    with at_desk(tmp_path / "other") as other:
        page = other.post("/import", text=f"  {link.text}\n")
        assert page.status_code == 200, page.text
        assert page.text.count("staat op een andere sleutel") == 2
        assert host.address.partition("://")[2] in page.text
        assert "Er is nog niets bewaard" in page.text
        with other.desk.wallet() as wallet:
            assert kept(wallet) == ()
        for wrong in (f"{link.url}#{'A' * 43}", f"{link.url}#abc", link.url.replace("/s/", "/s/x")):
            assert other.post("/import", text=wrong).status_code in {400, 404}


def test_the_import_page_shows_whose_host_a_link_in_a_picture_leads_to_before_it_is_opened(town, link):
    host, _, person = town
    before = len(host.heard)
    page = person.post("/import", files={"files": ("code.png", draw_png(link.text))})
    assert "De link openen" in page.text
    assert host.address.partition("://")[2] in page.text
    assert len(host.heard) == before
    (text,) = re.findall(r'name="text" value="([^"]*)"', page.text)
    assert "Staat al in uw wallet" in person.post("/import", text=unescape(text)).text


@pytest.mark.parametrize("host", ["https://127.0.0.1", "https://10.0.0.1", "https://169.254.169.254"])
def test_a37_the_import_page_follows_no_link_into_this_network(town, link, host):
    _, _, person = town
    answer = person.post("/import", text=f"{host}/s/{link.id}#{link.text.partition('#')[2]}")
    assert answer.status_code in {400, 403, 422, 503}, answer.status_code
    assert "Bewaren wat is aangevinkt" not in answer.text


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


def passport(*words, text=""):
    done = ran(*words, text=text)
    return done.returncode, done.stdout, done.stderr


def test_the_command_line_verifies_a_link(town, link):
    del town
    code, out, err = passport("verify", "--link", "-", "--allow-loopback", "--json", text=f"{link.text}\n")
    (report,) = json.loads(out)
    assert (code, report["answer"], report["kind"]) == (0, "yes", "presentation"), (out, err)
    assert report["link"]["host"] == link.host
    assert {each["code"]: each["answer"] for each in report["checks"]}["domain"] == "yes"
    code, out, err = passport("verify", "--link", link.text[:-1], "--allow-loopback", "--json")
    assert (code, json.loads(out or err)["error"]["code"]) == (1, "not_a_share_link")
    assert passport("verify")[0] == 2


@pytest.mark.parametrize(
    "host", ["http://localhost:{port}", "https://127.0.0.1:{port}", "https://10.0.0.1", "https://host.local"]
)
def test_a37_a_link_to_this_machine_or_network_is_not_followed(town, link, host):
    """SSRF: a link leads only where anybody on the internet may go."""
    origin = host.format(port=link.host.rpartition(":")[2])
    before = len(town[0].heard)
    with pytest.raises((NotFetched, NotAShareLink)):
        asyncio.run(fetch_shared(origin + link.text[len(link.origin) :], Fetcher(), utc_now))
    assert len(town[0].heard) == before


def test_the_wallets_commands_share_list_and_take_away(town, tmp_path):
    host, story, person = town
    folder, secret = tmp_path / "wallet", tmp_path / "passphrase"
    secret.write_text("een korte zin van mij")
    desk = Desk(WalletSettings(folder, allow_loopback=True))
    desk.create("een korte zin van mij")
    with desk.wallet() as wallet:
        worker = Party("Another worker", wallet.holder.signer)
        badge = story.school.issue(worker, {BREAD: "bake bread"}, at=wallet.now() - timedelta(days=3))
        receive_text(desk, wallet, dump(badge).decode())
        (record,) = [one.id for one in kept(wallet)]
    desk.close()
    del person

    def run(*words, code=0, home=folder):
        environment = {
            **os.environ,
            "PASSPORT_WALLET_PASSPHRASE_FILE": str(secret),
            "PASSPORT_WALLET_HOME": str(home),
            "PASSPORT_WALLET_LINKS_HOST": host.address,
        }
        done = ran("wallet", *words, "--json", environment=environment)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout or done.stderr)

    made = run("share", record, "--days", "7", "--yes", "--allow-loopback")
    assert check(story, made["link"]).json()["verdict"] == "genuine"
    assert [each["id"] for each in run("shares")["links"]] == [made["id"]]
    run("forget", record)
    assert run("list")["credentials"] == []
    take = ("receive", made["link"], "--allow-loopback")
    (taken,), (here,) = run(*take)["credentials"], run("list")["credentials"]
    record = here["id"]
    assert taken["name"] == here["name"]
    run("init", home=tmp_path / "stranger")
    assert run(*take, code=1, home=tmp_path / "stranger")["error"]["code"] == "not_for_this_holder"
    changed = run("receive", f"{made['link'][:-2]}AA", "--allow-loopback", code=1)
    assert changed["error"]["code"] == "shared_tampered"
    assert run("unshare", made["id"], "--allow-loopback") == {"gone": made["id"]}
    assert host.get(f"/s/{made['id']}/sealed").status_code == 410
    assert run("shares") == {"links": []}
    card = run("card", record, str(tmp_path / "card.pdf"))
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert card["bytes"] > 1_000


def test_links_are_in_the_backup_and_in_no_readable_copy(town, link):
    _, _, person = town
    with person.desk.wallet() as wallet:
        archive = write_archive(wallet, with_seed=False)
        records = read_archive(archive)
        assert (Kind.SHARED, link.id) in records
        assert check_records(records, clock=utc_now, random=secrets.token_bytes) is not None
        readable = gather(wallet).files
    key = link.text.partition("#")[2].encode()
    assert key in archive
    assert not any(key in data for data in readable.values())


def test_an_address_that_is_no_host_of_links_is_said_to_be_none(town, link):
    """Nothing stays of it, and the next link goes to the last host that took one."""
    host, story, person = town
    records = chosen(person)
    looked = person.post("/share", credential=records).text
    assert f'value="{host.address}"' in looked
    assert "Dit adres is al ingevuld" in looked
    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', looked)[1]
    before = listed(person)
    verifier = str(story.client.base_url).rstrip("/")
    for address in (verifier, f"{verifier}/check", "links.example", str(person.client.base_url).rstrip("/")):
        answer = person.post("/share", credential=records, mark=mark, host=address, days=14)
        assert answer.status_code == 400, (address, answer.text)
        assert "Op dit adres is geen plek voor links" in answer.text
        assert f'value="{address}"' in answer.text
    assert listed(person) == before
    assert f'value="{host.address}"' in person.post("/share", credential=records).text
    del link


def listed(person):
    with person.desk.wallet() as wallet:
        return [one.id for one in shared_links(wallet)]


def test_without_a_host_the_page_says_what_to_fill_in_and_a_setting_fills_it_in(town, tmp_path, monkeypatch):
    _, story, person = town
    with person.desk.wallet() as wallet:
        sharing = look_at(wallet, chosen(person)[:1])
    bare = views.share(Renderer(stylesheet=""), Language.NL, wallet, sharing).html
    assert "Uw wallet kent nog geen plek voor links. Vul het adres in" in bare
    assert WalletSettings(tmp_path).links_host == ""
    monkeypatch.setenv("PASSPORT_WALLET_LINKS_HOST", "https://links.example")
    desk = Desk(WalletSettings(tmp_path / "wallet"))
    desk.create("een korte zin van mij")
    with desk.wallet() as another:
        assert known_host(desk, another) == "https://links.example"
        remember_host(another, "https://other.example")
        assert known_host(desk, another) == "https://other.example"
    desk.close()
    del story

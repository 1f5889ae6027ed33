"""Taking credentials at the wallet's pages and on the command line: an issuer's own list, sign-in, progress, late."""

import os
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest

from tests.simulators.desks import at_desk
from tests.simulators.parties import Party
from tests.simulators.vci_issuer import vci_issuer
from wallet.core.claiming.waiting import waiting
from wallet.core.shelf import kept


@pytest.fixture(scope="module")
def served():
    with vci_issuer() as made:
        yield made


@pytest.fixture
def issuer(served):
    served.honest()
    return served


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("desk") / "wallet") as made:
        yield made


@pytest.fixture(autouse=True)
def empty(desk):
    desk.desk.takings.clear()
    with desk.desk.wallet() as wallet:
        gone = [
            (kind, each)
            for kind in ("credential", "receipt", "waiting")
            for each in wallet.vault.of_kind(kind)
        ]
        if gone:
            wallet.save(remove=frozenset(gone))


def mark_in(page):
    return re.search(r'name="accepted" value="([0-9a-f]{64})"', page)[1]


def held(desk):
    with desk.desk.wallet() as wallet:
        return kept(wallet)


@contextmanager
def after(desk, seconds):
    """The wallet's clock is put forward meanwhile."""
    with desk.desk.wallet() as wallet:
        now, honest = desk.desk.keeper.clock(), wallet.clock
        wallet.clock = lambda: now + timedelta(seconds=seconds)
    try:
        yield
    finally:
        wallet.clock = honest


def chosen(desk, issuer, *, form="badge"):
    """Up to the page that says where to sign in."""
    looked = desk.post("/issuers", address=issuer.address)
    assert issuer.authority in looked.text
    assert "De Vakschool" in looked.text
    return desk.post("/issuers", address=issuer.address, accepted=mark_in(looked.text), chosen=form)


def at_the_issuer(desk, page, issuer):
    """What the browser does: to the issuer's pages, and back to our place; gives the address to come back to."""
    go = re.search(r'href="(/takings/[0-9a-f]+/go)"', page.text)[1]
    away = desk.client.get(go, follow_redirects=False)
    assert away.status_code == 303
    return issuer.visit(away.headers["location"])


def until_done(desk, path):
    for _ in range(100):
        page = desk.client.get(path)
        if page.headers.get("refresh") != "1":
            return page
        time.sleep(0.05)
    raise AssertionError(page.text)


def test_a_person_types_an_issuers_address_chooses_signs_in_and_has_it(desk, issuer):
    assert "Adres van de uitgever" in desk.get("/issuers").text
    page = chosen(desk, issuer)
    assert issuer.authority in page.text
    assert "/authorize" not in page.text  # the address is ours until the person goes there
    back = at_the_issuer(desk, page, issuer)
    landed = httpx.get(back)  # another site sends the browser here: no cookie comes along
    assert landed.status_code == 200
    assert "set-cookie" not in landed.headers
    path = landed.headers["refresh"].partition("url=")[2]
    done = until_done(desk, path)
    assert "Lassen" in done.text
    assert "staat niet op een lijst" in done.text  # nobody on the person's lists knows this school
    assert [one.host for one in held(desk)] == [issuer.authority]
    assert httpx.get(back).status_code == 410  # it works once


def test_the_answer_of_a_sign_in_comes_to_a_place_that_nobody_else_knows(desk, issuer):
    page = chosen(desk, issuer)
    back = at_the_issuer(desk, page, issuer)
    place = re.search(r"/signed-in/([A-Za-z0-9_-]+)", back)[1]
    assert httpx.get(back.replace(place, "x" * len(place))).status_code == 410
    assert httpx.get(back, headers={"host": "evil.example"}).status_code == 421
    wrong = httpx.get(re.sub(r"state=[^&]+", "state=guess", back))
    path = wrong.headers["refresh"].partition("url=")[2]
    assert "niet bij het inloggen" in desk.client.get(path).text
    assert httpx.get(back).status_code == 410  # a wrong answer ends it: no second guess
    assert held(desk) == ()
    assert not any(path == "/token" for path, _, _ in issuer.seen)


def test_a_person_who_stops_has_nothing(desk, issuer):
    page = chosen(desk, issuer)
    back = at_the_issuer(desk, page, issuer)
    stop = re.search(r'action="(/takings/[0-9a-f]+/stop)"', page.text)[1]
    assert "Gestopt" in desk.post(stop).text
    assert httpx.get(back).status_code == 410
    assert held(desk) == ()


def test_an_offer_that_changed_since_it_was_shown_is_shown_again(desk, issuer):
    link = issuer.link()
    shown = desk.post("/receive", text=link)
    issuer.metadata_changes = {
        "credential_configurations_supported": {
            "badge": {
                **issuer.metadata()["credential_configurations_supported"]["badge"],
                "credential_metadata": {"display": [{"name": "Iets anders"}]},
            }
        }
    }
    again = desk.post("/receive", text=link, accepted=mark_in(shown.text))
    assert "is veranderd" in again.text
    assert not any(path == "/token" for path, _, _ in issuer.seen)
    taken = desk.post("/receive", text=link, accepted=mark_in(again.text))
    assert "Lassen" in taken.text


def test_the_code_that_came_by_another_way_is_asked_with_what_the_issuer_says_of_it(desk, issuer):
    issuer.knobs["tx_code"] = "4711"
    grant = {
        "pre-authorized_code": "pre",
        "tx_code": {"length": 4, "description": "Staat op de brief van school"},
    }
    link = issuer.link(grants={"urn:ietf:params:oauth:grant-type:pre-authorized_code": grant})
    shown = desk.post("/receive", text=link)
    assert "Staat op de brief van school" in shown.text
    assert 'inputmode="numeric"' in shown.text
    wrong = desk.post("/receive", text=link, accepted=mark_in(shown.text), tx_code="1234")
    assert wrong.status_code == 403
    assert "Kijk de code na" in wrong.text
    assert 'name="tx_code"' in wrong.text  # the page stays: only the code is typed again
    taken = desk.post("/receive", text=link, accepted=mark_in(wrong.text), tx_code="4711")
    assert taken.status_code == 200
    assert len(held(desk)) == 1


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_strange_signer_is_named_and_the_person_decides(desk, issuer, answer):
    issuer.by = Party("Somebody")
    link = issuer.link()
    shown = desk.post("/receive", text=link)
    asked = desk.post("/receive", text=link, accepted=mark_in(shown.text))
    assert issuer.by.did in asked.text
    assert issuer.authority in asked.text
    assert held(desk) == ()
    decide = re.search(r'action="(/takings/[0-9a-f]+/decide)"', asked.text)[1]
    desk.post(decide, answer=answer, signer=issuer.by.did)
    assert len(held(desk)) == (1 if answer == "yes" else 0)
    assert issuer.told[-1]["event"] == ("credential_accepted" if answer == "yes" else "credential_failure")


def test_what_is_late_is_listed_and_asked_for_again(desk, issuer):
    issuer.pending = 2
    link = issuer.link()
    shown = desk.post("/receive", text=link)
    taken = desk.post("/receive", text=link, accepted=mark_in(shown.text))
    assert "geeft dit later" in taken.text
    assert "Nog te ontvangen: 1" in desk.get("/").text
    with desk.desk.wallet() as wallet:
        (late,) = waiting(wallet)
    with after(desk, 30):
        assert "Vraag het nu" in desk.get("/waiting").text
        assert "Nog niet klaar" in desk.post(f"/waiting/{late.id}/ask").text
    with after(desk, 90):
        assert "Lassen" in desk.post(f"/waiting/{late.id}/ask").text
    assert len(held(desk)) == 1
    assert "niets dat nog moet komen" in desk.get("/waiting").text


def promised(desk, issuer, interval):
    issuer.pending, issuer.knobs["interval"] = 1, interval
    link = issuer.link()
    desk.post("/receive", text=link, accepted=mark_in(desk.post("/receive", text=link).text))


def test_what_is_late_comes_with_checking_everything_again(desk, issuer):
    promised(desk, issuer, 5)
    assert "Nog te ontvangen: 1" in desk.post("/refresh").text
    with after(desk, 30):
        assert "Lassen" in desk.post("/refresh").text
    assert len(held(desk)) == 1
    assert "Nog te ontvangen" not in desk.get("/").text


def test_what_is_late_comes_with_a_programs_look_at_everything(desk, issuer):
    promised(desk, issuer, 5)
    assert desk.client.post("/api/refresh").json()["received"]["credentials"] == []
    with after(desk, 30):
        received = desk.client.post("/api/refresh").json()["received"]
    assert [each["name"] for each in received["credentials"]] == ["Lassen"]


def test_a_person_who_heard_that_it_is_ready_may_ask_before_the_issuers_moment(desk, issuer):
    promised(desk, issuer, 3_600)
    with desk.desk.wallet() as wallet:
        (late,) = waiting(wallet)
    with after(desk, 60):
        page = desk.get("/waiting").text
        assert "Toch nu al vragen" in page
        assert desk.post(f"/waiting/{late.id}/ask").status_code == 429
        assert "Lassen" in desk.post(f"/waiting/{late.id}/ask", early="yes").text
    assert len(held(desk)) == 1


@pytest.mark.parametrize(("language", "asked"), [("nl", "nl, en;q=0.5"), ("en", "en, nl;q=0.5")])
def test_an_issuer_is_asked_for_what_it_shows_in_the_persons_language(desk, issuer, language, asked):
    """OpenID4VCI 1.0, section 12.2.2; and for nothing else: what is the same for everybody is asked so."""
    desk.client.post("/receive", data={"text": issuer.link()}, headers={"Accept-Language": language})
    said = {path: headers.get("accept-language") for path, headers, _ in issuer.seen}
    (metadata,) = (path for path in said if "openid-credential-issuer" in path)
    assert said.pop(metadata) == asked
    assert set(said.values()) <= {None}


def test_the_pages_of_a_taking_are_for_this_browser_alone(desk, issuer):
    page = chosen(desk, issuer)
    path = re.search(r'action="(/takings/[0-9a-f]+)/stop"', page.text)[1]
    base = str(desk.client.base_url)
    for method, each in (
        ("get", path),
        ("get", f"{path}/go"),
        ("post", f"{path}/stop"),
        ("post", f"{path}/decide"),
        ("get", "/waiting"),
        ("get", "/issuers"),
        ("post", "/issuers"),
    ):
        assert getattr(httpx, method)(f"{base}{each}").status_code == 401
        if method == "post":
            foreign = desk.client.post(each, headers={"Origin": "https://evil.example"})
            assert foreign.status_code == 403


def test_a_command_signs_in_by_a_listener_on_this_machine(tmp_path, issuer):
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("een korte zin van mij")
    environment = {
        **os.environ,
        "PASSPORT_WALLET_HOME": str(tmp_path / "wallet"),
        "PASSPORT_WALLET_PASSPHRASE_FILE": str(passphrase),
        "PASSPORT_ALLOW_LOOPBACK": "1",
        "PASSPORT_LANGUAGE": "nl",
    }
    command = [sys.executable, "-m", "passport", "wallet"]
    subprocess.run([*command, "init"], env=environment, check=True, capture_output=True, timeout=60)
    running = subprocess.Popen(
        [*command, "issuer", issuer.address, "--take", "badge", "--wait", "30", "--json"],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    said = []
    for line in running.stderr:
        said.append(line)
        if line.startswith("http"):
            break
    back = issuer.visit(said[-1].strip())
    assert httpx.get(back.replace("/signed-in/", "/elsewhere/")).status_code == 404
    threading.Thread(target=httpx.get, args=(back,)).start()
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert any(issuer.authority in line for line in said)
    assert '"genuine": true' in out


def test_a_script_looks_takes_signs_in_decides_and_asks_what_is_late(desk, issuer):
    client = desk.client
    looked = client.post("/api/offers/look", json={"issuer": issuer.address}).json()
    assert (looked["host"], looked["signInAt"], looked["asksCode"]) == (
        issuer.authority,
        issuer.authority,
        False,
    )
    assert client.post("/api/offers/look", json={}).status_code == 400
    issuer.by = Party("Somebody")
    begun = client.post("/api/offers", json={"issuer": issuer.address, "chosen": ["badge"]}).json()
    assert begun["step"] == "sign-in"
    httpx.get(issuer.visit(begun["signInUrl"]))
    for _ in range(100):
        found = client.get(f"/api/offers/{begun['id']}").json()
        if found["step"] == "decide":
            break
        time.sleep(0.05)
    assert found["signers"] == [issuer.by.did]
    kept_now = client.post(f"/api/offers/{begun['id']}/decide", json={"signers": found["signers"]}).json()
    assert kept_now["received"]["credentials"][0]["genuine"]
    issuer.by, issuer.pending = None, 1
    late = client.post("/api/offers", json={"link": issuer.link("sd")}).json()
    for _ in range(100):
        waits = client.get("/api/waiting").json()["waiting"]
        if waits:
            break
        time.sleep(0.05)
    assert client.post(f"/api/waiting/{waits[0]['id']}", json={}).status_code == 429
    assert client.delete(f"/api/waiting/{waits[0]['id']}").status_code == 204
    assert client.get("/api/waiting").json() == {"waiting": []}
    assert client.delete(f"/api/offers/{late['id']}").status_code == 204
    assert client.get("/api/offers/none").status_code == 404

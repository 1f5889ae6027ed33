"""A21, A27, A29 and A30 at the wallet's pages: nothing is fetched that should not be, nothing leaves before a yes."""

import re
from html import unescape

import pytest

from passport.json import dump
from tests.simulators.desks import at_desk
from tests.simulators.forms import WELD, SchoolOfForms
from tests.simulators.parties import World
from tests.simulators.vp_asking import DidVerifier
from tests.simulators.vp_server import vp_server
from wallet.core.accept import examine, keep
from wallet.core.journal import journal
from wallet.core.wallet import Kind

SKILL = ["credentialSubject", "achievement", "alignment", None, "targetUrl"]
QUERY = {
    "credentials": [
        {"id": "weld", "format": "dc+sd-jwt", "meta": {}, "claims": [{"path": SKILL, "values": [WELD]}]}
    ]
}


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("vp") / "wallet") as found:
        school, world = SchoolOfForms(), World()
        school.publish(world)
        with found.desk.wallet() as wallet:
            for document in world.cache.at_hand.values():
                wallet_cache = wallet.documents()
                wallet_cache.put(document)
                wallet.keep_documents(wallet_cache)
            source = school.sign("dc+sd-jwt", school.unsigned(found.did))
            keep(wallet, [examine(source, world.cache, wallet)])
        yield found


@pytest.fixture
def verifier():
    with vp_server() as found:
        found.asked = {"dcql_query": QUERY, "nonce": f"nonce-{id(found)}-0123456789"}
        yield found


def kept(person, kind=Kind.VP_REQUEST):
    with person.desk.wallet() as wallet:
        return len(wallet.vault.of_kind(kind))


def put(person, link):
    return person.post("/request", text=link)


def hidden(page, name):
    return [unescape(each) for each in re.findall(rf'name="{name}" value="([^"]*)"', page.text)]


def test_a29_nothing_leaves_before_the_yes_and_then_what_was_shown(person, verifier):
    verifier.answer = {"redirect_uri": f"{verifier.url}/done?response_code=abc"}
    page = put(person, verifier.link())
    assert page.status_code == 200
    assert "lassen" in page.text
    assert verifier.got == []
    sent = person.post(page.url.path, decision="approve", mark=hidden(page, "mark")[0])
    assert sent.status_code == 200
    (form,) = verifier.got
    assert form.keys() == {"vp_token", "state"}
    assert "response_code=abc" in unescape(sent.text)
    assert person.post(page.url.path, decision="approve", mark=hidden(page, "mark")[0]).status_code == 410
    assert len(verifier.got) == 1


def test_a29_looking_and_choosing_sends_nothing(person, verifier):
    page = put(person, verifier.link())
    for query in ("", "?without=weld+0", "?credential=weld+x&option=0+1", "?without=%00&option=a+b"):
        assert person.get(f"{page.url.path}{query}").status_code == 200
    assert person.post(page.url.path, decision="something else").status_code == 200
    assert (verifier.got, len(verifier.fetched)) == ([], 0)


def test_a29_a_refusal_is_told_only_when_the_person_wants_it(person, verifier):
    page = put(person, verifier.link())
    assert person.post(page.url.path, decision="refuse").url.path == "/journal"
    assert verifier.got == []
    verifier.asked = {**verifier.asked, "nonce": "one-more-nonce-0123456789"}
    page = put(person, verifier.link())
    assert person.post(page.url.path, decision="refuse-tell").status_code == 200
    assert [form["error"] for form in verifier.got] == [["access_denied"]]
    with person.desk.wallet() as wallet:
        assert {entry.way for entry in journal(wallet)[:2]} == {"refused"}


def test_a_request_is_fetched_by_post_with_a_nonce_that_must_come_back(person, verifier):
    assert put(person, verifier.link(post=True)).status_code == 200
    (form,) = verifier.fetched
    assert len(form["wallet_nonce"][0]) >= 22
    assert person.did not in str(form)
    verifier.asked = {**verifier.asked, "nonce": "one-more-nonce-0123456789", "wallet_nonce": "another"}
    assert put(person, verifier.link(post=True)).status_code == 400


@pytest.mark.parametrize("status", [404, 409, 410])
def test_a_request_that_is_over_is_said_to_be_over(person, verifier, status):
    verifier.request, verifier.request_type, verifier.request_status = b"{}", "application/json", status
    page = put(person, verifier.link(post=True))
    assert page.status_code == 400
    assert "hij is al beantwoord" in page.text


BAD_REQUESTS = {
    "3 MB": {"request": b"a." * 1_500_000},
    "html": {"request_type": "text/html", "request": b"<h1>a</h1>"},
    "json": {"request_type": "application/json", "request": b"{}"},
    "redirect 302": {"request_status": 302},
    "redirect 307": {"request_status": 307},
    "error 404": {"request_status": 404},
    "error 500": {"request_status": 500},
    "no token": {"request": b"rubbish"},
    "not ASCII": {"request": "é".encode()},
}


@pytest.mark.parametrize("post", [False, True], ids=["get", "post"])
@pytest.mark.parametrize("name", BAD_REQUESTS)
def test_a21_what_is_no_request_is_refused_and_nothing_is_kept(person, verifier, name, post):
    for member, value in BAD_REQUESTS[name].items():
        setattr(verifier, member, value)
    before = kept(person)
    page = put(person, verifier.link(post=post))
    assert page.status_code >= 400
    assert 'role="alert"' in page.text
    assert (kept(person), verifier.got) == (before, [])


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.2/r", "https://10.0.0.1/r", "https://169.254.169.254/latest", "https://[fe80::1]/r", "https://2130706433/r", "https://localhost.localdomain/r", "https://printer.local/r", "https://192.168.1.1/r", "https://[::ffff:10.0.0.1]/r"],
)  # fmt: skip
def test_a37_no_private_address_is_fetched_for_a_request_nor_answered(person, verifier, address):
    from urllib.parse import quote

    link = (
        f"openid4vp://?client_id={quote(verifier.verifier.client_id)}&request_uri={quote(address, safe='')}"
    )
    assert put(person, link).status_code >= 400
    before = kept(person)
    verifier.asked = {**verifier.asked, "response_uri": address}
    assert put(person, verifier.link()).status_code >= 400
    assert kept(person) == before


@pytest.mark.parametrize("status", [302, 307, 400, 500])
def test_a27_an_answer_is_sent_once_and_no_redirect_is_followed(person, verifier, status):
    verifier.answer_status = status
    page = put(person, verifier.link())
    sent = person.post(page.url.path, decision="approve", mark=hidden(page, "mark")[0])
    assert sent.status_code == 200
    assert "notice-yes" not in sent.text
    assert len(verifier.got) == 1


@pytest.mark.parametrize(
    "uri",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a@b.example/", "https://еvil.example/", "https://\\evil.example", "//evil.example", 7, None, "https://" + "a" * 3_000, "http://evil.example/", "https://[::1"],
)  # fmt: skip
def test_a52_the_other_side_goes_on_only_at_a_web_address_that_is_shown(person, verifier, uri):
    verifier.answer = {"redirect_uri": uri}
    page = put(person, verifier.link())
    sent = person.post(page.url.path, decision="approve", mark=hidden(page, "mark")[0])
    assert sent.status_code == 200
    assert "noopener" not in sent.text


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "Belastingdienst \u202egro.live", "a" * 200, "<img src=x onerror=alert(1)>", "\u0000\u0007bank", "{{ 7*7 }}", "раураl"],
)  # fmt: skip
def test_a30_what_an_asker_calls_itself_is_shown_as_a_claim_beside_the_true_host(person, verifier, name):
    metadata = {"vp_formats_supported": {"dc+sd-jwt": {}}, "client_name": name}
    verifier.asked = {**verifier.asked, "client_metadata": metadata}
    page = put(person, verifier.link())
    assert page.status_code == 200
    assert verifier.url.removeprefix("http://") in page.text
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "\u202e" not in page.text
    assert "\u0000" not in page.text


@pytest.mark.parametrize(
    "host",
    ["employer.example@evil.example", "employer.example\\.evil.example", "еmployer.example", "employer.example%2eevil.example", "employer.example evil.example", "\u202eelpmaxe.example", "employer.example#evil", "em\u200bployer.example"],
)  # fmt: skip
def test_a30_a_host_that_is_written_to_deceive_is_not_asked(person, verifier, host):
    verifier.asked = {**verifier.asked, "response_uri": f"https://{host}/answer"}
    assert put(person, verifier.link()).status_code >= 400


def test_a30_a_punycode_host_is_shown_as_it_goes_over_the_wire(person, verifier):
    verifier.asked = {**verifier.asked, "response_uri": "https://xn--mployer-3tf.example/answer"}
    assert "xn--mployer-3tf.example" in put(person, verifier.link()).text


def test_a27_a_link_for_one_and_a_request_by_another(person, verifier):
    link = verifier.link()
    verifier.verifier = DidVerifier()
    assert put(person, link).status_code == 400


def test_a52_the_decision_needs_the_wallets_own_form(person, verifier):
    page = put(person, verifier.link())
    elsewhere = person.client.post(
        page.url.path, data={"decision": "approve"}, headers={"Origin": "https://evil.example"}
    )
    assert elsewhere.status_code in {401, 403}
    assert verifier.got == []


def test_a_way_b_request_still_goes_its_own_way(person):
    assert put(person, dump({"type": "PresentationRequest"}).decode()).status_code == 400


def test_a_script_takes_chooses_and_answers_too(person, verifier):
    verifier.answer = {"redirect_uri": f"{verifier.url}/done"}
    api = {"Accept": "application/json"}
    taken = person.client.post("/api/openid4vp", json={"link": verifier.link()}, headers=api).json()
    assert taken["asker"]["provedBy"] == "key"
    assert taken["canBeAnswered"]
    place = f"/api/openid4vp/{taken['id']}"
    kept_back = person.client.get(place, params={"without": "weld 0"}, headers=api).json()
    assert not kept_back["canBeAnswered"]
    refused = person.client.post(f"{place}/approve", json={"mark": "another"}, headers=api)
    assert (refused.status_code, verifier.got) == (409, [])
    sent = person.client.post(f"{place}/approve", json={"mark": taken["mark"]}, headers=api).json()
    assert sent == {"sent": "yes", "redirectUri": f"{verifier.url}/done"}
    verifier.asked = {**verifier.asked, "nonce": "one-more-nonce-0123456789"}
    again = person.client.post("/api/openid4vp", json={"link": verifier.link()}, headers=api).json()
    place = f"/api/openid4vp/{again['id']}/refuse"
    assert person.client.post(place, json={}, headers=api).json() == {"sent": None, "redirectUri": None}
    assert person.client.post(place, json={"tell": True}, headers=api).status_code == 410

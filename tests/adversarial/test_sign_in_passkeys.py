"""Passkeys: every lie of a browser, an authenticator or a thief is refused, in the same words."""

import re
from contextlib import contextmanager

import httpx
import pytest

from passport.encoding import base64url_encode
from tests.simulators.authenticator import AT, BE, BS, UP, UV, Authenticator, question_on
from tests.simulators.issuing import open_office


@pytest.fixture(scope="module")
def office(school_process):
    return open_office(school_process, "passkey-school")


@contextmanager
def console(office, api_key=None):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "en"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=office.url, headers=headers, timeout=60, limits=limits) as client:
        if api_key is not None:
            assert client.post("/console/session", data={"api_key": api_key}).status_code == 303
        yield client


@pytest.fixture(scope="module")
def owner(office):
    with console(office, office.api_key) as client:
        yield client


@pytest.fixture
def stranger(office):
    with console(office) as client:
        yield client


def made(client, authenticator, **changes):
    options, note = question_on(client.get("/console/me"))
    form = {"note": note, "answer": authenticator.make(options, **changes), "passkey_name": "My phone"}
    return client.post("/console/me/passkeys", data=form)


def used(client, authenticator, **changes):
    client.cookies.clear()
    options, note = question_on(client.get("/console"))
    form = {"note": changes.pop("note", note), "answer": authenticator.use(options, **changes)}
    return client.post("/console/session", data=form)


@pytest.fixture(scope="module")
def phone(office, owner):
    authenticator = Authenticator(office.url)
    assert made(owner, authenticator).status_code == 303
    return authenticator


def test_a_passkey_signs_in_and_the_page_tells_of_its_use(phone, owner, stranger):
    answer = used(stranger, phone)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    assert "last used on" in owner.get("/console/me").text
    assert stranger.get("/console/audit").status_code == 200


LIES = {
    "another origin": {"origin": "https://evil.example"},
    "another port": {"origin": "http://localhost:1"},
    "inside a page of another site": {"cross_origin": True},
    "another service": {"rp_id": "evil.example"},
    "another challenge": {"challenge": "A" * 43},
    "an answer to another question": {"type": "webauthn.create"},
    "nobody touched it": {"flags": UV},
    "nobody was checked": {"flags": UP},
    "it became one that can be copied": {"flags": UP | UV | BE},
    "it was copied and can't be": {"flags": UP | UV | BS},
    "another account": {"user": b"0" * 16},
    "no account": {"user": b""},
    "another signature": {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
    "no signature": {"signature": b"x"},
    "a passkey of nobody": {"credential_id": b"n" * 32},
    "a passkey without a name": {"credential_id": b""},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_no_lie_about_a_passkey_lets_anybody_in(phone, stranger, lie):
    answer = used(stranger, phone, **lie)
    assert answer.status_code == 401
    assert "does not open an account here" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_key_of_another_person_opens_not_this_account(phone, stranger, office):
    thief = Authenticator(office.url, credential_id=phone.credential_id, user=phone.user)
    assert used(stranger, thief).status_code == 401


def test_an_answer_that_was_heard_is_good_once(phone, stranger):
    options, note = question_on(stranger.get("/console"))
    form = {"note": note, "answer": phone.use(options)}
    assert stranger.post("/console/session", data=form).status_code == 303
    assert stranger.post("/console/session", data=form).status_code == 401


def test_a_question_of_our_own_making_is_needed(phone, stranger, owner):
    options, registering = question_on(owner.get("/console/me"))
    for note in ("", "x", "A" * 400, registering):
        answer = phone.use(options | {"rpId": "localhost"})
        assert stranger.post("/console/session", data={"note": note, "answer": answer}).status_code == 401


ODD = ["", "{", "[]", "{}", '{"id":1}', '{"id":"A","rawId":"A","response":[]}', "[" * 5_000, "9" * 5_000]


@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_what_is_no_answer_is_refused(phone, stranger, owner, answer):
    for client, path, status in ((stranger, "/console/session", 401), (owner, "/console/me/passkeys", 400)):
        _, note = question_on(client.get("/console" if status == 401 else "/console/me"))
        assert client.post(path, data={"note": note, "answer": answer or " "}).status_code == status


def test_an_authenticator_that_counts_must_go_on_counting(office, owner, stranger):
    counting = Authenticator(office.url, count=5)
    assert made(owner, counting).status_code == 303
    assert used(stranger, counting, count=6).status_code == 303
    for copied in (6, 5, 0):
        assert used(stranger, counting, count=copied).status_code == 401
    assert used(stranger, counting, count=7).status_code == 303


BAD = {
    "another origin": {"origin": "https://evil.example"},
    "another service": {"rp_id": "evil.example"},
    "another challenge": {"challenge": "A" * 43},
    "an answer to another question": {"type": "webauthn.get"},
    "nobody was checked": {"flags": UP | AT},
    "no key in it": {"flags": UP | UV},
    "inside a page of another site": {"cross_origin": True},
    "a kind of key that we don't take": {"cose": {1: 2, 3: -47, -1: 8, -2: b"x" * 32, -3: b"y" * 32}},
    "a key of no kind": {"cose": {1: 99}},
}


@pytest.mark.parametrize("lie", BAD.values(), ids=BAD.keys())
def test_no_passkey_is_taken_in_by_a_lie(office, owner, lie):
    answer = made(owner, Authenticator(office.url), **lie)
    assert answer.status_code == 400
    assert "could not be made" in answer.text


def test_one_passkey_belongs_to_one_account(office, owner, phone):
    key = office.post("/api/accounts", {"name": "A reader", "role": "reader"})["api_key"]
    with console(office, key) as reader:
        again = Authenticator(office.url, key=phone.key, credential_id=phone.credential_id)
        answer = made(reader, again)
        assert (answer.status_code, "in use already" in answer.text) == (409, True)
        options, note = question_on(owner.get("/console/me"))
        form = {"note": note, "answer": Authenticator(office.url).make(options)}
        assert reader.post("/console/me/passkeys", data=form).status_code == 400, "the owner's question"
        passkey = _number(owner)
        assert reader.post(f"/console/me/passkeys/{passkey}/remove").status_code == 404


def test_a_removed_passkey_opens_nothing(office, owner, stranger):
    lost = Authenticator(office.url)
    assert made(owner, lost).status_code == 303
    assert used(stranger, lost).status_code == 303
    removed = owner.post(f"/console/me/passkeys/{base64url_encode(lost.credential_id)}/remove")
    assert removed.status_code == 303
    assert used(stranger, lost).status_code == 401


def test_a_passkey_of_a_closed_account_opens_nothing(office, stranger):
    account = office.post("/api/accounts", {"name": "Leaving", "role": "reader"})
    theirs = Authenticator(office.url)
    with console(office, account["api_key"]) as leaving:
        assert made(leaving, theirs).status_code == 303
        assert used(stranger, theirs).status_code == 303
        assert office.ask("DELETE", f"/api/accounts/{account['id']}").is_success
        assert leaving.get("/console/me").status_code == 401
    assert used(stranger, theirs).status_code == 401


def _number(client):
    return re.search(r"/console/me/passkeys/([A-Za-z0-9_-]+)/remove", client.get("/console/me").text)[1]

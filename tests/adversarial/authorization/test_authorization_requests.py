"""Attacks on the request itself: PKCE downgrades, redirect addresses with tricks, pushed requests of others."""

import re

import pytest

from tests.simulators.authorizing import AskingWallet, LearnerBrowser, permission, refused
from tests.simulators.issuing import HTTP, open_office

REQUESTS = {
    "pkce downgrade to plain": ({"code_challenge_method": "plain"}, "invalid_request"),
    "no method, which means plain": ({"code_challenge_method": None}, "invalid_request"),
    "a method in small letters": ({"code_challenge_method": "s256"}, "invalid_request"),
    "no challenge": ({"code_challenge": None}, "invalid_request"),
    "a challenge that is too short": ({"code_challenge": "a" * 42}, "invalid_request"),
    "a challenge with padding": ({"code_challenge": "a" * 42 + "="}, "invalid_request"),
    "an implicit answer": ({"response_type": "token"}, "unsupported_response_type"),
    "a hybrid answer": ({"response_type": "code token"}, "unsupported_response_type"),
    "no response type": ({"response_type": None}, "invalid_request"),
    "no client": ({"client_id": None}, "invalid_request"),
    "a request object": ({"request": "e30.e30.e30"}, "request_not_supported"),
    "a request_uri in a pushed request": ({"request_uri": "urn:x"}, "invalid_request"),
    "a scope that is none of ours": ({"scope": "openid"}, "invalid_scope"),
    "details of another type": (
        {"authorization_details": '[{"type":"payment"}]'},
        "invalid_authorization_details",
    ),
    "details that are no list": ({"authorization_details": "{}"}, "invalid_authorization_details"),
    "details of an unknown credential": (
        {"authorization_details": '[{"type":"openid_credential","credential_configuration_id":"x"}]'},
        "invalid_authorization_details",
    ),
    "an offer that is none of ours": ({"issuer_state": f"{'0' * 32}.AAAA"}, "invalid_request"),
    "a thumbprint that is none": ({"dpop_jkt": "x"}, "invalid_request"),
    "control characters in the state": ({"state": "a\r\nSet-Cookie: a=b"}, "invalid_request"),
}


@pytest.mark.parametrize(("changes", "error"), REQUESTS.values(), ids=REQUESTS)
def test_a_request_that_is_wrong_is_refused_when_it_is_pushed(wallet, changes, error):
    """oid4vci-1_0-issuer-par-*: and nothing of what was sent is said again."""
    form = wallet.request().to_form() | changes
    answer = wallet.send("par", {name: value for name, value in form.items() if value is not None})
    refused(answer, error)
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize("twice", ["client_id", "redirect_uri", "code_challenge", "state", "response_type"])
def test_a_parameter_twice_is_refused(wallet, twice):
    form = list(wallet.request().to_form().items())
    again = next((name, value) for name, value in form if name == twice)
    refused(wallet.send("par", [*form, again]), "invalid_request")


REDIRECTS = {
    "http on another host": "http://wallet.example/back",
    "http on a host that begins like this machine": "http://localhost.attacker.example/",
    "http on this machine by another number": "http://2130706433/back",
    "http on a private network": "http://192.168.1.1/back",
    "user information": "https://wallet.example@attacker.example/back",
    "user information without a name": "https://@attacker.example/back",
    "a backslash": "https://attacker.example\\@wallet.example/back",
    "a fragment": "https://wallet.example/back#part",
    "an empty fragment": "https://wallet.example/back#",
    "a wildcard": "https://*.wallet.example/back",
    "a wildcard in the path": "https://wallet.example/*",
    "path traversal": "https://wallet.example/back/../../attacker",
    "path traversal by escapes": "https://wallet.example/back/%2e%2e/attacker",
    "path traversal by an escaped backslash": "https://wallet.example/back/%5c..",
    "path traversal by double escapes": "https://wallet.example/%252e%252e/",
    "an empty part of the path": "https://wallet.example//attacker.example",
    "a null": "https://wallet.example/back%00",
    "a line break": "https://wallet.example/back%0d%0aSet-Cookie:a=b",
    "spaces": "https://wallet.example/ba ck",
    "look-alike letters": "https://wаllet.example/back",
    "an address by number": "https://192.0.2.1/back",
    "an address by number in brackets": "https://[2001:db8::1]/back",
    "no host": "https:///back",
    "a port that is none": "https://wallet.example:99999/back",
    "a script": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "a file": "file:///etc/passwd",
    "a scheme that anybody may take": "wallet://back",
    "another capital in the scheme": "HTTPS://wallet.example/back",
    "no scheme": "//wallet.example/back",
    "a relative address": "/back",
    "nothing": "",
}


@pytest.mark.parametrize("address", REDIRECTS.values(), ids=REDIRECTS)
def test_a_redirect_address_with_a_trick_is_refused(wallet, address):
    """Not sent to either: a request in the front channel gets a page of ours, and no redirect."""
    form = wallet.request().to_form() | {"redirect_uri": address}
    answer = wallet.send("par", form)
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_redirect_uri", "invalid_request"}
    page = HTTP.get(f"{wallet.issuer}/authorize", params=form, headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "location" not in page.headers
    assert re.search(r'(href|action|src)="(?![/#])', page.text) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:49152/back",
        "http://localhost:8000/",
        "http://[::1]:1024/back",
        "com.example.wallet:/back",
        "com.example.wallet://back?x=1",
        "https://wallet.example/back?x=1",
    ],
)
def test_an_honest_redirect_address_gets_its_code(learner_school, offer, state, address):
    wallet = AskingWallet(learner_school.issuer, redirect_uri=address)
    code = permission(wallet, offer, state)
    assert wallet.redeem(code).status_code == 200


# pushed requests


def test_a_pushed_request_is_used_once(wallet, state):
    """oid4vci-1_0-issuer-par-attempt-reuse-request_uri."""
    address = wallet.pushed(issuer_state=state)
    assert LearnerBrowser().open(address).status == 200
    again = LearnerBrowser().open(address)
    assert (again.status, again.back) == (400, None)


def test_a_pushed_request_is_of_the_client_that_pushed_it(wallet):
    """oid4vci-1_0-issuer-par-attempt-to-use-request_uri-for-different-client."""
    request_uri = wallet.push().json()["request_uri"]
    assert LearnerBrowser().open(wallet.page(request_uri, "https://attacker.example")).status == 400
    assert LearnerBrowser().open(wallet.page(request_uri)).status == 200


@pytest.mark.parametrize(
    "request_uri",
    [
        "urn:ietf:params:oauth:request_uri:" + "0" * 32,
        "urn:ietf:params:oauth:request_uri:",
        "https://x.example/r",
    ],
)
def test_a_pushed_request_that_is_none_fetches_nothing(wallet, request_uri):
    """oid4vci-1_0-issuer-par-attempt-invalid-request-uri; an address is not fetched, whatever it is."""
    page = LearnerBrowser().open(wallet.page(request_uri))
    assert (page.status, page.back) == (400, None)


def test_what_stands_beside_a_pushed_request_counts_for_nothing(wallet, offer, state):
    address = wallet.pushed(issuer_state=state) + "&redirect_uri=https%3A%2F%2Fattacker.example&state=other"
    browser = LearnerBrowser().open(address).send("pickup", code=offer["tx_code"])
    assert browser.agree().startswith(wallet.redirect_uri)


def test_a_pushed_request_of_another_organisation_is_refused(school_process, wallet):
    other = open_office(school_process, "push-thief")
    request_uri = wallet.push().json()["request_uri"]
    assert LearnerBrowser().open(AskingWallet(other.issuer).page(request_uri)).status == 400

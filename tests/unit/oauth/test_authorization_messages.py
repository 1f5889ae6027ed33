"""Authorization requests and responses, and pushed requests."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.errors import Invalid
from passport.errors.oauth import (
    AccessDenied,
    AuthorizationRefused,
    AuthorizationResponseMismatch,
    AuthorizationServerMismatch,
    InvalidAuthorizationRequest,
    InvalidTokenRequest,
    MalformedResponse,
)
from passport.oauth.authorization_details import (
    AuthorizationDetail,
)
from passport.oauth.authorization_request import AuthorizationRequest, parse_authorization_request
from passport.oauth.authorization_response import authorization_response, parse_authorization_response
from passport.oauth.members import MOST_FIELDS, read_members
from passport.oauth.pkce import code_challenge
from passport.oauth.pushed_request import (
    PushedReference,
    PushedRequest,
    authorization_url,
    parse_pushed_reference,
    parse_pushed_response,
)
from passport.oauth.redirect_uri import check_redirect_uri

ISSUER = "https://issuer.example/o/school"
BACK = check_redirect_uri("https://wallet.example/back?x=1")
DETAIL = AuthorizationDetail("badge")
TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


def request(**members):
    return AuthorizationRequest("https://wallet.example", BACK, code_challenge("v" * 43), **members)


@given(
    state=TEXT,
    issuer_state=TEXT,
    scope=st.lists(st.from_regex(r"[a-z0-9+._-]{1,20}", fullmatch=True), max_size=4, unique=True),
)
def test_an_authorization_request_is_read_as_it_was_made(state, issuer_state, scope):
    made = request(
        state=state,
        issuer_state=issuer_state,
        scope=tuple(scope),
        authorization_details=(DETAIL, AuthorizationDetail("other", locations=(ISSUER,))),
        dpop_jkt="a" * 43,
    )
    assert parse_authorization_request([*made.to_form().items(), ("unknown", "1"), ("resource", "x")]) == made


def test_an_empty_parameter_is_as_if_it_was_not_there():
    assert (
        parse_authorization_request([*request().to_form().items(), ("state", ""), ("scope", "")]) == request()
    )


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "code_challenge", "response_type"])
def test_what_must_be_there_must_be_there(name):
    form = {key: value for key, value in request().to_form().items() if key != name}
    with pytest.raises(Invalid):
        parse_authorization_request(form.items())


@pytest.mark.parametrize(("name", "most"), [("client_id", 512), ("state", 512), ("issuer_state", 512)])
def test_a_parameter_has_a_length(name, most):
    assert parse_authorization_request((request().to_form() | {name: "x" * most}).items())
    with pytest.raises(InvalidAuthorizationRequest):
        parse_authorization_request((request().to_form() | {name: "x" * (most + 1)}).items())


@given(st.binary(max_size=200))
def test_any_bytes_are_members_or_refused(body):
    with contextlib.suppress(InvalidTokenRequest):
        assert isinstance(read_members(body, otherwise=InvalidTokenRequest), list)


def test_a_form_has_so_many_fields():
    assert len(read_members(b"&".join([b"a=1"] * MOST_FIELDS), otherwise=InvalidTokenRequest)) == MOST_FIELDS
    with pytest.raises(InvalidTokenRequest):
        read_members(b"&".join([b"a=1"] * (MOST_FIELDS + 1)), otherwise=InvalidTokenRequest)


# the answer


def read(url, **changes):
    given = {
        "redirect_uri": BACK.text,
        "expected_state": "s",
        "expected_issuer": ISSUER,
        "iss_promised": True,
    } | changes
    return parse_authorization_response(url, **given)


@given(TEXT)
def test_a_code_comes_back_as_it_was_sent(code):
    assert read(authorization_response(BACK, issuer=ISSUER, state="s", answer=code)) == code


def test_a_refusal_comes_back_as_one():
    with pytest.raises(AuthorizationRefused) as caught:
        read(authorization_response(BACK, issuer=ISSUER, state="s", answer=AccessDenied()))
    assert caught.value.details == {"error": "access_denied"}
    with pytest.raises(AuthorizationRefused) as caught:
        read(f"{BACK.text}&state=s&iss={ISSUER}&error=<script>")
    assert caught.value.details == {"error": "other"}


def test_mix_up_an_answer_of_another_server_is_refused():
    """RFC 9207, section 2.4; and one that leaves its name out where the server promised to give it."""
    good = authorization_response(BACK, issuer=ISSUER, state="s", answer="c")
    with pytest.raises(AuthorizationServerMismatch):
        read(good, expected_issuer="https://other.example")
    without = good.partition("&iss=")[0]
    with pytest.raises(AuthorizationServerMismatch):
        read(without)
    assert read(without, iss_promised=False) == "c"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda url: url.replace("state=s", "state=t"),
        lambda url: url.replace("&state=s", ""),
        lambda url: url + "&state=s",
        lambda url: url + "&code=d",
        lambda url: url.replace("code=c", "code="),
        lambda url: url.replace("code=c&", ""),
        lambda url: url.replace("wallet.example", "attacker.example"),
        lambda url: url.replace("/back", "/back/"),
        lambda url: url + "#x",
        lambda url: url + "&x=" + "y" * 9_000,
        lambda url: BACK.text.partition("?")[0],
        lambda url: url + "&%ff",
    ],
)
def test_an_answer_to_another_question_is_refused(spoil):
    with pytest.raises(AuthorizationResponseMismatch):
        read(spoil(authorization_response(BACK, issuer=ISSUER, state="s", answer="c")))


# pushed requests


def test_a_pushed_request_is_named_and_read():
    pushed = PushedRequest("urn:ietf:params:oauth:request_uri:x", 90)
    assert parse_pushed_response(pushed.to_json()) == pushed
    reference = {"client_id": "c", "request_uri": pushed.request_uri}
    assert parse_pushed_reference(reference.items()) == PushedReference("c", pushed.request_uri)
    assert parse_pushed_reference(request().to_form().items()) is None
    assert authorization_url(f"{ISSUER}/authorize", {"a": "b c"}) == f"{ISSUER}/authorize?a=b+c"
    assert authorization_url(f"{ISSUER}/authorize?x=1", {"a": "b"}) == f"{ISSUER}/authorize?x=1&a=b"
    with pytest.raises(InvalidAuthorizationRequest):
        parse_pushed_reference([("request_uri", "x")])


@pytest.mark.parametrize(
    "answer",
    [{}, {"request_uri": "x"}, {"request_uri": "", "expires_in": 1}, {"request_uri": "x", "expires_in": 0},
     {"request_uri": "x", "expires_in": True}, {"request_uri": 1, "expires_in": 1}],
)  # fmt: skip
def test_an_answer_to_a_pushed_request_that_is_none_is_refused(answer):
    with pytest.raises(MalformedResponse):
        parse_pushed_response(answer)

"""Mix-up, injected codes, stolen codes, DPoP, servers that may not be asked (RFC 9207, 9449, 9700; A21)."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from passport.clock import utc_now
from passport.errors import PassportError
from passport.jose import jws
from tests.simulators.vci_issuer import vci_issuer
from tests.simulators.vci_wallets import BACK, finish, nothing_kept, paths, refused, sign_in
from wallet.core.wallet import Kind
from wallet.desk.offering import open_offer
from wallet.desk.receiving import receive_link
from wallet.errors import IssuerMismatch, OfferRefused
from wallet.errors_claiming import (
    NoGrant,
    ServerElsewhere,
    SignInMismatch,
    SignInNeeded,
    SignInOver,
    SignInRefused,
    WalletNotAccepted,
    WeakSignIn,
)

# the answer of a sign-in: mix-up, injection, reuse (RFC 9207, RFC 9700 section 4)

ANSWERS = {
    "another server's name: a mix-up (RFC 9207)": ({"iss": "https://other.example"}, SignInMismatch),
    "no name though one was promised": ({"iss": None}, SignInMismatch),
    "another state": ({"state": "a-state-of-somebody-else"}, SignInMismatch),
    "no state": ({"state": None}, SignInMismatch),
    "no code": ({"code": None}, SignInMismatch),
    "an error": ({"error": "access_denied", "code": None}, SignInRefused),
    "an error with script in it": ({"error": "<script>alert(1)</script>", "code": None}, SignInRefused),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_a_wrong_answer_of_the_sign_in_asks_for_no_token(desk, wallet, issuer, renderer, case):
    issuer.knobs["answer"], code = ANSWERS[case]
    begun = sign_in(desk, issuer.sign_in_link())
    refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, issuer.visit(begun.url)), code)
    assert "/token" not in paths(issuer)


@pytest.mark.parametrize(
    "injected",
    [
        BACK + "?code=stolen",
        BACK + "?code=stolen&state=guess&iss=https://other.example",
        BACK.replace("a-place-of-this-sign-in", "another-place") + "?code=stolen",
        BACK + "?code=a&code=b",
        BACK + "#code=stolen",
        "http://127.0.0.1.evil.example:49152/signed-in/a-place-of-this-sign-in?code=x",
    ],
)
def test_a_code_that_is_injected_into_the_loopback_address_is_refused(
    desk, wallet, issuer, renderer, injected
):
    begun = sign_in(desk, issuer.sign_in_link())
    refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, injected), SignInMismatch)
    assert "/token" not in paths(issuer)


def test_a_code_of_another_sign_in_is_of_no_use_here(desk, wallet, issuer, renderer):
    mine, theirs = (sign_in(desk, issuer.sign_in_link()) for _ in range(2))
    url = issuer.visit(theirs.url)
    stolen = dict(parse_qsl(urlsplit(url).query))["code"]
    assert mine.state != theirs.state
    assert mine.verifier != theirs.verifier
    own = issuer.visit(mine.url, code=stolen)
    with pytest.raises(PassportError) as caught:
        finish(desk, wallet, mine, own)
    nothing_kept(wallet, renderer, caught.value)


def test_a_sign_in_that_takes_too_long_is_over(desk, wallet, issuer, renderer):
    begun = sign_in(desk, issuer.sign_in_link())
    url = issuer.visit(begun.url)
    begun.channel.clock = lambda: utc_now() + timedelta(hours=1)
    refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, url), SignInOver)


def test_an_offer_that_wants_a_sign_in_is_not_taken_without(desk, wallet, issuer, renderer):
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.sign_in_link()), SignInNeeded)


# DPoP (RFC 9449)


def test_each_sign_in_has_a_key_of_its_own(desk, wallet, issuer):
    """oid4vci-1_0-wallet with sender_constrain=dpop."""
    for _ in range(2):
        receive_link(desk, wallet, issuer.link())
    keys = {
        jws.parse(headers["dpop"], most=8_192, own_key=True).header["jwk"]["x"]
        for path, headers, _ in issuer.seen
        if path == "/token"
    }
    assert len(keys) == 2
    assert not keys & {key.to_jwk()["x"] for key in wallet.keys}


def test_a_server_that_asks_for_a_nonce_gets_it_once_more_and_no_third_time(desk, wallet, issuer, renderer):
    """oid4vci-1_0-wallet-dpop-nonce: the server's nonce goes into the next proof (RFC 9449, section 8)."""
    issuer.knobs["dpop_nonce"] = "a-nonce-of-the-server"
    begun = sign_in(desk, issuer.sign_in_link())
    assert finish(desk, wallet, begun, issuer.visit(begun.url)).credentials
    assert paths(issuer).count("/par") == 2
    issuer.honest(dpop_nonce="one", headers={"DPoP-Nonce": "another"})
    wallet.save(remove=frozenset((Kind.CREDENTIAL, each) for each in wallet.vault.of_kind(Kind.CREDENTIAL)))
    wallet.save(remove=frozenset((Kind.RECEIPT, each) for each in wallet.vault.of_kind(Kind.RECEIPT)))
    refused(desk, wallet, renderer, lambda: receive_link(desk, wallet, issuer.link()), OfferRefused)
    assert paths(issuer).count("/token") == 2


def test_a_token_goes_to_the_issuer_alone_and_none_to_its_nonce_endpoint(desk, wallet, issuer):
    receive_link(desk, wallet, issuer.link())
    with_token = {path for path, headers, _ in issuer.seen if "authorization" in headers}
    assert with_token == {"/credential", "/notification"}


# who may be asked

SERVERS = {
    "no PKCE but plain": ({"code_challenge_methods_supported": ["plain"]}, WeakSignIn),
    "no place to sign in": ({"authorization_endpoint": None}, WeakSignIn),
    "no grant of ours": ({"grant_types_supported": ["client_credentials"]}, NoGrant),
    "another issuer in its metadata": ({"issuer": "https://other.example"}, IssuerMismatch),
    "a place to sign in on another host": (
        {"authorization_endpoint": "https://other.example/a"},
        IssuerMismatch,
    ),
}


@pytest.mark.parametrize("case", SERVERS)
def test_a_server_that_may_not_be_asked_is_told_nothing(desk, wallet, issuer, renderer, case):
    """oid4vci-1_0-wallet: authorization server metadata that does not fit."""
    changes, code = SERVERS[case]
    issuer.server_changes = changes
    if None in changes.values():
        served = issuer.server()
        issuer.server = lambda: {name: value for name, value in served.items() if value is not None}
    try:
        refused(desk, wallet, renderer, lambda: sign_in(desk, issuer.sign_in_link()), code)
    finally:
        issuer.__dict__.pop("server", None)
    assert paths(issuer) == ["/.well-known/openid-credential-issuer"]


def test_a_server_elsewhere_is_asked_only_where_the_token_is_bound_to_a_key(desk, wallet, issuer, renderer):
    """A hostile issuer that names an honest server would get a token that is good there (token phishing)."""
    with vci_issuer() as honest:
        issuer.metadata_changes = {"authorization_servers": [honest.address]}
        opened = desk.outside.run(open_offer(issuer.sign_in_link(), desk.outside))
        assert opened.server_host == honest.authority
        honest.server_changes = {"dpop_signing_alg_values_supported": []}
        refused(desk, wallet, renderer, lambda: sign_in(desk, issuer.sign_in_link()), ServerElsewhere)


ANYBODYS = {
    "a token for whoever has it": ({"token": {"token_type": "Bearer"}}, {}),
    "DPoP by algorithms that this wallet has not": ({}, {"dpop_signing_alg_values_supported": ["RS256"]}),
}


@pytest.mark.parametrize("case", ANYBODYS)
def test_a_token_for_anybody_of_a_server_elsewhere_is_not_shown_to_the_issuer(
    desk, wallet, issuer, renderer, case
):
    """The server promised DPoP and gave a bearer token: with it a hostile issuer would be this person there."""
    with vci_issuer() as honest:
        honest.knobs, honest.server_changes = (dict(each) for each in ANYBODYS[case])
        issuer.metadata_changes = {"authorization_servers": [honest.address]}
        begun = sign_in(desk, issuer.sign_in_link())
        back = honest.visit(begun.url)
        refused(desk, wallet, renderer, lambda: finish(desk, wallet, begun, back), ServerElsewhere)
        assert "/token" in paths(honest)
    assert not [path for path, headers, _ in issuer.seen if "authorization" in headers]


def test_a_server_that_does_not_know_this_wallet_says_so(desk, wallet, issuer, renderer):
    issuer.knobs["par_error"] = "invalid_client"
    refused(desk, wallet, renderer, lambda: sign_in(desk, issuer.sign_in_link()), WalletNotAccepted)

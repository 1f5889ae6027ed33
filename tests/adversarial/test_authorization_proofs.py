"""Attacks on what binds a token to a key: DPoP and the HAIP profile."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from passport.jose import jws
from passport.json import dump
from passport.keys import KeyType, generate_signer
from tests.simulators.authorizing import AskingWallet, LearnerBrowser, refused
from tests.simulators.issuing import HTTP, HolderWallet

PROVIDER = "https://provider.example"
CLIENT = "https://wallet.example"
PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@pytest.fixture(scope="module")
def achievement(learner_school):
    return learner_school.achievement()


def pre_authorized(school, achievement):
    made = school.post("/api/offers", {"achievement": achievement})
    code = HolderWallet().fetch_offer(made["link"]).pre_authorized_code
    return {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code}


@pytest.fixture
def form(learner_school, achievement):
    return pre_authorized(learner_school, achievement)


@pytest.fixture
def wallet(learner_school):
    return AskingWallet(learner_school.issuer)


def proof_of(wallet, signer=None, header=None, **claims):
    """A proof for the token endpoint whose every part can be made wrong."""
    signer = signer or wallet.signer
    made = {
        "jti": secrets.token_urlsafe(16),
        "htm": "POST",
        "htu": f"{wallet.issuer}/token",
        "iat": int(datetime.now(UTC).timestamp()),
    } | claims
    kept = {name: value for name, value in made.items() if value is not None}
    head = {"typ": "dpop+jwt", "jwk": signer.public_key.to_jwk()} | (header or {})
    return jws.sign(
        dump(kept), signer=signer, header={name: value for name, value in head.items() if value is not None}
    )


def at_token(wallet, form, *proofs):
    headers = [("Content-Type", "application/x-www-form-urlencoded"), *[("DPoP", proof) for proof in proofs]]
    from urllib.parse import urlencode

    return HTTP.post(f"{wallet.issuer}/token", content=urlencode(form), headers=headers)


PROOFS = {
    "wrong htu": {"htu": "https://other.example/token"},
    "htu of another path": {"htu": "{issuer}/par"},
    "htu with a user": {"htu": "http://user@localhost/token"},
    "no htu": {"htu": None},
    "wrong htm": {"htm": "GET"},
    "htm in small letters": {"htm": "post"},
    "stale iat": {"iat": -600},
    "future iat": {"iat": 600},
    "iat as text": {"iat": "now"},
    "no iat": {"iat": None},
    "no jti": {"jti": None},
    "a jti that is too long": {"jti": "x" * 257},
    "a nonce that is none of ours": {"nonce": "9999999999.abc.def"},
}


@pytest.mark.parametrize("changes", PROOFS.values(), ids=PROOFS)
def test_a_dpop_proof_of_something_else_is_refused_and_the_code_stays_good(wallet, form, changes):
    """oid4vci-1_0-issuer-dpop-negative-tests."""
    now = int(datetime.now(UTC).timestamp())
    made = {
        name: now + value if name == "iat" and isinstance(value, int) else value
        for name, value in changes.items()
    }
    if isinstance(made.get("htu"), str):
        made["htu"] = made["htu"].format(issuer=wallet.issuer)
    answer = at_token(wallet, form, proof_of(wallet, **made))
    assert answer.status_code == 400
    assert answer.json()["error"] == ("use_dpop_nonce" if "nonce" in changes else "invalid_dpop_proof")
    assert at_token(wallet, form, proof_of(wallet)).status_code == 200


HEADERS = {
    "no type": {"typ": None},
    "another type": {"typ": "JWT"},
    "no key": {"jwk": None},
    "another key": {"jwk": generate_signer(KeyType.P256).public_key.to_jwk()},
    "a symmetric key": {"jwk": {"kty": "oct", "k": "AAAA"}},
    "a private key": {"jwk": generate_signer(KeyType.P256).public_key.to_jwk() | {"d": "AAAA"}},
    "an address of a key": {"jku": "https://attacker.example/keys"},
    "a critical header": {"crit": ["exp"], "exp": 1},
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_dpop_proof_with_another_header_is_refused(wallet, form, header):
    refused(at_token(wallet, form, proof_of(wallet, header=header)), "invalid_dpop_proof")
    assert at_token(wallet, form, proof_of(wallet)).status_code == 200


@pytest.mark.parametrize("proof", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é"])
def test_a_dpop_proof_that_is_no_token_is_refused(wallet, form, proof):
    answer = at_token(wallet, form, proof.encode())
    assert answer.status_code == 400
    assert at_token(wallet, form, proof_of(wallet)).status_code == 200


def test_two_dpop_proofs_are_refused(wallet, form):
    refused(at_token(wallet, form, proof_of(wallet), proof_of(wallet)), "invalid_dpop_proof")


def test_dpop_replay_a_jti_is_used_once(wallet, learner_school, achievement):
    """oid4vci-1_0-issuer-dpop-negative-tests: a captured proof with another code."""
    proof = proof_of(wallet)
    assert at_token(wallet, pre_authorized(learner_school, achievement), proof).status_code == 200
    refused(at_token(wallet, pre_authorized(learner_school, achievement), proof), "invalid_dpop_proof")


# tokens that are bound


@pytest.fixture
def token(wallet, form):
    return wallet.send("token", form).json()["access_token"]


RESOURCE = {
    "wrong ath": {"access_token": "another-token"},
    "no ath": {"access_token": None},
    "wrong htu": {"htu": "https://other.example/credential"},
    "htu of another endpoint": {"htu": "{issuer}/notification"},
    "wrong htm": {"htm": "GET"},
    "stale iat": {"issued_at": datetime.now(UTC) - timedelta(minutes=10)},
    "other key": {"signer": generate_signer(KeyType.P256)},
}


@pytest.mark.parametrize("changes", RESOURCE.values(), ids=RESOURCE)
def test_a_bound_token_needs_its_own_proof(wallet, token, changes):
    """RFC 9449, section 7.1."""
    made = {
        name: value.format(issuer=wallet.issuer) if isinstance(value, str) else value
        for name, value in changes.items()
    }
    answer = wallet.at_resource("credential", token, body={}, **made)
    refused(answer, "invalid_dpop_proof", 401)
    assert answer.headers["www-authenticate"].startswith("DPoP ")
    refused(wallet.at_resource("credential", token, body={}), "invalid_credential_request")


def test_a_bound_token_is_no_bearer_token(wallet, token):
    """A token that was stolen opens nothing: without a proof, as a Bearer token, or with both."""
    refused(wallet.at_resource("credential", token, body={}, kind="Bearer"), "invalid_token", 401)
    mine, wallet.signer = wallet.signer, None
    refused(wallet.at_resource("credential", token, body={}, kind="Bearer"), "invalid_token", 401)
    refused(wallet.at_resource("credential", token, body={}, kind="DPoP"), "invalid_dpop_proof", 401)
    wallet.signer = mine
    for path in ("notification", f"evidence/{'0' * 32}"):
        answer = wallet.at_resource(
            path, token, body={}, method="POST" if path == "notification" else "GET", kind="Bearer"
        )
        refused(answer, "invalid_token", 401)


def test_a_bearer_token_is_no_bound_token(wallet, form):
    plain = replace(wallet, signer=None)
    token = plain.send("token", form).json()["access_token"]
    refused(wallet.at_resource("credential", token, body={}), "invalid_token", 401)


# the HAIP profile


@pytest.fixture(scope="module")
def strict_achievement(strict_school):
    return strict_school.achievement()


@pytest.fixture
def strict_wallet(strict_school):
    return AskingWallet(strict_school.issuer)


def test_haip_asks_for_dpop_with_a_nonce_by_es256(strict_wallet, strict_school, strict_achievement):
    """HAIP 1.0, section 4; oid4vci-1_0-issuer-haip-*."""
    form = pre_authorized(strict_school, strict_achievement)
    bare = replace(strict_wallet, signer=None)
    refused(bare.send("token", form), "invalid_dpop_proof")
    first = at_token(strict_wallet, form, proof_of(strict_wallet))
    refused(first, "use_dpop_nonce")
    nonce = first.headers["dpop-nonce"]
    edwards = generate_signer(KeyType.ED25519)
    refused(
        at_token(strict_wallet, form, proof_of(strict_wallet, edwards, nonce=nonce)), "invalid_dpop_proof"
    )
    answer = at_token(strict_wallet, form, proof_of(strict_wallet, nonce=nonce))
    assert answer.status_code == 200, answer.text
    assert answer.headers["dpop-nonce"]
    token = answer.json()["access_token"]
    again = strict_wallet.at_resource("credential", token, body={})
    refused(again, "use_dpop_nonce", 401)
    strict_wallet.nonce = again.headers["dpop-nonce"]
    refused(strict_wallet.at_resource("credential", token, body={}), "invalid_credential_request")


def test_haip_takes_pushed_requests_only(strict_wallet):
    page = LearnerBrowser().open(strict_wallet.front())
    assert (page.status, page.back) == (400, None)
    assert LearnerBrowser().open(strict_wallet.pushed()).status == 200


def test_a_nonce_of_another_organisation_is_none_here(
    strict_wallet, wallet, form, strict_school, strict_achievement
):
    theirs = at_token(
        strict_wallet, pre_authorized(strict_school, strict_achievement), proof_of(strict_wallet)
    )
    answer = at_token(wallet, form, proof_of(wallet, nonce=theirs.headers["dpop-nonce"]))
    refused(answer, "use_dpop_nonce")

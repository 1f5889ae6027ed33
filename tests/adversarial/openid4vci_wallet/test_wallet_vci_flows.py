"""The wallet takes credentials as foreign issuers give them: each attack beside this differs in one thing.

The names in docstrings are modules of the OpenID conformance suite's plans for wallets (docs/openid4vci.md).
"""

import json
from urllib.parse import parse_qsl

import pytest

from passport.jose import jws
from passport.keys import KeyType
from tests.simulators.vci_wallets import BACK, finish, sign_in
from wallet.core.shelf import kept
from wallet.desk.offering import open_issuer
from wallet.desk.receiving import receive_link
from wallet.desk.signing_in import begin_sign_in

# the honest way, so that each attack below differs from it in one thing


@pytest.mark.parametrize("form", ["badge", "token", "sd"])
def test_a_person_who_signs_in_gets_each_form(desk, wallet, issuer, form):
    """oid4vci-1_0-wallet-happy-flow, by authorization code with PAR, PKCE and DPoP."""
    begun = sign_in(desk, issuer.sign_in_link(form))
    got = finish(desk, wallet, begun, issuer.visit(begun.url))
    assert [one.answer for one in got.credentials] == ["yes"]
    assert [one.host for one in kept(wallet)] == [issuer.authority]
    pushed = dict(parse_qsl(next(body for path, _, body in issuer.seen if path == "/par").decode()))
    assert pushed["issuer_state"] == "an-offer"
    assert pushed["code_challenge_method"] == "S256"
    assert pushed["redirect_uri"] == BACK
    assert "code_challenge" not in begun.url
    assert issuer.told[-1]["event"] == "credential_accepted"


def test_an_issuer_without_an_offer_shows_what_it_has_in_the_persons_language(desk, wallet, issuer):
    found = desk.outside.run(open_issuer(issuer.address, desk.outside))
    assert found.name_in("nl") == "De Vakschool"
    assert found.name_in("en") == "The Trade School"
    assert {name for _, name in found.offered_in("nl")} == {"Lassen"}
    chosen = found.only(frozenset({found.offered_in("nl")[0][0]}))
    begun = desk.outside.run(begin_sign_in(chosen, desk.channel(), redirect_uri=BACK))
    assert finish(desk, wallet, begun, issuer.visit(begun.url)).credentials


def test_a_foreign_issuer_that_takes_only_es256_gets_the_second_key(desk, wallet, issuer):
    issuer.algorithms = ("ES256",)
    receive_link(desk, wallet, issuer.link("sd"))
    (one,) = kept(wallet)
    assert wallet.holder_for(one).public_key.type is KeyType.P256
    assert wallet.holder_for(one).did == wallet.holder_with(KeyType.P256).did


def test_an_issuer_that_binds_to_bare_keys_gets_a_bare_key(desk, wallet, issuer):
    issuer.algorithms, issuer.bindings = ("ES256",), ("jwk",)
    receive_link(desk, wallet, issuer.link("sd"))
    proof = json.loads(next(body for path, _, body in issuer.seen if path == "/credential"))["proofs"]["jwt"][
        0
    ]
    assert "kid" not in jws.parse(proof, most=8_192, own_key=True).header
    (one,) = kept(wallet)
    assert one.report.parsed.subject.id is None
    assert wallet.holder_for(one).public_key == wallet.holder_with(KeyType.P256).public_key


def test_requests_and_answers_are_encrypted_where_the_issuer_asks_for_it(desk, wallet, issuer):
    issuer.encrypted()
    assert receive_link(desk, wallet, issuer.link()).credentials
    body = next(body for path, _, body in issuer.seen if path == "/credential")
    assert body.count(b".") == 4


def test_credentials_are_asked_for_by_the_names_that_the_token_gives(desk, wallet, issuer):
    issuer.knobs["token"] = {
        "authorization_details": [
            {
                "type": "openid_credential",
                "credential_configuration_id": "badge",
                "credential_identifiers": ["badge.1", "badge.2"],
            }
        ]
    }
    assert len(receive_link(desk, wallet, issuer.link()).credentials) == 2
    asked = [json.loads(body) for path, _, body in issuer.seen if path == "/credential"]
    assert [one.get("credential_identifier") for one in asked] == ["badge.1", "badge.2"]
    assert not any("credential_configuration_id" in one for one in asked)

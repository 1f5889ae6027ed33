"""What a verifier sends, as the wallet's side reads it."""

from datetime import timedelta

import pytest

from passport.documents import DocumentCache
from passport.errors.openid4vp import WalletNonceMismatch
from passport.json import JsonObject
from passport.keys import generate_agreement_key
from passport.openid4vp.client_id import parse_client_id
from passport.openid4vp.client_metadata import build_client_metadata
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.request_build import (
    Asking,
    did_client,
    redirect_uri_client,
    reference_link,
    sign_request,
    value_link,
    x509_hash_client,
    x509_san_dns_client,
)
from passport.openid4vp.request_object import verify_request_object
from passport.openid4vp.request_parameters import ResponseMode, parse_link_parameters
from tests.simulators.openid4vp_wallet import link_parameters, read_request
from tests.simulators.parties import NOW, Party

QUERY: JsonObject = {"credentials": [{"id": "a", "format": "ldp_vc", "meta": {}}]}
RESPONSE = "https://bakery.example/openid4vp/1/response"


def asking(client_id: str, mode: str = "direct_post.jwt") -> Asking:
    return Asking(
        client_id=client_id,
        response_uri=RESPONSE,
        response_mode=mode,
        nonce="n" * 22,
        state="s" * 22,
        query=parse_dcql(QUERY),
        client_metadata=build_client_metadata(
            client_name="Bakery", encryption_key=generate_agreement_key().public_key, kid="1"
        ),
    )


def read(who: Party, token: str, wallet_nonce: str | None):
    document = who.did_document()
    return verify_request_object(
        token,
        client_id=parse_client_id(did_client(who.did)),
        documents=DocumentCache({document.url: document}),
        certificates=None,
        now=NOW,
        wallet_nonce=wallet_nonce,
    )


@pytest.mark.parametrize("wallet_nonce", [None, "of-the-wallet"])
def test_a_signed_request_is_what_our_own_wallet_reads(wallet_nonce):
    bakery = Party.on_the_web("Bakery", "bakery.example")
    asked = asking(did_client(bakery.did))
    terms = {"now": NOW, "valid_until": NOW + timedelta(minutes=5), "kid": bakery.method}
    token = sign_request(asked, signer=bakery.signer, wallet_nonce=wallet_nonce, **terms)
    verified = read(bakery, token, wallet_nonce)
    assert verified.request.query == asked.query
    assert (verified.request.nonce, verified.request.state) == (asked.nonce, asked.state)
    assert verified.request.response_mode is ResponseMode.DIRECT_POST_JWT
    assert verified.request.metadata.encryption()[1] == "A128GCM"
    assert "iss" not in verified.request.members
    with pytest.raises(WalletNonceMismatch):
        read(bakery, token, "of-another-wallet")


def test_an_unsigned_request_is_all_in_the_link():
    asked = asking(redirect_uri_client(RESPONSE), "direct_post")
    found = parse_link_parameters(link_parameters(value_link(asked)))
    assert (str(found.client_id), found.response_uri, found.query) == (asked.client_id, RESPONSE, asked.query)


def test_a_link_names_the_client_and_where_the_request_is():
    where = "https://bakery.example/openid4vp/1/request"
    assert link_parameters(reference_link("x509_hash:abc", where, post=True)) == {
        "client_id": "x509_hash:abc",
        "request_uri": where,
        "request_uri_method": "post",
    }
    assert "request_uri_method" not in link_parameters(reference_link("x509_hash:abc", where, post=False))


def test_client_identifiers_have_their_prefix():
    assert x509_san_dns_client("bakery.example") == "x509_san_dns:bakery.example"
    assert x509_hash_client(b"") == "x509_hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"


def test_a_certificate_goes_into_the_header():
    bakery = Party("Bakery")
    terms = {"now": NOW, "valid_until": NOW, "certificates": ["AAAA"]}
    token = sign_request(asking("x509_hash:abc"), signer=bakery.signer, **terms)
    found = read_request(token)
    assert found.header["x5c"] == ["AAAA"]
    assert found.claims["exp"] > found.claims["iat"]

"""A27 and A30 by OpenID4VP: a request that is not what it says is refused before anybody is asked anything.

Longer than most: a table of all that can be wrong with one message. docs/openid4vp.md says which module of the OpenID
conformance suite does the same.
"""

import base64
import json
from datetime import timedelta

import pytest

from passport.certificate_chains import NativeCertificates
from passport.dids import create_did_jwk, create_did_web, jwk_method_id
from passport.documents import DocumentCache, Fetched, NotFetched
from passport.encoding import base64url_encode
from passport.errors import Indeterminate, Invalid, SignatureMismatch
from passport.errors.jose import AlgorithmRefused, KeyInHeader, UnsupportedAlgorithm, WrongTokenType
from passport.errors.openid4vp import (
    ClientIdMismatch,
    MalformedClientId,
    MalformedRequestLink,
    MalformedVpRequest,
    NonceTooWeak,
    RequestForAnotherWallet,
    RequestKeyMismatch,
    RequestNotSigned,
    RequestOutdated,
    RequestRefused,
    RequestSignedInVain,
    ResponseUriNotOfClient,
    ScopeRefused,
    TransactionDataRefused,
    UnsupportedClientIdPrefix,
    UnsupportedRequestUriMethod,
    UnsupportedResponseMode,
    UnsupportedResponseType,
    WalletNonceMismatch,
)
from passport.keys import KeyType, generate_signer
from passport.openid4vp.client_id import parse_client_id
from passport.openid4vp.limits import REQUEST
from passport.openid4vp.request_link import is_request_link, parse_request_link
from passport.openid4vp.request_object import ProvedBy, verify_plain_request, verify_request_object
from passport.openid4vp.request_parameters import parse_link_parameters, parse_parameters
from tests.simulators.vp_asking import (
    HOST,
    NOW,
    QUERY,
    RESPONSE_URI,
    DidVerifier,
    members,
)
from tests.simulators.vp_requests import ANCHORED, CERTIFIED, SAN, VERIFIER, verified


def test_a_request_signed_by_a_did_is_proved_by_its_key():
    found = verified(VERIFIER.request())
    assert found.proved_by is ProvedBy.KEY
    assert found.request.nonce == "n-0S6_WzA2Mj-8fGh2kLm"
    assert found.request.response_uri == RESPONSE_URI
    assert found.expires <= NOW + timedelta(seconds=REQUEST.lifetime)


def test_a_request_by_certificate_is_proved_by_a_known_authority_or_shown_as_unknown():
    known = verified(CERTIFIED.request(), SAN)
    assert known.proved_by is ProvedBy.CERTIFICATE
    assert known.chain.subject == "An employer"
    assert known.chain.issuer == "An authority"
    unknown = verified(CERTIFIED.request(), SAN, certificates=NativeCertificates())
    assert unknown.proved_by is ProvedBy.UNKNOWN_CERTIFICATE


def test_a_request_by_the_hash_of_a_certificate_is_proved():
    client_id = f"x509_hash:{base64url_encode(ANCHORED.verify([CERTIFIED.leaf], NOW).sha256)}"
    assert verified(CERTIFIED.request(client_id), client_id).proved_by is ProvedBy.CERTIFICATE


def unsigned(alg):
    head, body, _ = VERIFIER.request().split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    return ".".join(
        [base64url_encode(json.dumps({**header, "alg": alg}).encode()), body, base64url_encode(b"x")]
    )


SIGNED = {
    "alg none": (unsigned("none"), AlgorithmRefused),
    "alg HS256": (unsigned("HS256"), AlgorithmRefused),
    "alg nOnE": (unsigned("nOnE"), AlgorithmRefused),
    "alg RS256": (unsigned("RS256"), UnsupportedAlgorithm),
    "invalid signature": (VERIFIER.request()[:-8] + "AAAAAAAA", Invalid),
    "typ JWT": (VERIFIER.request(header={"typ": "JWT"}), WrongTokenType),
    "typ missing": (VERIFIER.request(header={"typ": None}), WrongTokenType),
    "kid of another did": (VERIFIER.request(header={"kid": jwk_method_id(DidVerifier().did)}), RequestKeyMismatch),
    "kid that is not there": (VERIFIER.request(header={"kid": f"{VERIFIER.did}#1"}), RequestKeyMismatch),
    "kid without a did": (VERIFIER.request(header={"kid": "#0"}), RequestKeyMismatch),
    "kid missing": (VERIFIER.request(header={"kid": None}), RequestKeyMismatch),
    "a key in the header": (VERIFIER.request(header={"jwk": VERIFIER.signer.public_key.to_jwk()}), KeyInHeader),
    "signed by another key": (
        DidVerifier().request(header={"kid": jwk_method_id(VERIFIER.did)}, client_id=VERIFIER.client_id),
        SignatureMismatch,
    ),
    "a client_id other than the link's": (VERIFIER.request(client_id=DidVerifier().client_id), ClientIdMismatch),
    "client_id missing": (VERIFIER.request(client_id=None), ClientIdMismatch),
    "client_id without its prefix": (VERIFIER.request(client_id=VERIFIER.did), ClientIdMismatch),
    "aud of another": (VERIFIER.request(aud="https://wallet.example"), RequestForAnotherWallet),
    "aud missing": (VERIFIER.request(aud=None), RequestForAnotherWallet),
    "aud a list": (VERIFIER.request(aud=["https://self-issued.me/v2"]), RequestForAnotherWallet),
    "expired": (VERIFIER.request(exp=int((NOW - timedelta(seconds=61)).timestamp())), RequestOutdated),
    "from the future": (VERIFIER.request(iat=int((NOW + timedelta(seconds=61)).timestamp())), RequestOutdated),
    "not yet": (VERIFIER.request(nbf=int((NOW + timedelta(seconds=61)).timestamp())), RequestOutdated),
    "exp a word": (VERIFIER.request(exp="tomorrow"), Invalid),
    "nonce missing": (VERIFIER.request(nonce=None), NonceTooWeak),
    "nonce short": (VERIFIER.request(nonce="a" * (REQUEST.nonce_least - 1)), NonceTooWeak),
    "nonce a number": (VERIFIER.request(nonce=1234567890123456), NonceTooWeak),
    "nonce long": (VERIFIER.request(nonce="a" * (REQUEST.nonce_most + 1)), MalformedVpRequest),
    "nonce with other signs": (VERIFIER.request(nonce="a" * 20 + "&x"), MalformedVpRequest),
    "state with other signs": (VERIFIER.request(state="a b"), MalformedVpRequest),
    "state long": (VERIFIER.request(state="a" * (REQUEST.state + 1)), MalformedVpRequest),
    "state a number": (VERIFIER.request(state=7), MalformedVpRequest),
    "response_type code": (VERIFIER.request(response_type="code"), UnsupportedResponseType),
    "response_type missing": (VERIFIER.request(response_type=None), UnsupportedResponseType),
    "response_mode dc_api": (VERIFIER.request(response_mode="dc_api"), UnsupportedResponseMode),
    "response_mode dc_api.jwt": (VERIFIER.request(response_mode="dc_api.jwt"), UnsupportedResponseMode),
    "response_mode fragment": (VERIFIER.request(response_mode="fragment"), UnsupportedResponseMode),
    "response_mode missing": (VERIFIER.request(response_mode=None), UnsupportedResponseMode),
    "response_mode unknown": (VERIFIER.request(response_mode="carrier.pigeon"), UnsupportedResponseMode),
    "redirect_uri beside": (VERIFIER.request(redirect_uri="https://employer.example/cb"), MalformedVpRequest),
    "response_uri missing": (VERIFIER.request(response_uri=None), MalformedVpRequest),
    "response_uri http": (VERIFIER.request(response_uri="http://employer.example/"), MalformedVpRequest),
    "response_uri javascript": (VERIFIER.request(response_uri="javascript:alert(1)"), MalformedVpRequest),
    "response_uri userinfo": (VERIFIER.request(response_uri="https://a@employer.example/"), MalformedVpRequest),
    "response_uri fragment": (VERIFIER.request(response_uri="https://employer.example/#a"), MalformedVpRequest),
    "response_uri homoglyph": (VERIFIER.request(response_uri="https://еmployer.example/"), MalformedVpRequest),
    "response_uri right to left": (VERIFIER.request(response_uri="https://\u202eelpmaxe.example/"), MalformedVpRequest),
    "transaction_data": (VERIFIER.request(transaction_data=["e30"]), TransactionDataRefused),
    "scope": (VERIFIER.request(scope="com.example.card"), ScopeRefused),
    "no query": (VERIFIER.request(dcql_query=None), MalformedVpRequest),
    "empty query": (VERIFIER.request(dcql_query={"credentials": []}), RequestRefused),
    "client_metadata a word": (VERIFIER.request(client_metadata="x"), Invalid),
    "no token": ("a.b", Invalid),
    "payload no object": (f"{VERIFIER.request().split('.')[0]}.{base64url_encode(b'[]')}.AAAA", MalformedVpRequest),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED)
def test_a27_a_signed_request_that_breaks_one_rule_is_refused(name):
    """oid4vp-1final-wallet-negative-test-*"""
    token, refused = SIGNED[name]
    with pytest.raises(refused):
        verified(token)


def test_the_audience_may_be_where_the_request_was_fetched():
    """npm @openid4vc/openid4vp writes the request_uri where its user gives no audience."""
    uri = f"https://{HOST}/request/1"
    token = VERIFIER.request(aud=uri)
    ports = {"documents": DocumentCache(), "certificates": ANCHORED, "now": NOW, "wallet_nonce": None}
    client_id = parse_client_id(VERIFIER.client_id)
    assert verify_request_object(token, client_id=client_id, request_uri=uri, **ports)
    for other in (None, f"https://{HOST}/request/2"):
        with pytest.raises(RequestForAnotherWallet):
            verify_request_object(token, client_id=client_id, request_uri=other, **ports)
    with pytest.raises(RequestForAnotherWallet):
        verified(VERIFIER.request(aud={"a": 1}))


def test_a27_the_wallets_own_nonce_must_come_back():
    assert verified(VERIFIER.request(wallet_nonce="mine"), wallet_nonce="mine")
    for other in ("other", None):
        with pytest.raises(WalletNonceMismatch):
            verified(VERIFIER.request(wallet_nonce=other), wallet_nonce="mine")


def test_a27_a_did_web_asks_for_its_own_host_and_those_below():
    signer = generate_signer(KeyType.P256)
    did = create_did_web(HOST)
    method = {
        "id": f"{did}#key",
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": signer.public_key.to_jwk(),
    }
    document = json.dumps(
        {"id": did, "verificationMethod": [method], "assertionMethod": [f"{did}#key"]}
    ).encode()
    url = f"https://{HOST}/.well-known/did.json"
    at_hand = DocumentCache.of([Fetched(url, document, NOW)])
    client_id = f"decentralized_identifier:{did}"
    asks = DidVerifier(signer)

    def ask(response_uri):
        token = asks.request(header={"kid": f"{did}#key"}, client_id=client_id, response_uri=response_uri)
        return verified(token, client_id, documents=at_hand)

    assert ask(RESPONSE_URI).proved_by is ProvedBy.HOST
    assert ask(f"https://api.{HOST}/answer").proved_by is ProvedBy.HOST
    for elsewhere in ("https://evil.example/", f"https://evil{HOST}/", f"https://{HOST}.evil.example/"):
        with pytest.raises(ResponseUriNotOfClient):
            ask(elsewhere)
    with pytest.raises(NotFetched):
        verified(asks.request(header={"kid": f"{did}#key"}, client_id=client_id), client_id)


def test_a27_redirect_uri_can_not_be_signed():
    with pytest.raises(RequestSignedInVain):
        verified(VERIFIER.request(), f"redirect_uri:{RESPONSE_URI}")


def test_a_did_that_can_not_be_resolved_here_is_refused():
    with pytest.raises((Indeterminate, Invalid)):
        verified(
            VERIFIER.request(client_id="decentralized_identifier:did:ion:abc"),
            "decentralized_identifier:did:ion:abc",
        )


@pytest.mark.parametrize(
    ("client_id", "refused"),
    [
        ("https://employer.example", UnsupportedClientIdPrefix),
        ("https:employer.example", UnsupportedClientIdPrefix),
        ("did:jwk:abc", UnsupportedClientIdPrefix),
        ("origin:https://employer.example", UnsupportedClientIdPrefix),
        ("openid_federation:https://employer.example", UnsupportedClientIdPrefix),
        ("verifier_attestation:employer.example", UnsupportedClientIdPrefix),
        ("employer", UnsupportedClientIdPrefix),
        ("X509_SAN_DNS:employer.example", UnsupportedClientIdPrefix),
        (" redirect_uri:https://employer.example", UnsupportedClientIdPrefix),
        ("", MalformedClientId),
        (None, MalformedClientId),
        (7, MalformedClientId),
        ("redirect_uri:http://employer.example/", MalformedClientId),
        ("redirect_uri:https://a@employer.example/", MalformedClientId),
        ("decentralized_identifier:https://employer.example", MalformedClientId),
        ("decentralized_identifier:did:web:a b", MalformedClientId),
        ("x509_san_dns:https://employer.example", MalformedClientId),
        ("x509_san_dns:employer.example:443", MalformedClientId),
        ("x509_san_dns:*.example", MalformedClientId),
        ("x509_san_dns:еmployer.example", MalformedClientId),
        ("x509_san_dns:", MalformedClientId),
        ("x509_hash:abc", MalformedClientId),
        ("x509_hash:" + "A" * 42 + "=", MalformedClientId),
        ("redirect_uri:https://employer.example/" + "a" * 2_048, MalformedClientId),
    ],
)
def test_a27_prefixes_are_not_confused(client_id, refused):
    with pytest.raises(refused):
        parse_client_id(client_id)


def link(**more):
    from urllib.parse import urlencode

    written = members(
        **{"client_id": f"redirect_uri:{RESPONSE_URI}", "aud": None, "iat": None, "exp": None, **more}
    )
    asked = {name: value if isinstance(value, str) else json.dumps(value) for name, value in written.items()}
    return f"openid4vp://?{urlencode(asked)}"


def test_a_request_by_value_is_taken_of_a_redirect_uri_alone():
    for scheme in (
        "openid4vp://?",
        "openid4vp://authorize?",
        "haip-vp://?",
        "openid4vp:?",
        "https://wallet.example/vp?",
    ):
        found = parse_request_link(link().replace("openid4vp://?", scheme))
        request = parse_link_parameters(found.parameters)
        assert verify_plain_request(request, now=NOW).proved_by is ProvedBy.NOTHING
        assert request.query.to_json() == QUERY
        assert request.metadata.client_name is None
    with pytest.raises(RequestNotSigned):
        parse_request_link(link(client_id=VERIFIER.client_id))
    with pytest.raises(RequestNotSigned):
        parse_request_link(link(client_id=SAN))


def test_a27_the_answer_to_a_redirect_uri_goes_there_and_nowhere_else():
    assert (
        parse_parameters(members(f"redirect_uri:{RESPONSE_URI}", response_uri=None)).response_uri
        == RESPONSE_URI
    )
    with pytest.raises(ResponseUriNotOfClient):
        parse_parameters(members(f"redirect_uri:{RESPONSE_URI}", response_uri="https://evil.example/"))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("https://employer.example/", MalformedRequestLink),
        ("openid4vp://", MalformedClientId),
        ("openid-credential-offer://?client_id=a", MalformedRequestLink),
        ("openid4vp://?client_id=redirect_uri%3Ahttps%3A%2F%2Fa.example&client_id=b", MalformedRequestLink),
        (f"openid4vp://?client_id={SAN}&request_uri=https://a.example&request=e30", MalformedRequestLink),
        (f"openid4vp://?client_id={SAN}&request_uri=http://a.example", MalformedRequestLink),
        (f"openid4vp://?client_id={SAN}&request_uri=file:///etc/passwd", MalformedRequestLink),
        (f"openid4vp://?client_id={SAN}&request_uri=https://a@b.example", MalformedRequestLink),
        (f"openid4vp://?client_id={SAN}&request_uri=https://a.example&request_uri_method=POST", UnsupportedRequestUriMethod),
        (f"openid4vp://?client_id={SAN}&request_uri=https://a.example&request_uri_method=put", UnsupportedRequestUriMethod),
        (f"openid4vp://?client_id={SAN}", RequestNotSigned),
        (f"openid4vp://?client_id={SAN}&x={'a' * REQUEST.link}", MalformedRequestLink),
        (f"openid4vp://?client_id={SAN}&" + "&".join(f"a{n}=b" for n in range(REQUEST.parameters)), MalformedRequestLink),
        ("openid4vp://?client_id=%ff", MalformedRequestLink),
        ("openid4vp://?request_uri=https://a.example", MalformedClientId),
        (link(dcql_query="{"), MalformedVpRequest),
    ],
)  # fmt: skip
def test_a27_a_link_of_another_form_is_refused(text, refused):
    with pytest.raises(refused):
        parse_link_parameters(parse_request_link(text).parameters)


def test_a_link_by_reference_says_how_it_is_fetched():
    found = parse_request_link(
        f"openid4vp://?client_id={SAN}&request_uri=https%3A%2F%2Fa.example%2F1&request_uri_method=post"
    )
    assert (found.uri, found.method, found.parameters, found.token) == (
        "https://a.example/1",
        "post",
        None,
        None,
    )
    by_value = parse_request_link(f"openid4vp://?client_id={SAN}&request={CERTIFIED.request()}")
    assert verified(by_value.token, SAN).proved_by is ProvedBy.CERTIFICATE


def test_what_looks_like_a_request():
    assert is_request_link("  openid4vp://?x")
    assert is_request_link("HAIP-VP://?x")
    assert is_request_link("https://wallet.example/?client_id=a&request_uri=b")
    assert not is_request_link("https://employer.example/jobs")
    assert not is_request_link('{"type": "PresentationRequest"}')


def test_a27_a_response_mode_of_a_plain_link_may_not_be_signed_for_somebody_else():
    """What stands beside a signed request in the link is not looked at (section 5.10.1)."""
    from urllib.parse import urlencode

    attacker = {"jwks": {"keys": [generate_signer(KeyType.P256).public_key.to_jwk()]}}
    text = "openid4vp://?" + urlencode(
        {
            "client_id": SAN,
            "request": CERTIFIED.request(),
            "client_metadata": json.dumps(attacker),
            "response_uri": "https://evil.example",
        }
    )
    found = verified(parse_request_link(text).token, SAN)
    assert found.request.metadata.encryption_keys == ()
    assert found.request.response_uri == RESPONSE_URI


def test_did_of_the_link_is_that_of_the_key():
    assert create_did_jwk(VERIFIER.signer.public_key) == VERIFIER.did

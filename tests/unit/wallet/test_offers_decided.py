"""What the wallet decides about an offer before and after it asks: flow, server, key, tie, waiting."""

from datetime import timedelta

import pytest

from passport.keys import KeyType
from passport.oauth.server_metadata import ServerMetadata
from passport.openid4vc import CredentialConfiguration, CredentialOffer, IssuerMetadata
from passport.openid4vc.credential_offer import OfferedAuthorizationCode
from tests.simulators.wallets import Person
from wallet.core import limits
from wallet.core.claiming.grants import Flow, check_server, choose_flow
from wallet.core.claiming.key_use import key_type_for, use_key
from wallet.core.claiming.tie import is_tied
from wallet.core.claiming.waiting import interval_of
from wallet.errors import IssuerMismatch
from wallet.errors_claiming import NoCommonKey, NoGrant, ServerElsewhere, WeakSignIn

ISSUER = "https://school.example/o/one"


def metadata(*servers):
    return IssuerMetadata(ISSUER, f"{ISSUER}/credential", None, None, {}, authorization_servers=servers)


def server(issuer=ISSUER, **members):
    known = {
        "token_endpoint": f"{issuer}/token",
        "authorization_endpoint": f"{issuer}/authorize",
        "grant_types_supported": ("authorization_code",),
        "code_challenge_methods_supported": ("S256",),
    }
    return ServerMetadata(issuer=issuer, **{**known, **members})


def test_the_easiest_flow_is_taken():
    both = CredentialOffer(ISSUER, ("x",), "code", None, OfferedAuthorizationCode("state"))
    assert choose_flow(both, metadata()).flow is Flow.PRE_AUTHORIZED
    sign_in = CredentialOffer(ISSUER, ("x",), authorization_code=OfferedAuthorizationCode("state"))
    assert choose_flow(sign_in, metadata()).flow is Flow.SIGN_IN
    assert choose_flow(CredentialOffer(ISSUER, ("x",)), metadata()).servers == (ISSUER,)


def test_a_server_that_the_offer_names_must_be_one_that_the_issuer_names():
    named = CredentialOffer(ISSUER, ("x",), "code", authorization_server="https://a.example")
    assert choose_flow(named, metadata("https://b.example", "https://a.example")).servers == (
        "https://a.example",
    )
    for servers in ((), ("https://b.example",)):
        with pytest.raises(IssuerMismatch):
            choose_flow(named, metadata(*servers))


def test_a_server_is_held_to_its_own_host_and_to_pkce():
    check_server(server(), Flow.SIGN_IN, credential_issuer=ISSUER)
    check_server(server(code_challenge_methods_supported=()), Flow.SIGN_IN, credential_issuer=ISSUER)
    elsewhere = "https://login.example"
    check_server(
        server(elsewhere, dpop_signing_alg_values_supported=("ES256",)),
        Flow.SIGN_IN,
        credential_issuer=ISSUER,
    )
    for odd, refusal in (
        (server(elsewhere), ServerElsewhere),
        (server(code_challenge_methods_supported=("plain",)), WeakSignIn),
        (server(authorization_endpoint=None), WeakSignIn),
        (server(token_endpoint="https://other.example/token"), IssuerMismatch),
        (server(grant_types_supported=("implicit",)), NoGrant),
    ):
        with pytest.raises(refusal):
            check_server(odd, Flow.SIGN_IN, credential_issuer=ISSUER)


def configuration(*algorithms, bindings=()):
    return CredentialConfiguration("x", "X", (), ("T",), algorithms, bindings=bindings)


def test_one_key_for_all_forms_of_a_credential_where_that_can_be():
    both, second = configuration("EdDSA", "ES256"), configuration("ES256")
    assert key_type_for([both]) is KeyType.ED25519
    assert key_type_for([both, second]) is KeyType.P256
    assert key_type_for([second, configuration("EdDSA")]) is KeyType.P256
    with pytest.raises(NoCommonKey):
        key_type_for([configuration("RS256")])


def test_a_key_goes_by_a_name_that_the_issuer_knows():
    wallet = Person().wallet
    assert use_key(wallet, KeyType.ED25519, ()).holder.did == wallet.did
    assert use_key(wallet, KeyType.ED25519, ("did:jwk",)).holder.did.startswith("did:jwk:")
    assert use_key(wallet, KeyType.P256, ("did:key",)).holder.did.startswith("did:key:zDn")
    assert use_key(wallet, KeyType.P256, ("did",)).holder.did.startswith("did:jwk:")
    assert use_key(wallet, KeyType.P256, ("jwk",)).as_jwk
    with pytest.raises(NoCommonKey):
        use_key(wallet, KeyType.P256, ("did:ebsi",))


@pytest.mark.parametrize(
    ("issuer", "tied"),
    [
        ("did:web:school.example:o:one", True),
        ("did:web:school.example:o", True),
        ("did:web:school.example", True),
        ("https://school.example/o/one", True),
        ("https://school.example", True),
        ("did:web:school.example:o:two", False),
        ("did:web:school.example:o:on", False),
        ("https://school.example/o/two", False),
        ("https://school.example.evil.example/o/one", False),
        ("did:web:evil.example:o:one", False),
        ("did:web:school.example%3A444:o:one", False),
        ("did:web:SCHOOL.example", False),
        ("did:key:z6Mk", False),
        ("http://school.example/o/one", False),
        ("urn:x", False),
    ],
)
def test_a_signer_is_tied_to_an_offer_by_its_place_alone(issuer, tied):
    assert is_tied(issuer, ISSUER) is tied


def test_an_issuer_says_when_to_ask_again_within_reason():
    assert interval_of(1) == timedelta(seconds=limits.WAITING_LEAST)
    assert interval_of(60) == timedelta(seconds=60)
    assert interval_of(limits.WAITING_MOST) == timedelta(seconds=limits.WAITING_MOST)
    assert interval_of(limits.WAITING_MOST + 1) == timedelta(seconds=limits.WAITING_MOST)

"""The specification's own examples (OpenID4VCI 1.0): every message is read, and what it says comes out."""

import base64
import json
import re

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from passport.jose import jws
from passport.keys import KeyType, PublicKey
from passport.limits import JOSE_HEADER_CERTIFICATES, PUBLISHED
from passport.oauth.authorization_details import parse_authorization_details
from passport.openid4vc import (
    CredentialResponse,
    parse_credential_offer,
    parse_credential_response,
    parse_issuer_metadata,
)
from passport.openid4vc.credential_configuration import parse_configuration

ISSUER = "https://credential-issuer.example.com"
DETAILS = {
    "authorization_details": ["UniversityDegreeCredential"],
    "authorization_details_jwt_vc_json": ["UniversityDegreeCredential"],
    "authorization_details_ldp_vc": ["UniversityDegree_LDP_VC"],
    "authorization_details_mso_doc": ["org.iso.18013.5.1.mDL"],
    "authorization_details_multiple_credentials": ["UniversityDegreeCredential", "org.iso.18013.5.1.mDL"],
    "authorization_details_sd_jwt_vc": ["PID_SD_JWT_VC"],
    "authorization_details_with_as": ["UniversityDegreeCredential"],
}
OFFERS = {
    "credential_offer_by_reference.json": (["UniversityDegree_LDP_VC"], True),
    "credential_offer_multiple_credentials.json": (
        ["UniversityDegreeCredential", "org.iso.18013.5.1.mDL"],
        True,
    ),
    "credential_offer_pre-authz_code.json": (["UniversityDegreeCredential"], True),
    "credential_offer_authz_code.txt": (["UniversityDegreeCredential"], False),
}
CONFIGURATIONS = ("jwt_vc_json", "sd_jwt_vc")
RESPONSES = {"jwt_vc_json": b"eyJ", "sd_jwt_vc": b"eyJ", "ldp_vc": b"{"}
TOKENS = ("credential_issuer_metadata_sd_jwt_jwt.txt", "wallet_attestation.jwt.txt")
SPOKEN_OF = {"credential_metadata_ldp_vc.json", "credential_issuer_metadata_sd_jwt_long.json"}
A_KEY_SET = {"issuer_jwks.json"}
"""The document of an HTTPS issuer, to verify its JWTs with; ours are found by DID."""


@pytest.fixture
def read(vectors):
    def body(name):
        """The message without its HTTP head, its lines joined as they were broken for print."""
        text = (vectors / "openid4vci-examples" / name).read_text()
        if text.lstrip().startswith("HTTP/"):
            text = re.split(r"\n\s*\n", text.lstrip(), maxsplit=1)[1]
        return re.sub(r"\n\s*", "", text).encode()

    return body


def test_every_example_is_one_of_these(vectors):
    names = {path.name for path in (vectors / "openid4vci-examples").iterdir()}
    assert names == {
        *(f"{name}.json" for name in DETAILS),
        *OFFERS,
        *(f"credential_metadata_{name}.json" for name in CONFIGURATIONS),
        *(f"credential_response_{name}.txt" for name in RESPONSES),
        *TOKENS,
        *SPOKEN_OF,
        *A_KEY_SET,
    }


@pytest.mark.parametrize("name", DETAILS)
def test_authorization_details_name_their_configurations(read, name):
    found = parse_authorization_details(read(f"{name}.json").decode())
    assert [each.credential_configuration_id for each in found] == DETAILS[name]


@pytest.mark.parametrize("name", OFFERS)
def test_offers_name_their_issuer_configurations_and_grant(read, name):
    offer = parse_credential_offer(read(name))
    configurations, pre_authorized = OFFERS[name]
    assert offer.credential_issuer == ISSUER
    assert list(offer.credential_configuration_ids) == configurations
    assert (offer.pre_authorized_code is not None, offer.tx_code is not None) == (pre_authorized,) * 2
    assert (offer.authorization_code is None) is pre_authorized


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configurations_say_what_they_are_of(read, name):
    ((key, value),) = json.loads(read(f"credential_metadata_{name}.json"))[
        "credential_configurations_supported"
    ].items()
    found = parse_configuration(key, value)
    assert found is not None
    assert found.proof_algorithms == ("ES256",)
    assert found.scope
    assert found.claims
    assert found.display[0].locale == "en-US"
    assert found.display[0].logo is not None
    if name == "sd_jwt_vc":
        assert found.key_attestations_required.key_storage == ("iso_18045_moderate",)
        assert found.bindings == ("jwk",)


def test_a_configuration_that_asks_for_no_proof_of_a_key_is_left_out(read):
    """Credentials of ours and for our wallet are bound to a key."""
    supported = json.loads(read("credential_metadata_ldp_vc.json"))["credential_configurations_supported"]
    assert [parse_configuration(name, value) for name, value in supported.items()] == [None]


def test_the_long_metadata_is_read_whole(read):
    found = parse_issuer_metadata(read("credential_issuer_metadata_sd_jwt_long.json"), expected_issuer=ISSUER)
    check_metadata(found)
    assert found.batch_size == 10
    assert found.request_encryption is not None


def check_metadata(found):
    assert found.authorization_servers == ("https://server.example.com",)
    assert found.deferred_credential_endpoint == f"{ISSUER}/deferred_credential"
    assert found.response_encryption.enc_values == ("A128GCM",)
    assert {one.locale for one in found.display} == {"en-US", "fr-FR"}
    assert all(one.claims for one in found.configurations.values())


@pytest.mark.parametrize("name", RESPONSES)
def test_responses_hold_their_credential(read, name):
    found = parse_credential_response(read(f"credential_response_{name}.txt"))
    assert isinstance(found, CredentialResponse)
    assert found.credential.startswith(RESPONSES[name])


def test_signed_metadata_is_by_the_key_in_its_certificate_and_says_the_same(read):
    token = verified(read(TOKENS[0]).decode())
    assert token.header["typ"] == "openidvci-issuer-metadata+jwt"
    claims = json.loads(token.payload)
    assert claims["sub"] == ISSUER
    check_metadata(parse_issuer_metadata(claims, expected_issuer=ISSUER))


def test_a_wallet_attestation_is_by_the_key_in_its_certificate(read):
    token = verified(read(TOKENS[1]).decode())
    assert token.header["typ"] == "oauth-client-attestation+jwt"
    assert PublicKey.from_jwk(json.loads(token.payload)["cnf"]["jwk"]).type is KeyType.P256


def verified(text):
    """Read with our reader; the certificate's key is taken as it stands, for nobody of ours does."""
    token = jws.parse(text.strip(), most=PUBLISHED.size, certified=JOSE_HEADER_CERTIFICATES)
    certificate = x509.load_der_x509_certificate(base64.b64decode(token.header["x5c"][0]))
    point = certificate.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    jws.verify(token, PublicKey(KeyType.P256, point))
    return token

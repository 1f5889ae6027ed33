"""Metadata of issuer and authorization server (OpenID4VCI 1.0, section 12)."""

from dataclasses import replace

import pytest

from passport.credentials import Form
from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.openid4vc import (
    ConfigurationNotSupported,
    IssuerMetadataMismatch,
    MalformedIssuerMetadata,
)
from passport.keys import KeyType, generate_signer
from passport.openid4vc import (
    ClaimDescription,
    CredentialConfiguration,
    Display,
    IssuerMetadata,
    KeyAttestationsRequired,
    Logo,
    RequestEncryption,
    ResponseEncryption,
    issuer_metadata_url,
    parse_issuer_metadata,
)

AGREEMENT_JWK = generate_signer(KeyType.P256).public_key.to_jwk() | {"alg": "ECDH-ES", "kid": "1"}
ISSUER = "https://school.example/o/school"
CONFIGURATION = CredentialConfiguration(
    "welding",
    "Welding",
    ("https://www.w3.org/ns/credentials/v2",),
    ("VerifiableCredential",),
    display=(Display("Welding"),),
)
JWT = {"jwt": {"proof_signing_alg_values_supported": ["EdDSA"]}}
METADATA = IssuerMetadata(
    ISSUER,
    f"{ISSUER}/credential",
    f"{ISSUER}/nonce",
    "School",
    {"welding": CONFIGURATION},
    display=(Display("School"),),
)
EVERYTHING = replace(
    METADATA,
    configurations={
        "welding": replace(
            CONFIGURATION,
            scope="welding",
            display=(
                Display(
                    "Welding", "en", Logo("data:image/png;base64,AAAA", "A spark"), "Joins metal", "#fff"
                ),
                Display("Lassen", "nl-NL", Logo("https://school.example/logo.png"), text_color="#12107c"),
            ),
            claims=(
                ClaimDescription(("issuer", "name"), True, (Display("Uitgever", "nl"),)),
                ClaimDescription(("credentialSubject", "result", None, "value")),
                ClaimDescription(("evidence", 0)),
            ),
            key_attestations_required=KeyAttestationsRequired(("iso_18045_high",), ("iso_18045_basic",)),
            attestation_algorithms=("ES256",),
        )
    },
    authorization_servers=(ISSUER,),
    notification_endpoint=f"{ISSUER}/notification",
    deferred_credential_endpoint=f"{ISSUER}/deferred",
    batch_size=10,
    request_encryption=RequestEncryption((AGREEMENT_JWK,), required=True),
    response_encryption=ResponseEncryption(("A256GCM",)),
    display=(Display("School", "nl"), Display("School", "en")),
)


def test_everything_that_metadata_can_say_is_read_as_it_was_made():
    assert parse_issuer_metadata(EVERYTHING.to_json(), expected_issuer=ISSUER) == EVERYTHING


def test_metadata_is_read_as_it_was_made():
    read = parse_issuer_metadata(METADATA.to_json(), expected_issuer=ISSUER)
    assert read == METADATA
    assert read.configuration("welding") == CONFIGURATION


@pytest.mark.parametrize(
    "configuration",
    [
        replace(CONFIGURATION, signing_algorithms=("eddsa-rdfc-2022",)),
        replace(CONFIGURATION, form=Form.JWT_VC, contexts=(), signing_algorithms=("ES256", "EdDSA")),
        replace(CONFIGURATION, form=Form.VC_SD_JWT),
        replace(CONFIGURATION, form=Form.DC_SD_JWT, contexts=(), types=(), vct="https://school.example/w"),
    ],
)
def test_a_configuration_of_every_form_is_read_as_it_was_made(configuration):
    value = METADATA.to_json() | {
        "credential_configurations_supported": {"welding": configuration.to_json()},
        "notification_endpoint": f"{ISSUER}/notification",
    }
    read = parse_issuer_metadata(value, expected_issuer=ISSUER)
    assert read.configuration("welding") == configuration
    assert read.notification_endpoint == f"{ISSUER}/notification"
    assert parse_issuer_metadata(read.to_json(), expected_issuer=ISSUER) == read


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        (ISSUER, "https://school.example/.well-known/openid-credential-issuer/o/school"),
        ("https://school.example", "https://school.example/.well-known/openid-credential-issuer"),
        ("https://school.example/", "https://school.example/.well-known/openid-credential-issuer"),
        ("http://localhost:8101/o/a", "http://localhost:8101/.well-known/openid-credential-issuer/o/a"),
    ],
)
def test_the_well_known_path_goes_between_host_and_path(issuer, url):
    assert issuer_metadata_url(issuer) == url


def test_no_metadata_of_a_host_that_is_no_https():
    with pytest.raises(MalformedIssuerUrl):
        issuer_metadata_url("http://school.example/o/school")


@pytest.mark.parametrize("other", ["https://evil.example", ISSUER + "/", ISSUER.upper(), None])
def test_metadata_of_another_issuer_is_not_used(other):
    with pytest.raises(IssuerMetadataMismatch):
        parse_issuer_metadata(METADATA.to_json() | {"credential_issuer": other}, expected_issuer=ISSUER)


@pytest.mark.parametrize(
    "change",
    [
        {"credential_endpoint": None},
        {"credential_endpoint": "http://school.example/credential"},
        {"nonce_endpoint": "ftp://school.example"},
        {"nonce_endpoint": None},
        {"notification_endpoint": "http://school.example/notification"},
        {"credential_configurations_supported": []},
        {"authorization_servers": "https://a.example"},
        {"authorization_servers": ["http://a.example"]},
        {"deferred_credential_endpoint": "http://school.example/deferred"},
        {"batch_credential_issuance": {}},
        {"batch_credential_issuance": {"batch_size": 0}},
        {"batch_credential_issuance": {"batch_size": True}},
        {"credential_response_encryption": []},
        {"credential_response_encryption": {"encryption_required": True}},
        {"credential_response_encryption": {"alg_values_supported": ["ECDH-ES"]}},
        {"credential_request_encryption": {"encryption_required": True, "jwks": {"keys": [{"kty": "RSA"}]}}},
        {"credential_request_encryption": {"encryption_required": True, "jwks": {"keys": "x"}}},
    ],
)
def test_malformed_metadata_is_refused(change):
    with pytest.raises(MalformedIssuerMetadata):
        parse_issuer_metadata(METADATA.to_json() | change, expected_issuer=ISSUER)


@pytest.mark.parametrize(
    "configuration",
    [
        {"format": "jwt_vc_json"},
        {"format": "mso_mdoc", "doctype": "x"},
        {"format": ["ldp_vc"]},
        {"format": "dc+sd-jwt", "proof_types_supported": JWT},
        {"format": "dc+sd-jwt", "vct": 1, "proof_types_supported": JWT},
        {"format": "ldp_vc", "credential_definition": [], "proof_types_supported": JWT},
        {"format": "ldp_vc", "credential_definition": {"type": "A"}, "proof_types_supported": JWT},
        {"format": "ldp_vc"},
        {"format": "ldp_vc", "credential_definition": {"type": ["A"]}},
        {"format": "ldp_vc", "credential_definition": {"type": []}, "proof_types_supported": {"jwt": {}}},
        [],
    ],
)
def test_a_form_that_we_do_not_take_is_left_out(configuration):
    value = METADATA.to_json() | {"credential_configurations_supported": {"x": configuration}}
    read = parse_issuer_metadata(value, expected_issuer=ISSUER)
    with pytest.raises(ConfigurationNotSupported):
        read.configuration("x")


@pytest.mark.parametrize(
    "change",
    [
        {"credential_response_encryption": {"alg_values_supported": ["RSA-OAEP"]}},
        {"credential_response_encryption": {"alg_values_supported": ["ECDH-ES"], "enc_values_supported": []}},
        {"credential_request_encryption": {"jwks": {"keys": [AGREEMENT_JWK | {"kid": 1}]}}},
        {"credential_request_encryption": {"jwks": {"keys": [AGREEMENT_JWK | {"crv": "P-384"}]}}},
        {"credential_request_encryption": {"jwks": {"keys": [AGREEMENT_JWK]}, "enc_values_supported": "x"}},
    ],
)
def test_an_encryption_that_we_do_not_have_and_need_not_use_is_left_out(change):
    ((name, value),) = change.items()
    read = parse_issuer_metadata(
        METADATA.to_json() | {name: value | {"encryption_required": False}}, expected_issuer=ISSUER
    )
    assert (read.request_encryption, read.response_encryption) == (None, None)

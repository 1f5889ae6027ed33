"""Token requests and responses, scopes and details, what servers and clients say of themselves."""

import pytest
from hypothesis import strategies as st

from passport.errors import Invalid
from passport.errors.oauth import (
    InvalidAccessToken,
    InvalidAuthorizationDetails,
    InvalidClientMetadata,
    InvalidRedirectUri,
    InvalidScope,
    MalformedResponse,
)
from passport.errors.openid4vc import IssuerMetadataMismatch, MalformedIssuerMetadata
from passport.oauth.authorization_details import (
    AuthorizationDetail,
    granted_details,
    parse_authorization_details,
    write_authorization_details,
)
from passport.oauth.authorization_header import ShownToken, authorization_header, parse_authorization_header
from passport.oauth.client_registration import (
    ClientMetadata,
    RegisteredClient,
    parse_client_metadata,
    parse_registered_client,
)
from passport.oauth.redirect_uri import check_redirect_uri
from passport.oauth.scope import parse_scope
from passport.oauth.server_metadata import ServerMetadata, read_server_metadata, server_metadata_url
from passport.oauth.token_request import (
    AuthorizationCodeGrant,
    PreAuthorizedCodeGrant,
    RefreshTokenGrant,
    parse_token_request,
)
from passport.oauth.token_response import TokenResponse, TokenType, parse_token_response

ISSUER = "https://issuer.example/o/school"
BACK = check_redirect_uri("https://wallet.example/back?x=1")
DETAIL = AuthorizationDetail("badge")
TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@pytest.mark.parametrize(
    "grant",
    [
        PreAuthorizedCodeGrant("code"),
        PreAuthorizedCodeGrant("code", "123456", "client", (DETAIL,)),
        AuthorizationCodeGrant("code", BACK.text, "v" * 43),
        AuthorizationCodeGrant("code", BACK.text, "v" * 43, "client", (DETAIL,)),
        RefreshTokenGrant("token"),
        RefreshTokenGrant("token", ("a", "b"), "client"),
    ],
)
def test_a_token_request_is_read_as_it_was_made(grant):
    assert parse_token_request([*grant.to_form().items(), ("unknown", "1")]) == grant
    for name in grant.to_form():
        with pytest.raises(Invalid):
            parse_token_request([*grant.to_form().items(), (name, "again")])


@pytest.mark.parametrize(
    "response",
    [
        TokenResponse("t", 300),
        TokenResponse("t", 300, TokenType.DPOP, "r", ("a", "b"), (AuthorizationDetail("x", ("x:1",)),)),
    ],
)
def test_a_token_response_is_read_as_it_was_made(response):
    assert parse_token_response(response.to_json()) == response
    assert "'t'" not in repr(response)


def test_a_token_type_is_known_in_any_case_and_no_other_is():
    for written in ("bearer", "BEARER", "dpop", "DPoP"):
        assert parse_token_response({"access_token": "t", "token_type": written})
    for written in ("mac", None, 1, ""):
        with pytest.raises(MalformedResponse):
            parse_token_response({"access_token": "t", "token_type": written})


@pytest.mark.parametrize(
    "more",
    [{"access_token": ""}, {"access_token": "a b"}, {"expires_in": -1}, {"expires_in": "300"},
     {"refresh_token": 1}, {"refresh_token": "a\nb"}, {"authorization_details": {}},
     {"authorization_details": [{"type": "openid_credential", "credential_configuration_id": "x"}]}],
)  # fmt: skip
def test_a_token_response_that_is_none_is_refused(more):
    with pytest.raises(MalformedResponse):
        parse_token_response({"access_token": "t", "token_type": "Bearer"} | more)


def test_details_of_other_types_are_left_to_others_in_an_answer_alone():
    assert granted_details([{"type": "payment"}]) == ()
    with pytest.raises(InvalidAuthorizationDetails):
        parse_authorization_details('[{"type":"payment"}]')
    assert parse_authorization_details(write_authorization_details((DETAIL,))) == (DETAIL,)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "x", "[1]", '[{"type":"openid_credential"}]', "\ud800", "[" * 40]
)
def test_details_that_are_none_are_refused(text):
    with pytest.raises(InvalidAuthorizationDetails):
        parse_authorization_details(text)


@pytest.mark.parametrize(
    "text", ["a  b", " a", "a ", "a\tb", 'a"b', "a\\b", "é", " ".join("abc" for _ in range(65))]
)
def test_a_scope_that_is_none_is_refused(text):
    with pytest.raises(InvalidScope):
        parse_scope(text)


@pytest.mark.parametrize("kind", TokenType)
def test_a_token_is_shown_and_read(kind):
    shown = ShownToken("abc.DEF_-~+/=", kind)
    assert parse_authorization_header(authorization_header(shown)) == shown


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic x",
        "Bearer a b",
        "Bearer a,b",
        "Bearer é",
        "Bearer\ta",
        "DPoP " + "a" * 4_097,
    ],
)
def test_a_header_without_one_token_is_refused(header):
    with pytest.raises(InvalidAccessToken):
        parse_authorization_header(header)


# metadata and registration


def test_metadata_are_read_as_they_were_made():
    made = ServerMetadata(
        issuer=ISSUER,
        token_endpoint=f"{ISSUER}/token",
        authorization_endpoint=f"{ISSUER}/authorize",
        require_pushed_authorization_requests=True,
        authorization_response_iss_parameter_supported=True,
        dpop_signing_alg_values_supported=("ES256",),
        code_challenge_methods_supported=("S256",),
    )
    assert read_server_metadata(made.to_json(), expected_issuer=ISSUER) == made
    assert (
        server_metadata_url(ISSUER)
        == "https://issuer.example/.well-known/oauth-authorization-server/o/school"
    )
    with pytest.raises(IssuerMetadataMismatch):
        read_server_metadata(made.to_json(), expected_issuer=f"{ISSUER}/")


@pytest.mark.parametrize(
    "more",
    [{"token_endpoint": None}, {"token_endpoint": "http://issuer.example/token"}, {"authorization_endpoint": 1},
     {"grant_types_supported": "authorization_code"}, {"dpop_signing_alg_values_supported": [1]}],
)  # fmt: skip
def test_metadata_that_are_none_are_refused(more):
    good = {"issuer": ISSUER, "token_endpoint": f"{ISSUER}/token"}
    assert read_server_metadata(good, expected_issuer=ISSUER)
    with pytest.raises(MalformedIssuerMetadata):
        read_server_metadata(good | more, expected_issuer=ISSUER)


def test_a_registration_is_read_as_it_was_made():
    metadata = ClientMetadata(
        redirect_uris=(BACK,), client_name="A wallet", client_uri="https://wallet.example", scope=("a", "b")
    )
    assert parse_client_metadata(metadata.to_json()) == metadata
    client = RegisteredClient("id", metadata, "secret", 1_795_000_000)
    assert parse_registered_client(client.to_json()) == client
    assert "secret'" not in repr(client)
    assert parse_client_metadata({"grant_types": ["client_credentials"]}).redirect_uris == ()
    with pytest.raises(MalformedResponse):
        parse_registered_client(metadata.to_json())


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"redirect_uris": []}, InvalidRedirectUri),
        ({"redirect_uris": [1]}, InvalidRedirectUri),
        ({"redirect_uris": "https://wallet.example"}, InvalidRedirectUri),
        ({"redirect_uris": ["http://wallet.example"]}, InvalidRedirectUri),
        ({"redirect_uris": [BACK.text] * 17}, InvalidRedirectUri),
        ({"client_name": ""}, InvalidClientMetadata),
        ({"client_name": "x" * 201}, InvalidClientMetadata),
        ({"client_name": "a\nb"}, InvalidClientMetadata),
        ({"client_uri": "javascript:alert(1)"}, InvalidClientMetadata),
        ({"logo_uri": 1}, InvalidClientMetadata),
        ({"scope": 1}, InvalidClientMetadata),
        ({"scope": "a  b"}, InvalidClientMetadata),
        ({"grant_types": "authorization_code"}, InvalidClientMetadata),
        ({"response_types": [1]}, InvalidClientMetadata),
    ],
)
def test_a_registration_that_is_none_is_refused(more, error):
    with pytest.raises(error):
        parse_client_metadata({"redirect_uris": [BACK.text]} | more)


@pytest.mark.parametrize(
    "more", [{"client_id": 1}, {"client_id_issued_at": "x"}, {"client_secret_expires_at": -1}]
)
def test_an_answer_to_a_registration_that_is_none_is_refused(more):
    good = {"client_id": "x", "redirect_uris": [BACK.text]}
    assert parse_registered_client(good)
    with pytest.raises(MalformedResponse):
        parse_registered_client(good | more)

"""Refusals of OAuth 2.0 messages. `oauth_error` is the code that goes over the wire (RFC 6749, section 5.2).

An OAuthError is what an endpoint answers; the others are met by a client that reads an answer.
"""

from typing import ClassVar

from passport.errors.base import Invalid


class MalformedIssuerUrl(Invalid):
    code = "malformed_issuer_url"
    sentence = "The address of an issuer must be https, with no query and no fragment."


class MalformedResponse(Invalid):
    code = "malformed_issuer_response"
    sentence = "The issuer's answer is not in the form that OpenID4VCI 1.0 asks for."


class IssuerRefused(Invalid):
    """The issuer answered with an error; its code is one of the specification's own words, or `other`."""

    code = "issuer_refused"
    sentence = "The issuer refuses the request."


class OAuthError(Invalid):
    """A refusal that a protocol endpoint answers as an OAuth error response."""

    code = "oauth_error"
    sentence = "The request was refused; the error code of OAuth 2.0 says why."
    oauth_error: ClassVar[str] = "invalid_request"


class InvalidTokenRequest(OAuthError):
    code = "invalid_token_request"
    sentence = "The token request is malformed, or says nothing of a transaction code where one is asked for."


class UnsupportedGrantType(OAuthError):
    code = "unsupported_grant_type"
    sentence = "This way of asking for an access token is not supported here."
    oauth_error = "unsupported_grant_type"


class InvalidGrant(OAuthError):
    """One sentence for every cause, so that nothing is learned by guessing."""

    code = "invalid_grant"
    sentence = "The code, the transaction code or the refresh token is wrong, was used, or has expired."
    oauth_error = "invalid_grant"


class InvalidAccessToken(OAuthError):
    code = "invalid_access_token"
    sentence = "The access token is missing, wrong or has expired."
    oauth_error = "invalid_token"


class InvalidAuthorizationRequest(OAuthError):
    code = "invalid_authorization_request"
    sentence = "The authorization request is malformed, or lacks PKCE with S256."


class UnsupportedResponseType(OAuthError):
    code = "unsupported_response_type"
    sentence = "Only the authorization code flow is supported here."
    oauth_error = "unsupported_response_type"


class InvalidScope(OAuthError):
    code = "invalid_scope"
    sentence = "A scope is not known here."
    oauth_error = "invalid_scope"


class InvalidAuthorizationDetails(OAuthError):
    """RFC 9396, section 5."""

    code = "invalid_authorization_details"
    sentence = "The authorization details are malformed or ask for something that is not offered."
    oauth_error = "invalid_authorization_details"


class RequestObjectNotSupported(OAuthError):
    """RFC 9101, section 7 (OpenID Connect Core, section 3.1.2.6)."""

    code = "request_object_not_supported"
    sentence = "Request objects are not taken here. Push the request (RFC 9126) instead."
    oauth_error = "request_not_supported"


class InvalidRequestUri(OAuthError):
    code = "invalid_request_uri"
    sentence = "The pushed request is unknown, was used, has expired or was pushed by another client."
    oauth_error = "invalid_request_uri"


class PushedRequestRequired(OAuthError):
    code = "pushed_request_required"
    sentence = "This organisation takes pushed authorization requests only (RFC 9126)."


class InvalidRedirectUri(OAuthError):
    """RFC 7591, section 3.2.2, has the wire's word; RFC 8252 the forms that apps may use."""

    code = "invalid_redirect_uri"
    sentence = (
        "A redirect address is https, or http on this machine itself. An app may have a scheme of its own, "
        "such as com.example.wallet:/back. It has no user information, fragment or detours."
    )
    oauth_error = "invalid_redirect_uri"


class AccessDenied(OAuthError):
    code = "access_denied"
    sentence = "The person refused."
    oauth_error = "access_denied"


class InvalidCodeVerifier(OAuthError):
    """RFC 7636, section 4.6."""

    code = "invalid_code_verifier"
    sentence = "The code verifier is malformed or does not answer the challenge of the request."
    oauth_error = "invalid_grant"


class InvalidDPoPProof(OAuthError):
    """RFC 9449, section 4.3; one sentence for every cause."""

    code = "invalid_dpop_proof"
    sentence = "The DPoP proof is missing, wrong, too old, used before, or by another key."
    oauth_error = "invalid_dpop_proof"


class UseDPoPNonce(OAuthError):
    """RFC 9449, sections 8 and 9: the nonce stands in the header `DPoP-Nonce`."""

    code = "use_dpop_nonce"
    sentence = "Make the DPoP proof again, with the nonce in the header DPoP-Nonce."
    oauth_error = "use_dpop_nonce"


class InvalidClient(OAuthError):
    code = "invalid_client"
    sentence = "The client's attestation is missing, wrong, or by a wallet provider that is not recognised."
    oauth_error = "invalid_client"


class InvalidClientMetadata(OAuthError):
    """RFC 7591, section 3.2.2."""

    code = "invalid_client_metadata"
    sentence = "The client's metadata is malformed or asks for something that is not supported."
    oauth_error = "invalid_client_metadata"


class InsufficientScope(OAuthError):
    """RFC 6750, section 3.1."""

    code = "insufficient_scope"
    sentence = "The access token does not stand for this."
    oauth_error = "insufficient_scope"


class AuthorizationRefused(Invalid):
    """Met by the wallet: the authorization response is an error (RFC 6749, section 4.1.2.1)."""

    code = "authorization_refused"
    sentence = "The issuer's page was left without permission."


class AuthorizationResponseMismatch(Invalid):
    """Met by the wallet: whoever made this answered another request (RFC 6749, section 10.12)."""

    code = "authorization_response_mismatch"
    sentence = "The answer does not belong to what this wallet asked. Begin again."


class AuthorizationServerMismatch(Invalid):
    """Met by the wallet: the mix-up of RFC 9207."""

    code = "authorization_server_mismatch"
    sentence = "The answer comes from another server than the one that was asked."

"""Refusals of OpenID4VCI messages. `oauth_error` is the code that goes over the wire.

Two vocabularies meet here: the token endpoint speaks RFC 6749 section 5.2, the credential endpoint OpenID4VCI
1.0 section 8.3.1 and, for its access token, RFC 6750 section 3.1.
"""

from typing import ClassVar

from passport.errors.base import Invalid


class MalformedOffer(Invalid):
    code = "malformed_offer"
    sentence = "The credential offer is not in the form that OpenID4VCI 1.0 asks for."


class InvalidAuthorizationResponse(Invalid):
    code = "invalid_authorization_response"
    sentence = "The answer is not in the form that is asked for. Make the answer again in the wallet."


class MalformedOfferLink(Invalid):
    code = "malformed_offer_link"
    sentence = "This is not a link to a credential offer (openid-credential-offer://…)."


class MalformedIssuerUrl(Invalid):
    code = "malformed_issuer_url"
    sentence = "The address of an issuer must be https, with no query and no fragment."


class MalformedIssuerMetadata(Invalid):
    code = "malformed_issuer_metadata"
    sentence = "The issuer's metadata is not in the form that OpenID4VCI 1.0 asks for."


class IssuerMetadataMismatch(Invalid):
    code = "issuer_metadata_mismatch"
    sentence = "The metadata is of another issuer than the one that made the offer."


class ConfigurationNotSupported(Invalid):
    code = "configuration_not_supported"
    sentence = "The issuer offers a credential that its own metadata does not list in a form that we support."


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
    sentence = "Only the pre-authorized code grant is supported here."
    oauth_error = "unsupported_grant_type"


class InvalidGrant(OAuthError):
    """One sentence for every cause, so that nothing is learned by guessing."""

    code = "invalid_grant"
    sentence = "The pre-authorized code or the transaction code is wrong, was used, or has expired."
    oauth_error = "invalid_grant"


class InvalidAccessToken(OAuthError):
    code = "invalid_access_token"
    sentence = "The access token is missing, wrong or has expired."
    oauth_error = "invalid_token"


class InvalidCredentialRequest(OAuthError):
    code = "invalid_credential_request"
    sentence = "The credential request is malformed."
    oauth_error = "invalid_credential_request"


class UnknownCredentialConfiguration(OAuthError):
    code = "unknown_credential_configuration"
    sentence = "The access token does not stand for a credential of that kind."
    oauth_error = "unknown_credential_configuration"


class InvalidKeyProof(OAuthError):
    code = "invalid_key_proof"
    sentence = "The proof of the holder's key is missing or wrong."
    oauth_error = "invalid_proof"


class InvalidNonce(OAuthError):
    code = "invalid_nonce"
    sentence = (
        "The proof of the holder's key uses a nonce that is unknown, used or expired. Ask for a new one."
    )
    oauth_error = "invalid_nonce"


class CredentialRequestDenied(OAuthError):
    code = "credential_request_denied"
    sentence = (
        "The credential is meant for another holder, was given to another key, or is no longer offered."
    )
    oauth_error = "credential_request_denied"


class InvalidNotificationRequest(OAuthError):
    code = "invalid_notification_request"
    sentence = "The notification is malformed or names an event that is not known."
    oauth_error = "invalid_notification_request"


class InvalidNotificationId(OAuthError):
    code = "invalid_notification_id"
    sentence = "The notification is about nothing that was issued with this access token."
    oauth_error = "invalid_notification_id"

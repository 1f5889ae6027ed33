"""Refusals of OpenID4VCI messages. `oauth_error` is the code that goes over the wire.

The credential endpoint speaks OpenID4VCI 1.0 section 8.3.1; what every endpoint refuses as OAuth 2.0 does
stands in `passport.errors.oauth`.
"""

from passport.errors.base import Invalid
from passport.errors.oauth import OAuthError


class MalformedOffer(Invalid):
    code = "malformed_offer"
    sentence = "The credential offer is not in the form that OpenID4VCI 1.0 asks for."


class InvalidAuthorizationResponse(Invalid):
    code = "invalid_authorization_response"
    sentence = "The answer is not in the form that is asked for. Make the answer again in the wallet."


class MalformedOfferLink(Invalid):
    code = "malformed_offer_link"
    sentence = (
        "This is not a link that gets you a credential. "
        "See whether the whole link is there, or ask for a new one."
    )


class MalformedIssuerMetadata(Invalid):
    code = "malformed_issuer_metadata"
    sentence = "The issuer's metadata is not in the form that OpenID4VCI 1.0 asks for."


class IssuerMetadataMismatch(Invalid):
    code = "issuer_metadata_mismatch"
    sentence = "The metadata is of another issuer than the one that made the offer."


class ConfigurationNotSupported(Invalid):
    code = "configuration_not_supported"
    sentence = "The issuer offers a credential that its own metadata does not list in a form that we support."


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


class UnknownCredentialIdentifier(OAuthError):
    code = "unknown_credential_identifier"
    sentence = "The access token stands for no credential under that identifier."
    oauth_error = "unknown_credential_identifier"


class InvalidEncryptionParameters(OAuthError):
    code = "invalid_encryption_parameters"
    sentence = (
        "The encryption asked for is not supported, or lacks its key. An encrypted answer is given to an "
        "encrypted request only."
    )
    oauth_error = "invalid_encryption_parameters"


class InvalidTransactionId(OAuthError):
    code = "invalid_transaction_id"
    sentence = "No credential is waiting under that transaction, or it was handed over."
    oauth_error = "invalid_transaction_id"


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

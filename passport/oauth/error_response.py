"""Error responses of all endpoints (RFC 6749, section 5.2; OpenID4VCI 1.0, sections 8.3.1 and 11.3)."""

from passport.errors import PassportError
from passport.errors.oauth import IssuerRefused, OAuthError
from passport.json import JsonObject, parse_object

CODES = frozenset(
    {
        "invalid_request",
        "invalid_client",
        "invalid_client_metadata",
        "invalid_redirect_uri",
        "invalid_request_uri",
        "request_not_supported",
        "unsupported_response_type",
        "access_denied",
        "server_error",
        "temporarily_unavailable",
        "invalid_authorization_details",
        "invalid_dpop_proof",
        "use_dpop_nonce",
        "use_attestation_challenge",
        "invalid_client_attestation",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "invalid_token",
        "insufficient_scope",
        "invalid_credential_request",
        "unknown_credential_configuration",
        "unknown_credential_identifier",
        "invalid_proof",
        "invalid_nonce",
        "invalid_encryption_parameters",
        "invalid_transaction_id",
        "credential_request_denied",
        "invalid_notification_id",
        "invalid_notification_request",
    }
)


def error_response(error: OAuthError) -> JsonObject:
    """The body; `error_description` is our sentence, in the characters that section 8.3.1.2 allows."""
    description = "".join(
        character for character in error.sentence if character in " !" or "#" <= character <= "~"
    ).replace("\\", "")
    return {"error": error.oauth_error, "error_description": description}


def parse_error_response(body: bytes) -> IssuerRefused:
    """What the issuer answered, as an error to raise. Its description is not taken over: anybody wrote it."""
    try:
        found = parse_object(body).get("error")
    except PassportError:
        found = None
    return IssuerRefused(error=found if isinstance(found, str) and found in CODES else "other")

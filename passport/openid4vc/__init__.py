"""Messages of OpenID for Verifiable Credential Issuance 1.0: the pre-authorized code flow, in every form.

A message a module, made by the party that sends it and parsed by the party that gets it. No I/O.
"""

from passport.openid4vc.credential_offer import CredentialOffer, TxCode, offer_link, parse_credential_offer
from passport.openid4vc.credential_request import CredentialRequest, parse_credential_request
from passport.openid4vc.credential_response import (
    CredentialResponse,
    credential_response,
    parse_credential_response,
)
from passport.oauth.error_response import error_response, parse_error_response
from passport.openid4vc.issuer_metadata import (
    CredentialConfiguration,
    IssuerMetadata,
    issuer_metadata_url,
    parse_issuer_metadata,
)
from passport.openid4vc.key_proof import KeyProof, check_key_proof, create_key_proof
from passport.openid4vc.link import OfferReference, parse_offer_link
from passport.openid4vc.nonce import nonce_response, parse_nonce_response
from passport.openid4vc.notification import Event, NotificationRequest, parse_notification_request
from passport.openid4vc.server_metadata import (
    parse_server_metadata,
    server_metadata,
    server_metadata_url,
)
from passport.openid4vc.token_request import TokenRequest, parse_token_request
from passport.openid4vc.token_response import TokenResponse, parse_token_response
from passport.oauth.urls import check_url

__all__ = [
    "CredentialConfiguration",
    "CredentialOffer",
    "CredentialRequest",
    "CredentialResponse",
    "Event",
    "IssuerMetadata",
    "KeyProof",
    "NotificationRequest",
    "OfferReference",
    "TokenRequest",
    "TokenResponse",
    "TxCode",
    "check_key_proof",
    "check_url",
    "create_key_proof",
    "credential_response",
    "error_response",
    "issuer_metadata_url",
    "nonce_response",
    "offer_link",
    "parse_credential_offer",
    "parse_credential_request",
    "parse_credential_response",
    "parse_error_response",
    "parse_issuer_metadata",
    "parse_nonce_response",
    "parse_notification_request",
    "parse_offer_link",
    "parse_server_metadata",
    "parse_token_request",
    "parse_token_response",
    "server_metadata",
    "server_metadata_url",
]

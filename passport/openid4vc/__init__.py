"""Messages of OpenID for Verifiable Credential Issuance 1.0: offers, metadata, credentials, proofs of keys.

A message a module, made by the party that sends it and parsed by the party that gets it. No I/O.
"""

from passport.oauth.error_response import error_response, parse_error_response
from passport.oauth.urls import check_url
from passport.openid4vc.claims_description import ClaimDescription
from passport.openid4vc.credential_configuration import CredentialConfiguration, KeyAttestationsRequired
from passport.openid4vc.credential_offer import (
    CredentialOffer,
    OfferedAuthorizationCode,
    TxCode,
    offer_link,
    offer_link_by_value,
    parse_credential_offer,
)
from passport.openid4vc.credential_request import CredentialRequest, parse_credential_request
from passport.openid4vc.credential_response import (
    CredentialResponse,
    Deferred,
    credential_response,
    parse_credential_response,
)
from passport.openid4vc.deferred_request import DeferredCredentialRequest, parse_deferred_request
from passport.openid4vc.display import Display, Logo, display_in
from passport.openid4vc.encryption import EncryptFor, RequestEncryption, ResponseEncryption
from passport.openid4vc.issuer_metadata import (
    IssuerMetadata,
    issuer_metadata_url,
    parse_issuer_metadata,
)
from passport.openid4vc.key_attestation import (
    AttestationRules,
    KeyAttestation,
    check_key_attestation,
    create_key_attestation,
)
from passport.openid4vc.key_proof import KeyProof, check_key_proof, create_key_proof, holder_of
from passport.openid4vc.link import OfferReference, parse_offer_link
from passport.openid4vc.nonce import nonce_response, parse_nonce_response
from passport.openid4vc.notification import Event, NotificationRequest, parse_notification_request
from passport.openid4vc.signed_metadata import sign_metadata, verify_signed_metadata

__all__ = [
    "AttestationRules",
    "ClaimDescription",
    "CredentialConfiguration",
    "CredentialOffer",
    "CredentialRequest",
    "CredentialResponse",
    "Deferred",
    "DeferredCredentialRequest",
    "Display",
    "EncryptFor",
    "Event",
    "IssuerMetadata",
    "KeyAttestation",
    "KeyAttestationsRequired",
    "KeyProof",
    "Logo",
    "NotificationRequest",
    "OfferReference",
    "OfferedAuthorizationCode",
    "RequestEncryption",
    "ResponseEncryption",
    "TxCode",
    "check_key_attestation",
    "check_key_proof",
    "check_url",
    "create_key_attestation",
    "create_key_proof",
    "credential_response",
    "display_in",
    "error_response",
    "holder_of",
    "issuer_metadata_url",
    "nonce_response",
    "offer_link",
    "offer_link_by_value",
    "parse_credential_offer",
    "parse_credential_request",
    "parse_credential_response",
    "parse_deferred_request",
    "parse_error_response",
    "parse_issuer_metadata",
    "parse_nonce_response",
    "parse_notification_request",
    "parse_offer_link",
    "sign_metadata",
    "verify_signed_metadata",
]

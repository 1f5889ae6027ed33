"""Verifiers who ask by OpenID4VP, by a DID and by a certificate, and a wallet's check of what they ask."""

from passport.certificate_chains import NativeCertificates
from passport.documents import DocumentCache
from passport.openid4vp.client_id import parse_client_id
from passport.openid4vp.request_object import verify_request_object
from tests.simulators.vp_asking import (
    HOST,
    NOW,
    CertifiedVerifier,
    DidVerifier,
)

VERIFIER = DidVerifier()
CERTIFIED = CertifiedVerifier()
ANCHORED = NativeCertificates([CERTIFIED.authority.certificate()])
SAN = f"x509_san_dns:{HOST}"


def verified(
    token, client_id=VERIFIER.client_id, *, certificates=ANCHORED, documents=None, wallet_nonce=None, now=NOW
):
    return verify_request_object(
        token,
        client_id=parse_client_id(client_id),
        documents=documents or DocumentCache(),
        certificates=certificates,
        now=now,
        wallet_nonce=wallet_nonce,
    )

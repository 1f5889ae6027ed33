"""Certificates of those who sign (RFC 5280): what a host must bring to check them, and what they name."""

from passport.x509.chain import CertificateChain, Certificates, NoCertificates, read_x5c
from passport.x509.issuer import (
    certificate_id,
    check_speaks_for,
    issuer_name,
    named_by_certificate,
    speaks_for,
    verify_chain,
)

__all__ = [
    "CertificateChain",
    "Certificates",
    "NoCertificates",
    "certificate_id",
    "check_speaks_for",
    "issuer_name",
    "named_by_certificate",
    "read_x5c",
    "speaks_for",
    "verify_chain",
]

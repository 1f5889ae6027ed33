"""Certificates of those who sign (RFC 5280): what a host must bring to check them, and what they name."""

from passport.x509.chain import CertificateChain, Certificates, NoCertificates, read_x5c

__all__ = ["CertificateChain", "Certificates", "NoCertificates", "read_x5c"]

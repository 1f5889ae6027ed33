"""The certificate chain of who asks (RFC 5280; x5c of RFC 7515, section 4.1.6): a port, for its cryptography
is the host's. What a host must check stands here.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from passport.errors.openid4vp import CertificateRefused
from passport.keys import PublicKey
from passport.openid4vp.limits import REQUEST


@dataclass(frozen=True, slots=True)
class CertificateChain:
    """A chain in which every certificate is in force and signed by the next."""

    public_key: PublicKey
    """Of the leaf: who asks signs with it."""
    dns_names: tuple[str, ...]
    """The leaf's dNSName entries, in lower case; a wildcard is none."""
    sha256: bytes
    """Of the leaf as it came."""
    subject: str
    """What the leaf says that its owner is called; worth as much as who issued it."""
    issuer: str
    """What issued the leaf, by its own words."""
    anchored: bool
    """Whether it leads to an authority that the person's wallet trusts."""


class Certificates(Protocol):
    """What a host must bring for requests by x509_san_dns and x509_hash."""

    def verify(self, chain: Sequence[bytes], now: datetime) -> CertificateChain:
        """Verify a chain, leaf first, DER.

        Each certificate is in force; each but the last is signed by the next, which may sign certificates;
        the leaf may sign, is for no authority, and has a key that we know. Whether it ends at an authority
        that is trusted is told, not refused: a person decides about who is unknown.

        Raises:
            CertificateRefused
        """
        ...


class NoCertificates:
    """A host that can't check any."""

    def verify(self, chain: Sequence[bytes], now: datetime) -> CertificateChain:  # noqa: ARG002  # the port's
        raise CertificateRefused


def read_x5c(value: object) -> tuple[bytes, ...]:
    """The certificates of an `x5c` header: base64, not base64url; raises CertificateRefused."""
    if not isinstance(value, list) or not 0 < len(value) <= REQUEST.certificates:
        raise CertificateRefused
    return tuple(_der(each) for each in value)


def _der(text: object) -> bytes:
    if not isinstance(text, str) or not 0 < len(text) <= REQUEST.certificate:
        raise CertificateRefused
    try:
        der = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise CertificateRefused from None
    if base64.b64encode(der).decode("ascii") != text:
        raise CertificateRefused
    return der

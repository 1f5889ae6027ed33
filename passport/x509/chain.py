"""The certificate chain of who signed (RFC 5280; x5c of RFC 7515, section 4.1.6): a port, for its
cryptography is the host's. What a host must check stands here.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from passport.errors.x509 import ChainRefused
from passport.keys import PublicKey
from passport.limits import X5C


@dataclass(frozen=True, slots=True)
class CertificateChain:
    """A chain in which every certificate is in force and signed by the next."""

    public_key: PublicKey
    """Of the leaf: who shows the chain signs with it."""
    dns_names: tuple[str, ...]
    """The leaf's dNSName entries, in lower case; a wildcard is none."""
    uris: tuple[str, ...]
    """The leaf's uniformResourceIdentifier entries."""
    sha256: bytes
    """Of the leaf as it came."""
    subject: str
    """What the leaf says that its owner is called; worth as much as who issued it."""
    issuer: str
    """What issued the leaf, by its own words."""
    authority_keys: tuple[bytes, ...]
    """The authority key identifier of each certificate that has one (RFC 5280, section 4.2.1.1)."""
    valid_from: datetime
    """Of the leaf: what it signed before is not by whom it names."""
    self_signed: bool
    """Whether the leaf is signed with its own key: nobody answers for what it says."""
    anchored: bool
    """Whether it leads to an authority that is trusted here."""


class Certificates(Protocol):
    """What a host must bring for whoever signs with a certificate and no DID."""

    def verify(self, chain: Sequence[bytes], now: datetime) -> CertificateChain:
        """Verify a chain, leaf first, DER.

        Each certificate is in force; each but the last is signed by the next, which may sign certificates;
        the leaf may sign, is for no authority, and has a key that we know. Whether it ends at an authority
        that is trusted is told, not refused: whoever asks for the check decides about who is unknown.

        Raises:
            ChainRefused
        """
        ...


class NoCertificates:
    """A host that can't check any."""

    def verify(self, chain: Sequence[bytes], now: datetime) -> CertificateChain:  # noqa: ARG002  # the port's
        raise ChainRefused


def read_x5c(value: object) -> tuple[bytes, ...]:
    """The certificates of an `x5c` header: base64, not base64url; raises ChainRefused."""
    if not isinstance(value, list) or not 0 < len(value) <= X5C.certificates:
        raise ChainRefused
    return tuple(_der(each) for each in value)


def _der(text: object) -> bytes:
    if not isinstance(text, str) or not 0 < len(text) <= X5C.certificate:
        raise ChainRefused
    try:
        der = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ChainRefused from None
    if base64.b64encode(der).decode("ascii") != text:
        raise ChainRefused
    return der

"""Authorities that the person trusts: to know who asks, and to know issuers that have no DID."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from passport.certificate_chains import NativeCertificates, authorities
from passport.errors.x509 import ChainRefused
from passport.x509 import CertificateChain

FILE = "authorities.pem"
"""In the wallet's folder: their certificates, as PEM."""


@dataclass(frozen=True, slots=True)
class TrustedAuthorities:
    """The file is read for each check, for the person may change it; one that can't be read trusts nobody."""

    folder: Path

    def verify(self, chain: Sequence[bytes], now: datetime) -> CertificateChain:
        """See `passport.x509.Certificates`."""
        path = self.folder / FILE
        try:
            found = authorities(path if path.exists() else None)
        except ChainRefused:
            found = NativeCertificates()
        return found.verify(chain, now)

"""Limits of what proves a client, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OAuthLimits:
    """Bounds on what proves a client (RFC 9449; attestation-based client authentication), and on tokens."""

    proof_age: int = 60
    """Seconds since a DPoP proof or a proof of a client's key was made, beside what clocks may differ."""
    attestation: int = 8_192
    """Bytes of the claims of a client attestation: names, a key, and what its provider says beside them."""
    certificates: int = 16_384
    """Bytes of its header, which may show certificates: a chain of three takes some 6 kB in base64."""
    expires_in: int = 31_536_000
    """Seconds (a year) that we believe of an access token: the moment of a larger number may be no moment."""


OAUTH = OAuthLimits()

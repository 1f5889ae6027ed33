"""Proof Key for Code Exchange (RFC 7636), with S256 and nothing weaker."""

import hashlib
import hmac
import re

from passport.encoding import base64url_encode
from passport.errors.oauth import InvalidAuthorizationRequest, InvalidCodeVerifier

METHOD = "S256"
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)
"""Section 4.1."""
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""Section 4.2: a SHA-256 digest."""
_LEAST_RANDOM = 32


def create_code_verifier(random: bytes) -> str:
    """A verifier of at least 32 random bytes (section 7.1)."""
    if len(random) < _LEAST_RANDOM:
        raise InvalidCodeVerifier
    return base64url_encode(random)


def code_challenge(verifier: str) -> str:
    """The challenge of a verifier (section 4.2); raises InvalidCodeVerifier."""
    if not _VERIFIER.fullmatch(verifier):
        raise InvalidCodeVerifier
    return base64url_encode(hashlib.sha256(verifier.encode("ascii")).digest())


def check_challenge(challenge: str | None, method: str | None) -> str:
    """A challenge as a request brings it.

    Raises:
        InvalidAuthorizationRequest: none, none of SHA-256, or by another method: `plain` is also what a
            missing method means (section 4.3), and shows the verifier to whoever sees the request.
    """
    if challenge is None or method != METHOD or not _CHALLENGE.fullmatch(challenge):
        raise InvalidAuthorizationRequest
    return challenge


def check_code_verifier(verifier: str, challenge: str) -> None:
    """Raises InvalidCodeVerifier: it is not what the challenge was made of (section 4.6)."""
    if not hmac.compare_digest(code_challenge(verifier), challenge):
        raise InvalidCodeVerifier

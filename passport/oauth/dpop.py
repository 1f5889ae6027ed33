"""DPoP: a proof that whoever sends a request has the key that the token is for (RFC 9449, section 4)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from passport import limits
from passport.encoding import base64url_encode
from passport.errors import Indeterminate, Invalid
from passport.errors.oauth import InvalidDPoPProof
from passport.jose import jws
from passport.jose.claims import moment, numeric_date, text
from passport.json import JsonObject, canonicalize, parse_object
from passport.keys import PublicKey, Signer
from passport.oauth.limits import OAUTH
from passport.oauth.thumbprint import jwk_thumbprint

TYPE = "dpop+jwt"
ALGORITHMS = ("ES256", "ES384", "EdDSA", "Ed25519")
_CLAIMS = limits.JsonLimits(size=4_096, depth=4, array=32)
_JTI_LENGTH = 256
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class DPoPProof:
    """A proof that held. That its `jti` is new and its nonce ours is for the server to check."""

    public_key: PublicKey
    jkt: str
    """The thumbprint of the key (section 6.1)."""
    jti: str
    issued_at: datetime
    nonce: str | None
    algorithm: str


def create_dpop_proof(
    signer: Signer,
    *,
    method: str,
    url: str,
    jti: str,
    issued_at: datetime,
    access_token: str | None = None,
    nonce: str | None = None,
) -> str:
    """Make the proof for one request (section 4.2).

    Args:
        signer: holds the key.
        method: of the request, as `POST`.
        url: of the request; query and fragment are left out.
        jti: a new identifier with at least 96 bits of randomness.
        issued_at: the present moment.
        access_token: at a resource, the token that goes with the request.
        nonce: the last `DPoP-Nonce` that this server gave.
    """
    claims: JsonObject = {"jti": jti, "htm": method, "htu": _bare(url), "iat": numeric_date(issued_at)}
    if access_token is not None:
        claims["ath"] = _token_hash(access_token)
    if nonce is not None:
        claims["nonce"] = nonce
    header: JsonObject = {"typ": TYPE, "jwk": signer.public_key.to_jwk()}
    return jws.sign(canonicalize(claims), signer=signer, header=header)


def check_dpop_proof(
    proof: str, *, expected_method: str, expected_url: str, now: datetime, access_token: str | None = None
) -> DPoPProof:
    """Check everything about a proof but what needs memory: its `jti` and its nonce (section 4.3).

    Args:
        proof: the one value of the header `DPoP`.
        expected_method: of the request that it came with.
        expected_url: of the request that it came with.
        now: the present moment.
        access_token: the token that came along; None where there is none, and then no `ath` is asked.

    Raises:
        InvalidDPoPProof
    """
    try:
        return _check(proof, expected_method, expected_url, now, access_token)
    except (Invalid, Indeterminate):
        raise InvalidDPoPProof from None


def _check(proof: str, method: str, url: str, now: datetime, access_token: str | None) -> DPoPProof:
    # 1. a token by an algorithm that only the key's owner can use, with the key in its header
    parsed = jws.parse(proof, most=_CLAIMS.size, own_key=True)
    if parsed.header.get("typ") != TYPE:
        raise InvalidDPoPProof
    jwk = parsed.header.get("jwk")
    if not isinstance(jwk, dict):
        raise InvalidDPoPProof
    # 2. the signature; a private key in the header is refused
    key = PublicKey.from_jwk(jwk)
    jws.verify(parsed, key)
    # 3. for this request
    claims = parse_object(parsed.payload, _CLAIMS)
    if claims.get("htm") != method or _normal(text(claims, "htu")) != _normal(url):
        raise InvalidDPoPProof
    # 4. made about now
    issued_at = moment(claims, "iat")
    if issued_at is None or not _recent(issued_at, now):
        raise InvalidDPoPProof
    # 5. with the token that came along
    if access_token is not None:
        given = text(claims, "ath") or ""
        if not hmac.compare_digest(given.encode(), _token_hash(access_token).encode()):
            raise InvalidDPoPProof
    jti = text(claims, "jti")
    if jti is None or len(jti) > _JTI_LENGTH:
        raise InvalidDPoPProof
    return DPoPProof(key, jwk_thumbprint(key), jti, issued_at, text(claims, "nonce"), parsed.header["alg"])


def _recent(issued_at: datetime, now: datetime) -> bool:
    skew = timedelta(seconds=limits.TIME.clock_skew)
    return now - timedelta(seconds=OAUTH.proof_age) - skew <= issued_at <= now + skew


def _token_hash(access_token: str) -> str:
    return base64url_encode(hashlib.sha256(access_token.encode("utf-8")).digest())


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def _normal(url: str | None) -> tuple[str, str, int | None, str]:
    """Scheme, host, port and path, alike for addresses that mean the same (RFC 3986, 6.2.2 and 6.2.3)."""
    if url is None:
        raise InvalidDPoPProof
    try:
        parts = urlsplit(_bare(url))
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        raise InvalidDPoPProof from None
    if not parts.hostname or "@" in parts.netloc:
        raise InvalidDPoPProof
    return parts.scheme, parts.hostname, port, parts.path or "/"

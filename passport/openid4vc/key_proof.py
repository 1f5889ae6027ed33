"""The proof of a holder's key: a JWT of type `openid4vci-proof+jwt` (OpenID4VCI 1.0, appendix F.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from passport import limits
from passport.dids import create_did_jwk, jwk_method_id, resolve_did, split_method_id
from passport.documents import DocumentCache
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Indeterminate, Invalid
from passport.errors.openid4vc import InvalidKeyProof
from passport.json import JsonObject, canonicalize, parse_object
from passport.keys import KeyType, PublicKey, Signer, verify_signature

TYPE = "openid4vci-proof+jwt"
_ALGORITHM = {KeyType.ED25519: "EdDSA", KeyType.P256: "ES256", KeyType.P384: "ES384"}
_ALGORITHMS = {
    "EdDSA": KeyType.ED25519,
    "Ed25519": KeyType.ED25519,
    "ES256": KeyType.P256,
    "ES384": KeyType.P384,
}
_PURPOSE = "authentication"
_TOKEN_LENGTH = 8_192
_HEADER = limits.JsonLimits(size=1_024, depth=4, array=16)
_CLAIMS = limits.JsonLimits(size=4_096, depth=4, array=32)
_REFUSED_HEADERS = frozenset({"jku", "x5u", "x5c", "x5t", "b64", "crit", "trust_chain", "key_attestation"})


@dataclass(frozen=True, slots=True)
class KeyProof:
    """A proof that held: whoever sent it controls `holder`'s key."""

    holder: str
    """The DID that the credential will be about."""
    verification_method: str
    public_key: PublicKey
    nonce: str
    """The c_nonce it answers; that it was ours and unused is for the issuer to check."""


def create_key_proof(
    signer: Signer, *, verification_method: str, audience: str, nonce: str, issued_at: datetime
) -> str:
    """Make the JWT.

    Args:
        verification_method: the id of the signer's key, as `did:key:z…#z…`.
        audience: the credential_issuer.
        nonce: the c_nonce that the issuer gave.
        issued_at: the present moment.
        signer: holds the key.
    """
    header: JsonObject = {
        "alg": _ALGORITHM[signer.public_key.type],
        "typ": TYPE,
        "kid": verification_method,
    }
    claims: JsonObject = {"aud": audience, "iat": int(issued_at.timestamp()), "nonce": nonce}
    signed = f"{base64url_encode(canonicalize(header))}.{base64url_encode(canonicalize(claims))}"
    return f"{signed}.{base64url_encode(signer.sign(signed.encode('ascii')))}"


def check_key_proof(token: str, *, expected_audience: str, now: datetime) -> KeyProof:
    """Check everything about a key proof but the nonce's freshness.

    Raises:
        InvalidKeyProof: the form, type, algorithm, key, audience, time or signature is wrong.
    """
    # 1. three segments, both JSON objects, strictly encoded
    parts = token.split(".") if len(token) <= _TOKEN_LENGTH and token.isascii() else []
    if len(parts) != 3:  # noqa: PLR2004
        raise InvalidKeyProof
    try:
        header = parse_object(base64url_decode(parts[0]), _HEADER)
        claims = parse_object(base64url_decode(parts[1]), _CLAIMS)
        signature = base64url_decode(parts[2])
    except Invalid:
        raise InvalidKeyProof from None
    # 2. the type and the algorithm, and no header that would bring another key or other rules
    algorithm = header.get("alg")
    if header.get("typ") != TYPE or not isinstance(algorithm, str) or _REFUSED_HEADERS & set(header):
        raise InvalidKeyProof
    if algorithm not in _ALGORITHMS:
        raise InvalidKeyProof
    # 3. the key, and that it fits the algorithm
    holder, method_id, public_key = _key(header)
    if public_key.type is not _ALGORITHMS[algorithm]:
        raise InvalidKeyProof
    # 4. the signature
    try:
        verify_signature(public_key, f"{parts[0]}.{parts[1]}".encode("ascii"), signature)
    except Invalid:
        raise InvalidKeyProof from None
    # 5. meant for us, made about now, answering a nonce
    if claims.get("aud") != expected_audience or "iss" in claims:
        raise InvalidKeyProof
    _check_times(claims, now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not nonce:
        raise InvalidKeyProof
    return KeyProof(holder, method_id, public_key, nonce)


def _key(header: JsonObject) -> tuple[str, str, PublicKey]:
    """The key that `kid` names in its DID, or the bare `jwk`, which becomes a did:jwk."""
    kid, jwk = header.get("kid"), header.get("jwk")
    try:
        if isinstance(jwk, dict) and "kid" not in header:
            public_key = PublicKey.from_jwk(jwk)
            did = create_did_jwk(public_key)
            return did, jwk_method_id(did), public_key
        if "jwk" in header:
            raise InvalidKeyProof
        did, _ = split_method_id(kid)
        method = resolve_did(did, DocumentCache()).method(str(kid), _PURPOSE)
    except (Invalid, Indeterminate):
        # Indeterminate: a DID that would have to be fetched. A stranger does not get to choose what we fetch.
        raise InvalidKeyProof from None
    return did, method.id, method.public_key


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    issued_at = _seconds(claims.get("iat"))
    skew = limits.TIME.clock_skew
    oldest = now - timedelta(seconds=limits.TIME.challenge_lifetime + skew)
    if not oldest.timestamp() <= issued_at <= now.timestamp() + skew:
        raise InvalidKeyProof
    if "exp" in claims and _seconds(claims["exp"]) < now.timestamp() - skew:
        raise InvalidKeyProof
    if "nbf" in claims and _seconds(claims["nbf"]) > now.timestamp() + skew:
        raise InvalidKeyProof


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidKeyProof
    return value

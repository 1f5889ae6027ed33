"""JSON Web Signature in its compact form (RFC 7515): three algorithms, strict and bounded.

Whoever reads one has a key from elsewhere: a header never brings it.
"""

from dataclasses import dataclass

from passport import limits
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import EncodingTooLong, JsonTooLarge, MalformedEncoding, MalformedJson, NotAnObject
from passport.errors.jose import (
    AlgorithmRefused,
    CertificatesUnsupported,
    CriticalHeader,
    KeyInHeader,
    KeyNotForAlgorithm,
    MalformedToken,
    TokenTooLarge,
    UnsupportedAlgorithm,
    WrongTokenType,
)
from passport.json import JsonObject, dump, parse_object
from passport.keys import KeyType, PublicKey, Signer, verify_signature

ALGORITHM = {KeyType.ED25519: "EdDSA", KeyType.P256: "ES256", KeyType.P384: "ES384"}
"""What we sign with (RFC 7518 section 3.4, RFC 8037 section 3.1)."""
_KEY_TYPE = {
    "EdDSA": KeyType.ED25519,
    "Ed25519": KeyType.ED25519,  # RFC 9864, section 2.2
    "ES256": KeyType.P256,
    "ES384": KeyType.P384,
}
_UNSUPPORTED = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES512", "ES256K", "Ed448"}
    | {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"}
)
"""Signatures that only a holder of the private key can make, and that we can't check."""
_SEGMENTS = 3
_OWN_KEY = frozenset({"jwk", "jku", "x5u"})
_CERTIFICATES = "x5c"
_OTHER_RULES = frozenset({"crit", "b64"})


@dataclass(frozen=True, slots=True)
class Jws:
    """A token that was read. Read is not verified."""

    header: JsonObject
    payload: bytes
    signature: bytes
    signed: bytes
    """What the signature is over: header and payload as they came (RFC 7515, section 5.2, step 8)."""

    @property
    def compact(self) -> str:
        return f"{self.signed.decode('ascii')}.{base64url_encode(self.signature)}"


def sign(payload: bytes, *, signer: Signer, header: JsonObject) -> str:
    """Make a token (RFC 7515, section 5.1); `alg` is set from the key."""
    others = {name: value for name, value in header.items() if name != "alg"}
    whole = {"alg": ALGORITHM[signer.public_key.type], **others}
    signed = f"{base64url_encode(dump(whole))}.{base64url_encode(payload)}"
    return f"{signed}.{base64url_encode(signer.sign(signed.encode('ascii')))}"


def parse(
    token: str,
    *,
    most: int = limits.JWT_PAYLOAD.size,
    own_key: bool = False,
    certified: limits.JsonLimits | None = None,
) -> Jws:
    """Read a token (RFC 7515, section 5.2, steps 1 to 7).

    Args:
        token: the compact form; the JSON forms are not read.
        most: bytes of the payload.
        own_key: whether the header may bring a `jwk`, for a proof that somebody has that key.
        certified: bounds of a header that may bring certificates (`x5c`); None where they don't belong.

    Raises:
        MalformedToken: not three segments of canonical base64url, no JSON object, a member twice.
        TokenTooLarge: header or payload beyond its limit; nothing larger is decoded.
        CriticalHeader, KeyInHeader, CertificatesUnsupported: a header that would change the rules or the key.
        AlgorithmRefused, UnsupportedAlgorithm: `alg`.
    """
    segments = token.split(".", _SEGMENTS)
    if len(segments) != _SEGMENTS or not all(segments) or not token.isascii():
        raise MalformedToken
    header = _header(segments[0], certified or limits.JOSE_HEADER)
    _check_header(header, own_key=own_key, certified=certified is not None)
    _check_algorithm(header.get("alg"))
    return Jws(
        header,
        _decode(segments[1], most),
        _decode(segments[2], limits.JOSE_HEADER.size),
        f"{segments[0]}.{segments[1]}".encode("ascii"),
    )


def verify(jws: Jws, key: PublicKey) -> None:
    """Check the signature with the one key that it must be by (RFC 7515, section 5.2, step 8).

    Raises:
        KeyNotForAlgorithm: the header's `alg` is not that of the key.
        SignatureMismatch: it does not fit.
    """
    if _KEY_TYPE[jws.header["alg"]] is not key.type:
        raise KeyNotForAlgorithm
    verify_signature(key, jws.signed, jws.signature)


def token_type(jws: Jws) -> str:
    """The `typ`, in lower case and without `application/` (RFC 7515, section 4.1.9); empty without one."""
    found = jws.header.get("typ")
    return found.lower().removeprefix("application/") if isinstance(found, str) else ""


def check_type(jws: Jws, *expected: str) -> None:
    """Hold `typ` against the types that fit here.

    Raises:
        WrongTokenType: another, none, or no string: one kind of token never passes for another.
    """
    if token_type(jws) not in expected:
        raise WrongTokenType


def _header(segment: str, bounds: limits.JsonLimits) -> JsonObject:
    try:
        return parse_object(_decode(segment, bounds.size), bounds)
    except JsonTooLarge:
        raise TokenTooLarge(limit=bounds.size) from None
    except (MalformedJson, NotAnObject):
        raise MalformedToken from None


def _check_header(header: JsonObject, *, own_key: bool, certified: bool) -> None:
    """RFC 7515, section 4.1.11: what must be understood is refused, for nothing of it is understood here."""
    if not _OTHER_RULES.isdisjoint(header):
        raise CriticalHeader
    if not (_OWN_KEY - {"jwk"} if own_key else _OWN_KEY).isdisjoint(header):
        raise KeyInHeader
    if _CERTIFICATES in header and not certified:
        raise CertificatesUnsupported


def _check_algorithm(algorithm: object) -> None:
    if not isinstance(algorithm, str):
        raise AlgorithmRefused
    if algorithm in _UNSUPPORTED:
        raise UnsupportedAlgorithm
    if algorithm not in _KEY_TYPE:
        raise AlgorithmRefused


def _decode(segment: str, most: int) -> bytes:
    try:
        return base64url_decode(segment, (most * 4 + 2) // 3)
    except EncodingTooLong:
        raise TokenTooLarge(limit=most) from None
    except MalformedEncoding:
        raise MalformedToken from None

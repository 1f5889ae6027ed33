"""JSON Web Encryption in its compact form (RFC 7516): ECDH-ES on P-256 with AES-GCM, and nothing else.

The key is agreed directly (RFC 7518, section 4.6): a new ephemeral key for every message, no wrapped key.
Nothing is compressed, so that no length tells what is inside and no small message becomes a large one.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import EncodingTooLong, JsonTooLarge, MalformedEncoding, MalformedJson, NotAnObject
from passport.errors.jose import (
    CriticalHeader,
    EncryptionRefused,
    KeyInHeader,
    MalformedEncryptedToken,
    TokenTooLarge,
)
from passport.json import JsonObject, dump, parse_object
from passport.keys import AgreementKey, PublicKey, generate_agreement_key, open_sealed, seal

ALGORITHM = "ECDH-ES"
KEY_BYTES = {"A128GCM": 16, "A256GCM": 32}
"""The `enc` that we have (RFC 7518, section 5.3), and the bytes of key that each takes."""
_SEGMENTS = 5
_NONCE, _TAG = 12, 16
_OTHERS_KEY = frozenset({"jwk", "jku", "x5u", "x5c"})
_SET_HERE = frozenset({"alg", "enc", "epk", "kid", "zip", "crit"})


@dataclass(frozen=True, slots=True)
class Jwe:
    """An encrypted token that was read. Its header is anybody's word until it was decrypted."""

    header: JsonObject
    enc: str
    sender: PublicKey
    """The ephemeral key, `epk`; on the curve."""
    protected: bytes
    """The header as it came: what is authenticated beside the ciphertext."""
    nonce: bytes
    sealed: bytes
    """Ciphertext and tag."""

    @property
    def kid(self) -> str | None:
        """The name of the key that it says to be encrypted for (RFC 7516, section 4.1.6)."""
        found = self.header.get("kid")
        return found if isinstance(found, str) else None


def encrypt(plaintext: bytes, *, recipient: Mapping[str, Any], enc: str, header: JsonObject) -> str:
    """Make a token (RFC 7516, section 5.1).

    Args:
        plaintext: what only the recipient may read.
        recipient: their public key as a JWK of P-256; its `kid`, where it has one, goes into the header.
        enc: A128GCM or A256GCM.
        header: further members, such as `typ`, or `apu` and `apv` as base64url.

    Raises:
        MalformedKey: the recipient's key is no point of P-256, or is for something else.
        EncryptionRefused: `enc` is another.
    """
    if enc not in KEY_BYTES:
        raise EncryptionRefused
    key, ours = PublicKey.from_agreement_jwk(recipient), generate_agreement_key()
    whole = {name: value for name, value in header.items() if name not in _SET_HERE}
    whole |= {"alg": ALGORITHM, "enc": enc, "epk": ours.public_key.to_jwk()}
    if isinstance(recipient.get("kid"), str):
        whole["kid"] = recipient["kid"]
    protected = base64url_encode(dump(whole))
    nonce = secrets.token_bytes(_NONCE)
    content_key = derive_key(ours.agree(key), whole, enc)
    sealed = seal(content_key, nonce=nonce, plaintext=plaintext, aad=protected.encode("ascii"))
    parts = (nonce, sealed[:-_TAG], sealed[-_TAG:])
    return ".".join((protected, "", *(base64url_encode(part) for part in parts)))


def parse(token: str, *, most: int = limits.PRESENTATION.size) -> Jwe:
    """Read a token (RFC 7516, section 5.2, steps 1 to 7); nothing is decrypted.

    Raises:
        MalformedEncryptedToken: not five segments of canonical base64url, a wrapped key, a nonce or a tag of
            another length, no JSON object as header.
        TokenTooLarge: header or ciphertext beyond its limit; nothing larger is decoded.
        CriticalHeader, KeyInHeader: a header that would change the rules, or brings or fetches a key.
        EncryptionRefused: another `alg` or `enc`, or `zip`.
        MalformedKey: `epk` is no point of P-256.
    """
    segments = token.split(".", _SEGMENTS)
    if len(segments) != _SEGMENTS or segments[1] or not token.isascii():
        raise MalformedEncryptedToken
    header = _header(segments[0])
    enc = _check_header(header)
    _check_parties(header)
    nonce, tag = _exactly(segments[2], _NONCE), _exactly(segments[4], _TAG)
    sealed = _decode(segments[3], most) + tag
    return Jwe(header, enc, _sender(header), segments[0].encode("ascii"), nonce, sealed)


def open_parsed(jwe: Jwe, *, key: AgreementKey, allowed_enc: Collection[str] = tuple(KEY_BYTES)) -> bytes:
    """Decrypt what was read (RFC 7516, section 5.2, steps 8 to 19).

    Raises:
        EncryptionRefused: its `enc` was not offered.
        DecryptionFailed: it is for another key, or something was changed.
    """
    if jwe.enc not in allowed_enc:
        raise EncryptionRefused
    content_key = derive_key(key.agree(jwe.sender), jwe.header, jwe.enc)
    return open_sealed(content_key, nonce=jwe.nonce, sealed=jwe.sealed, aad=jwe.protected)


def decrypt(
    token: str,
    *,
    key: AgreementKey,
    allowed_enc: Collection[str] = tuple(KEY_BYTES),
    most: int = limits.PRESENTATION.size,
) -> bytes:
    """Read and decrypt a token; raises what `parse` and `open_parsed` raise."""
    return open_parsed(parse(token, most=most), key=key, allowed_enc=allowed_enc)


def derive_key(shared: bytes, header: JsonObject, enc: str) -> bytes:
    """The content encryption key: one round of the Concat KDF (RFC 7518, section 4.6.2).

    Args:
        shared: Z, what both sides agreed on.
        header: for `apu` and `apv`, base64url of at most a header's length.
        enc: whose name is the algorithm of direct agreement.
    """
    length = KEY_BYTES[enc]
    info = b"".join(
        _prefixed(part) for part in (enc.encode("ascii"), _party(header, "apu"), _party(header, "apv"))
    )
    digest = hashlib.sha256(b"\x00\x00\x00\x01" + shared + info + (length * 8).to_bytes(4, "big"))
    return digest.digest()[:length]


def _prefixed(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _party(header: JsonObject, name: str) -> bytes:
    said = header.get(name, "")
    if not isinstance(said, str):
        raise MalformedEncryptedToken
    return _decode(said, limits.JOSE_HEADER.size)


def _header(segment: str) -> JsonObject:
    try:
        return parse_object(_decode(segment, limits.JOSE_HEADER.size), limits.JOSE_HEADER)
    except JsonTooLarge:
        raise TokenTooLarge(limit=limits.JOSE_HEADER.size) from None
    except (MalformedJson, NotAnObject):
        raise MalformedEncryptedToken from None


def _check_header(header: JsonObject) -> str:
    if "crit" in header:
        raise CriticalHeader
    if not _OTHERS_KEY.isdisjoint(header):
        raise KeyInHeader
    enc = header.get("enc")
    if header.get("alg") != ALGORITHM or "zip" in header or not isinstance(enc, str) or enc not in KEY_BYTES:
        raise EncryptionRefused
    return enc


def _check_parties(header: JsonObject) -> None:
    """RFC 7518, sections 4.6.1.2 and 4.6.1.3: base64url, whatever it says."""
    for name in ("apu", "apv"):
        _party(header, name)


def _sender(header: JsonObject) -> PublicKey:
    epk = header.get("epk")
    if not isinstance(epk, dict):
        raise MalformedEncryptedToken
    return PublicKey.from_agreement_jwk(epk)


def _exactly(segment: str, length: int) -> bytes:
    data = _decode(segment, limits.JOSE_HEADER.size)
    if len(data) != length:
        raise MalformedEncryptedToken
    return data


def _decode(segment: str, most: int) -> bytes:
    try:
        return base64url_decode(segment, (most * 4 + 2) // 3)
    except EncodingTooLong:
        raise TokenTooLarge(limit=most) from None
    except MalformedEncoding:
        raise MalformedEncryptedToken from None

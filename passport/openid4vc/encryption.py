"""Encrypted requests and responses: announced, and asked for (OpenID4VCI 1.0, sections 10 and 12.2.4).

The tokens themselves are passport.jose.jwe: ECDH-ES on P-256 with AES-GCM. Nothing is compressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.errors.keys import MalformedKey
from passport.errors.openid4vc import InvalidEncryptionParameters, MalformedIssuerMetadata
from passport.jose.jwe import ALGORITHM, KEY_BYTES
from passport.json import JsonObject
from passport.keys import PublicKey
from passport.openid4vc.limits import VCI

ENC_VALUES = tuple(KEY_BYTES)


@dataclass(frozen=True, slots=True)
class RequestEncryption:
    """`credential_request_encryption` of the metadata: the issuer's keys."""

    keys: tuple[JsonObject, ...]
    """JWKs that we can encrypt for, each with its `kid`."""
    enc_values: tuple[str, ...] = ENC_VALUES
    required: bool = False

    def to_json(self) -> JsonObject:
        return {
            "jwks": {"keys": list(self.keys)},
            "enc_values_supported": list(self.enc_values),
            "encryption_required": self.required,
        }


@dataclass(frozen=True, slots=True)
class ResponseEncryption:
    """`credential_response_encryption` of the metadata."""

    enc_values: tuple[str, ...] = ENC_VALUES
    required: bool = False

    def to_json(self) -> JsonObject:
        return {
            "alg_values_supported": [ALGORITHM],
            "enc_values_supported": list(self.enc_values),
            "encryption_required": self.required,
        }


@dataclass(frozen=True, slots=True)
class EncryptFor:
    """`credential_response_encryption` of a request: the wallet's key and how to use it (section 8.2)."""

    jwk: JsonObject
    enc: str

    def to_json(self) -> JsonObject:
        return {"jwk": self.jwk, "enc": self.enc}


def parse_request_encryption(value: Any) -> RequestEncryption | None:
    """What the metadata says, as far as we can use it; None where it is not there.

    Raises:
        MalformedIssuerMetadata: no object, or required by keys or methods that we don't have.
    """
    if value is None:
        return None
    required = _required(value)
    jwks = value.get("jwks")
    listed = jwks.get("keys") if isinstance(jwks, Mapping) else None
    keys = tuple(key for key in listed[: VCI.keys] if _usable(key)) if isinstance(listed, list) else ()
    enc_values = _enc_values(value)
    if keys and enc_values:
        return RequestEncryption(keys, enc_values, required)
    _check_optional(required=required)
    return None


def parse_response_encryption(value: Any) -> ResponseEncryption | None:
    """As `parse_request_encryption`."""
    if value is None:
        return None
    required = _required(value)
    algorithms = value.get("alg_values_supported")
    enc_values = _enc_values(value)
    if isinstance(algorithms, list) and ALGORITHM in algorithms and enc_values:
        return ResponseEncryption(enc_values, required)
    _check_optional(required=required)
    return None


def parse_encrypt_for(value: Any) -> EncryptFor | None:
    """The member of a request; None where it is not there.

    Raises:
        InvalidEncryptionParameters: no key that we can encrypt for, or another method.
    """
    if value is None:
        return None
    if not isinstance(value, Mapping) or "zip" in value:
        raise InvalidEncryptionParameters
    jwk, enc = value.get("jwk"), value.get("enc")
    if not isinstance(jwk, dict) or not isinstance(enc, str) or enc not in ENC_VALUES:
        raise InvalidEncryptionParameters
    # section 10 asks for `alg` in the key, drafts had it beside; who leaves it out gets the one that fits
    if {jwk.get("alg", ALGORITHM), value.get("alg", ALGORITHM)} != {ALGORITHM}:
        raise InvalidEncryptionParameters
    try:
        PublicKey.from_agreement_jwk(jwk)
    except MalformedKey:
        raise InvalidEncryptionParameters from None
    return EncryptFor(jwk, enc)


def _required(value: Any) -> bool:
    required = value.get("encryption_required") if isinstance(value, Mapping) else None
    if not isinstance(required, bool):
        raise MalformedIssuerMetadata
    return required


def _usable(key: Any) -> bool:
    if not isinstance(key, dict) or not isinstance(key.get("kid"), str) or key.get("alg") != ALGORITHM:
        return False
    try:
        PublicKey.from_agreement_jwk(key)
    except MalformedKey:
        return False
    return True


def _enc_values(value: Mapping[str, Any]) -> tuple[str, ...]:
    listed = value.get("enc_values_supported")
    return tuple(enc for enc in ENC_VALUES if isinstance(listed, list) and enc in listed)


def _check_optional(*, required: bool) -> None:
    if required:
        raise MalformedIssuerMetadata

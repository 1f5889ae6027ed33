"""What a verifier says about itself (OpenID4VP 1.0, section 11): formats, and how to encrypt for it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from passport.errors import MalformedKey
from passport.errors.openid4vp_response import MalformedClientMetadata, NoKeyToEncryptFor
from passport.jose import jwe
from passport.json import JsonObject
from passport.keys import PublicKey
from passport.openid4vp.limits import METADATA

DEFAULT_ENC = "A128GCM"
"""Where `encrypted_response_enc_values_supported` is not there (section 8.3)."""
FORMATS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "dc+sd-jwt": {
        "sd-jwt_alg_values": ("ES256", "ES384", "EdDSA"),
        "kb-jwt_alg_values": ("ES256", "ES384", "EdDSA"),
    },
    "vc+sd-jwt": {
        "sd-jwt_alg_values": ("ES256", "ES384", "EdDSA"),
        "kb-jwt_alg_values": ("ES256", "ES384", "EdDSA"),
    },
    "jwt_vc_json": {"alg_values": ("ES256", "ES384", "EdDSA")},
    "ldp_vc": {
        "proof_type_values": ("DataIntegrityProof",),
        "cryptosuite_values": (
            "eddsa-rdfc-2022",
            "eddsa-jcs-2022",
            "ecdsa-rdfc-2019",
            "ecdsa-jcs-2019",
            "ecdsa-sd-2023",
        ),
    },
}
"""What is verified here, by the words of appendix B; `vc+sd-jwt` is as Dutch education's wallet names it."""


@dataclass(frozen=True, slots=True)
class ClientMetadata:
    """As a wallet reads it. Nothing of it is proved but by the request's signature."""

    vp_formats_supported: Mapping[str, Mapping[str, tuple[str, ...]]]
    client_name: str | None = None
    logo_uri: str | None = None
    encryption_keys: tuple[JsonObject, ...] = ()
    """JWKs of P-256 for ECDH-ES, in the verifier's order; keys that we can't use are left out."""
    enc_values: tuple[str, ...] = (DEFAULT_ENC,)
    names: Mapping[str, str] = field(default_factory=dict)
    """`client_name#<language>` by language (RFC 7591, section 2.2)."""

    def encryption(self) -> tuple[JsonObject, str]:
        """The key to encrypt the answer for, and the method; raises NoKeyToEncryptFor."""
        enc = next((each for each in self.enc_values if each in jwe.KEY_BYTES), None)
        if enc is None or not self.encryption_keys:
            raise NoKeyToEncryptFor
        return self.encryption_keys[0], enc


def build_client_metadata(
    *,
    client_name: str,
    formats: tuple[str, ...] = tuple(FORMATS),
    algorithms: Container[str] | None = None,
    encryption_key: PublicKey | None = None,
    kid: str = "",
    enc_values: tuple[str, ...] = tuple(jwe.KEY_BYTES),
) -> JsonObject:
    """Write it for one request.

    Args:
        client_name: what people are shown, beside who was proved.
        formats: of `FORMATS`.
        algorithms: None for all that we have; HAIP 1.0 says which.
        encryption_key: made for this one request; None asks for no encryption.
        kid: the key's name.
        enc_values: methods, the best liked first.
    """
    written: JsonObject = {
        "client_name": client_name,
        "vp_formats_supported": {
            name: {
                member: [each for each in values if algorithms is None or each in algorithms]
                for member, values in FORMATS[name].items()
            }
            for name in formats
        },
    }
    if encryption_key is not None:
        key = {**encryption_key.to_jwk(), "kid": kid, "use": "enc", "alg": jwe.ALGORITHM}
        written |= {"jwks": {"keys": [key]}, "encrypted_response_enc_values_supported": list(enc_values)}
    return written


def parse_client_metadata(source: Any) -> ClientMetadata:
    """Read it; unknown members are ignored (section 11.1).

    Raises:
        MalformedClientMetadata: a member of another form, or beyond a limit.
    """
    if not isinstance(source, dict):
        raise MalformedClientMetadata
    formats = _object(source, "vp_formats_supported", required=True)
    named = {
        name.partition("#")[2]: _name(source, name) or ""
        for name in source
        if name.startswith("client_name#")
    }
    if len(formats) > METADATA.formats or len(named) > METADATA.names:
        raise MalformedClientMetadata(member="vp_formats_supported")
    return ClientMetadata(
        vp_formats_supported={name: _format(value) for name, value in formats.items()},
        client_name=_name(source, "client_name"),
        logo_uri=_name(source, "logo_uri"),
        encryption_keys=_keys(_object(source, "jwks")),
        enc_values=_words(source, "encrypted_response_enc_values_supported") or (DEFAULT_ENC,),
        names=named,
    )


def _format(value: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise MalformedClientMetadata(member="vp_formats_supported")
    return {name: _words(value, name) for name, listed in value.items() if isinstance(listed, list)}


def _keys(jwks: JsonObject) -> tuple[JsonObject, ...]:
    found = jwks.get("keys", [])
    if not isinstance(found, list) or len(found) > METADATA.keys:
        raise MalformedClientMetadata(member="jwks")
    return tuple(key for key in found if isinstance(key, dict) and _usable(key))


def _usable(key: JsonObject) -> bool:
    """RFC 7517, section 5: keys that are not understood are passed over."""
    try:
        PublicKey.from_agreement_jwk(key)
    except MalformedKey:
        return False
    return True


def _object(source: JsonObject, name: str, *, required: bool = False) -> JsonObject:
    found = source.get(name, None if required else {})
    if not isinstance(found, dict):
        raise MalformedClientMetadata(member=name)
    return found


def _name(source: JsonObject, name: str) -> str | None:
    found = source.get(name)
    if found is None:
        return None
    if not isinstance(found, str) or len(found) > METADATA.text:
        raise MalformedClientMetadata(member=name.partition("#")[0])
    return found


def _words(source: JsonObject, name: str) -> tuple[str, ...]:
    found = source.get(name, [])
    if not isinstance(found, list) or len(found) > METADATA.words:
        raise MalformedClientMetadata
    if not all(isinstance(each, str) and 0 < len(each) <= METADATA.text for each in found):
        raise MalformedClientMetadata
    return tuple(found)

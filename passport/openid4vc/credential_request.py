"""Credential Request: one credential, for one key or for several (OpenID4VCI 1.0, section 8.2)."""

from dataclasses import dataclass, field
from typing import Any

from passport import limits
from passport.errors.openid4vc import InvalidCredentialRequest, InvalidKeyProof
from passport.json import JsonObject, parse_object
from passport.openid4vc.encryption import EncryptFor, parse_encrypt_for
from passport.openid4vc.limits import VCI


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    """Either a configuration or an identifier that the token response gave; proofs of one type.

    `to_json` writes what it is given: whoever makes one gives it one of each.
    """

    credential_configuration_id: str | None = None
    key_proofs: tuple[str, ...] = field(default=(), repr=False)
    """Key proof JWTs, one for each key; see passport.openid4vc.key_proof."""
    credential_identifier: str | None = None
    key_attestation: str | None = field(default=None, repr=False)
    """The proof type `attestation`; see passport.openid4vc.key_attestation."""
    response_encryption: EncryptFor | None = None

    def to_json(self) -> JsonObject:
        proofs: JsonObject = (
            {"jwt": list(self.key_proofs)}
            if self.key_attestation is None
            else {"attestation": [self.key_attestation]}
        )
        named = {
            "credential_configuration_id": self.credential_configuration_id,
            "credential_identifier": self.credential_identifier,
            "credential_response_encryption": (
                None if self.response_encryption is None else self.response_encryption.to_json()
            ),
        }
        return {name: value for name, value in named.items() if value is not None} | {"proofs": proofs}


def parse_credential_request(body: bytes) -> CredentialRequest:
    """Read a credential request; members that we don't know are ignored, as the specification asks.

    Raises:
        MalformedJson and its kinds.
        InvalidCredentialRequest: not exactly one of credential_configuration_id and credential_identifier.
        InvalidKeyProof: no proofs, or not of exactly one type that we know, or too many.
        InvalidEncryptionParameters: a key or a method that we can't encrypt with.
    """
    value = parse_object(body, limits.CREDENTIAL)
    configuration_id = _named(value, "credential_configuration_id")
    identifier = _named(value, "credential_identifier")
    if (configuration_id is None) is (identifier is None):
        raise InvalidCredentialRequest
    encryption = parse_encrypt_for(value.get("credential_response_encryption"))
    proofs = value.get("proofs")
    if not isinstance(proofs, dict) or len(proofs) != 1:
        raise InvalidKeyProof
    if "attestation" in proofs:
        (attestation,) = _tokens(proofs["attestation"], 1)
        return CredentialRequest(configuration_id, (), identifier, attestation, encryption)
    if "jwt" not in proofs:
        raise InvalidKeyProof
    return CredentialRequest(configuration_id, _tokens(proofs["jwt"], VCI.keys), identifier, None, encryption)


def _named(value: JsonObject, name: str) -> str | None:
    if name not in value:
        return None
    found = value[name]
    if not isinstance(found, str) or not 0 < len(found) <= VCI.identifier:
        raise InvalidCredentialRequest
    return found


def _tokens(value: Any, most: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= most:
        raise InvalidKeyProof
    if not all(isinstance(token, str) for token in value):
        raise InvalidKeyProof
    return tuple(value)

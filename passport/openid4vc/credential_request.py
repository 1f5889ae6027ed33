"""Credential Request with one key proof of type `jwt` (OpenID4VCI 1.0, section 8.2)."""

from dataclasses import dataclass, field

from passport import limits
from passport.errors.openid4vc import InvalidCredentialRequest, InvalidKeyProof
from passport.json import JsonObject, parse_object

_LENGTH = 512


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    credential_configuration_id: str
    key_proof: str = field(repr=False)
    """The key proof JWT; see passport.openid4vc.key_proof."""

    def to_json(self) -> JsonObject:
        return {
            "credential_configuration_id": self.credential_configuration_id,
            "proofs": {"jwt": [self.key_proof]},
        }


def parse_credential_request(body: bytes) -> CredentialRequest:
    """Read a credential request; members that we don't know are ignored, as the specification asks.

    Raises:
        MalformedJson and its kinds.
        InvalidCredentialRequest: no credential_configuration_id, or members that we never announced.
        InvalidKeyProof: no proof of type `jwt`, or more than one (we announce no batch_credential_issuance).
    """
    value = parse_object(body, limits.CREDENTIAL)
    configuration_id = value.get("credential_configuration_id")
    if not isinstance(configuration_id, str) or not 0 < len(configuration_id) <= _LENGTH:
        raise InvalidCredentialRequest
    if "credential_identifier" in value or "credential_response_encryption" in value:
        raise InvalidCredentialRequest
    proofs = value.get("proofs")
    if not isinstance(proofs, dict) or set(proofs) != {"jwt"}:
        raise InvalidKeyProof
    tokens = proofs["jwt"]
    if not isinstance(tokens, list) or len(tokens) != 1 or not isinstance(tokens[0], str):
        raise InvalidKeyProof
    return CredentialRequest(configuration_id, tokens[0])

"""Deferred Credential Request: ask again for what was promised (OpenID4VCI 1.0, section 9.1)."""

from dataclasses import dataclass

from passport.errors.openid4vc import InvalidTransactionId
from passport.json import JsonObject, parse_object
from passport.openid4vc.encryption import EncryptFor, parse_encrypt_for
from passport.openid4vc.limits import VCI


@dataclass(frozen=True, slots=True)
class DeferredCredentialRequest:
    transaction_id: str
    response_encryption: EncryptFor | None = None
    """For this answer; what the first request said of encryption counts no more."""

    def to_json(self) -> JsonObject:
        named: JsonObject = {"transaction_id": self.transaction_id}
        if self.response_encryption is not None:
            named["credential_response_encryption"] = self.response_encryption.to_json()
        return named


def parse_deferred_request(body: bytes) -> DeferredCredentialRequest:
    """Read it; members that we don't know are ignored, so no key of a holder can be changed here.

    Raises:
        MalformedJson and its kinds.
        InvalidTransactionId: none.
        InvalidEncryptionParameters
    """
    value = parse_object(body)
    transaction = value.get("transaction_id")
    if not isinstance(transaction, str) or not 0 < len(transaction) <= VCI.identifier:
        raise InvalidTransactionId
    return DeferredCredentialRequest(
        transaction, parse_encrypt_for(value.get("credential_response_encryption"))
    )

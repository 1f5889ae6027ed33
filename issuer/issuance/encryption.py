"""Encrypted requests and answers of the credential endpoints (OpenID4VCI 1.0, section 10).

On top of TLS, for wallets with a server in between that must not read along. The organisation's key is made
from the master secret, so there is nothing to store; who changes the secret changes it.
"""

from dataclasses import dataclass, field

from issuer.secrets import MasterSecret
from passport import limits
from passport.errors import Invalid
from passport.errors.openid4vc import InvalidEncryptionParameters
from passport.jose import jwe
from passport.json import JsonObject
from passport.keys import AgreementKey, load_agreement_key
from passport.openid4vc import EncryptFor
from passport.openid4vc.encryption import ENC_VALUES

MEDIA_TYPE = "application/jwt"
_KEY_ID = "enc-1"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    key: AgreementKey = field(repr=False)

    @property
    def jwk(self) -> JsonObject:
        """As the metadata names it."""
        return {**self.key.public_key.to_jwk(), "kid": _KEY_ID, "use": "enc", "alg": jwe.ALGORITHM}


def encryption_key(master: MasterSecret, slug: str) -> EncryptionKey:
    """An organisation's key that wallets may encrypt requests for."""
    seed = int.from_bytes(master.code("request-encryption", slug), "big")
    return EncryptionKey(load_agreement_key((seed % (_P256_ORDER - 1) + 1).to_bytes(32, "big")))


def decrypt_request(master: MasterSecret, slug: str, body: bytes) -> bytes:
    """The request in an encrypted one; raises InvalidEncryptionParameters."""
    try:
        token = jwe.parse(body.decode("ascii"), most=limits.CREDENTIAL.size)
        if token.kid != _KEY_ID:
            raise InvalidEncryptionParameters
        return jwe.open_parsed(token, key=encryption_key(master, slug).key, allowed_enc=ENC_VALUES)
    except (Invalid, UnicodeDecodeError):
        raise InvalidEncryptionParameters from None


def encrypt_response(answer: bytes, wanted: EncryptFor) -> bytes:
    """The answer, for the key that the request named."""
    return jwe.encrypt(answer, recipient=wanted.jwk, enc=wanted.enc, header={}).encode("ascii")

"""The holder: keys whose secrets stay in the vault, and the DIDs that say the same keys in other words.

An Ed25519 key is there from the start; it is whose wallet it is. A P-256 key comes beside it when an issuer
takes only ES256 (HAIP 1.0, section 7). A credential is bound to one of them, for good.
"""

from dataclasses import dataclass, field, replace

from passport.dids import (
    VerificationMethod,
    create_did_jwk,
    create_did_key,
    jwk_method_id,
    key_method_id,
    resolve_did,
)
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.keys import KeyType, PublicKey, Signer
from passport.sd_jwt import SdJwt
from passport.sd_jwt.key_binding import holder_key
from wallet.errors_holding import HolderNotNamed

ALGORITHMS = {KeyType.ED25519: "EdDSA", KeyType.P256: "ES256"}
"""The JWS algorithm of each kind of key that a holder may have."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a credential is made out to, and the key that proves it."""

    did: str
    """The DID by which a credential or a presentation names the key."""
    verification_method: str
    signer: Signer = field(repr=False)

    @property
    def public_key(self) -> PublicKey:
        return self.signer.public_key

    @property
    def algorithm(self) -> str:
        """As JWS names it."""
        return ALGORITHMS[self.public_key.type]

    @property
    def cryptosuite(self) -> str:
        """What it signs presentations with (Data Integrity EdDSA and ECDSA Cryptosuites 1.0)."""
        return "eddsa-jcs-2022" if self.public_key.type is KeyType.ED25519 else "ecdsa-jcs-2019"

    def named(self, did: str) -> "Holder":
        """The same key under another of its names; raises HolderNotNamed."""
        method = method_of(did)
        if method is None or method.public_key != self.public_key:
            raise HolderNotNamed
        return replace(self, did=did, verification_method=method.id)


def holder_of(signer: Signer) -> Holder:
    did = did_of_key(signer.public_key)
    return Holder(did, names_of(signer.public_key)[did], signer)


def did_of_key(public_key: PublicKey) -> str:
    """The name that the wallet gives a key: did:key for Ed25519; did:jwk for P-256, which more issuers know.

    The identifier is the key in both; nothing is published.
    """
    if public_key.type is KeyType.ED25519:
        return create_did_key(public_key)
    return create_did_jwk(public_key)


def method_of(did: str) -> VerificationMethod | None:
    """The one key that a did:key or did:jwk is; None for every other DID.

    A key has one did:key, and a did:jwk for each way to write a JWK: an issuer may have its own.
    """
    if not did.startswith(("did:key:", "did:jwk:")):
        return None
    try:
        return resolve_did(did, DocumentCache()).methods[0]
    except PassportError:
        return None


def names_of(public_key: PublicKey) -> dict[str, str]:
    """The DIDs that this wallet writes for a key, with the ids of their verification methods."""
    by_key, by_jwk = create_did_key(public_key), create_did_jwk(public_key)
    return {by_key: key_method_id(by_key), by_jwk: jwk_method_id(by_jwk)}


def confirmed_key(sd_jwt: SdJwt) -> PublicKey | None:
    """The key in `cnf` of a credential; None where none is there that we can use."""
    try:
        return holder_key(sd_jwt.claims)
    except PassportError:
        return None

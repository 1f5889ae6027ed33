"""The holder: an Ed25519 did:key whose secret stays in the vault."""

from dataclasses import dataclass, field

from passport.dids import create_did_key, key_method_id
from passport.keys import PublicKey, Signer


@dataclass(frozen=True, slots=True)
class Holder:
    """Who the credentials are made out to, and the key that proves it."""

    did: str
    verification_method: str
    signer: Signer = field(repr=False)


def holder_of(signer: Signer) -> Holder:
    did = did_of_key(signer.public_key)
    return Holder(did, key_method_id(did), signer)


def did_of_key(public_key: PublicKey) -> str:
    """did:key version 0.7: the identifier is the key, nothing is published."""
    return create_did_key(public_key)

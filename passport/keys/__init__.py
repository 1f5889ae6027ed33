"""Keys: what they are (pure), and one door to the cryptography that this host has."""

from passport.keys.backend import (
    AgreementKey,
    Backend,
    Signer,
    generate_agreement_key,
    generate_signer,
    load_agreement_key,
    load_signer,
    open_sealed,
    seal,
    use_backend,
    verify_signature,
)
from passport.keys.public_key import KeyType, PublicKey

__all__ = [
    "AgreementKey",
    "Backend",
    "KeyType",
    "PublicKey",
    "Signer",
    "generate_agreement_key",
    "generate_signer",
    "load_agreement_key",
    "load_signer",
    "open_sealed",
    "seal",
    "use_backend",
    "verify_signature",
]

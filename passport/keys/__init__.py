"""Keys: what they are (pure), and one door to the cryptography that this host has."""

from passport.keys.backend import Backend, Signer, generate_signer, load_signer, use_backend, verify_signature
from passport.keys.public_key import KeyType, PublicKey

__all__ = [
    "Backend",
    "KeyType",
    "PublicKey",
    "Signer",
    "generate_signer",
    "load_signer",
    "use_backend",
    "verify_signature",
]

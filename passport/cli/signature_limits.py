"""The limit: what signing and verifying cost when nothing but the signature and two hashes is left."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair

from passport.json import JsonObject
from passport.keys import KeyType, load_signer, verify_signature
from passport.proofs.suites import EDDSA_RDFC_2022

SEED = hashlib.sha256(b"a key for measuring, and for nothing else").digest()
_CONFIG_BYTES = 700
"""A canonical proof configuration has about as many."""


def signature_limits(
    badges: Sequence[JsonObject],
) -> Iterator[tuple[str, Callable[[Any], object], Sequence[Any]]]:
    """One operation of libsodium (Ed25519) or OpenSSL (P-256), and two SHA-256 over the canonical bytes."""
    documents = [EDDSA_RDFC_2022.canonical(badge, KeyType.ED25519) for badge in badges]
    config = documents[0][:_CONFIG_BYTES]

    def hashed(document: bytes) -> bytes:
        return hashlib.sha256(config).digest() + hashlib.sha256(document).digest()

    public, secret = crypto_sign_seed_keypair(SEED)

    def sign(document: bytes) -> bytes:
        return crypto_sign(hashed(document), secret)

    def verify(signed: tuple[bytes, bytes]) -> object:
        document, signature = signed
        return crypto_sign_open(signature + hashed(document), public)

    yield "verify limit Ed25519", verify, [(document, sign(document)[:64]) for document in documents]
    yield "sign limit Ed25519", sign, documents

    signer = load_signer(KeyType.P256, SEED)

    def sign_p256(document: bytes) -> bytes:
        return signer.sign(hashed(document))

    def verify_p256(signed: tuple[bytes, bytes]) -> None:
        document, signature = signed
        verify_signature(signer.public_key, hashed(document), signature)

    yield "verify limit P-256", verify_p256, [(document, sign_p256(document)) for document in documents]
    yield "sign limit P-256", sign_p256, documents

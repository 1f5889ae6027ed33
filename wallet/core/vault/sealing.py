"""Sealing with a fresh nonce, and what each sealed part is bound to."""

import hashlib
from dataclasses import dataclass

from passport.encoding import base64url_encode
from passport.json import canonicalize
from wallet.core.ports import Random, Sealer
from wallet.core.vault.header import FORMAT
from wallet.errors import TamperedVault

NONCE_BYTES = 24


def seal(sealer: Sealer, random: Random, key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """A fresh random nonce and the sealed text; 192 bits of nonce make a repeat impossible in practice."""
    nonce = random(NONCE_BYTES)
    return nonce + sealer.seal(key, nonce, plaintext, context)


def unseal(sealer: Sealer, key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Raises TamperedVault when the content, its place or its context was changed."""
    plaintext = sealer.unseal(key, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    if plaintext is None:
        raise TamperedVault
    return plaintext


@dataclass(frozen=True, slots=True, order=True)
class RecordKey:
    """What a record is and which one: ("credential", "urn:uuid:…")."""

    kind: str
    id: str


def record_context(vault_id: bytes, revision: int, key: RecordKey) -> bytes:
    """A record is bound to the format, its vault, the revision that wrote it, its kind and its id."""
    return canonicalize([FORMAT, base64url_encode(vault_id), "record", revision, key.kind, key.id])


def manifest_context(vault_id: bytes, header: bytes) -> bytes:
    """The manifest is bound to every byte of the header, so to the revision and to all locks."""
    digest = hashlib.sha256(header).digest()
    return canonicalize([FORMAT, base64url_encode(vault_id), "manifest", base64url_encode(digest)])

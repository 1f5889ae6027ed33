"""The badges that are compared: samples with ids of their own, a key that all parties hold."""

import hashlib
import uuid
from datetime import UTC, datetime
from pathlib import Path

import contexts
from passport.dids import create_did_key, key_method_id
from passport.encoding import multibase_encode
from passport.json import parse_object
from passport.keys import KeyType, load_signer

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
SEED = hashlib.sha256(b"a key for comparing, and for nothing else").digest()
SIGNER = load_signer(KeyType.ED25519, SEED)
DID = create_did_key(SIGNER.public_key)
METHOD = key_method_id(DID)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = {
    "id": METHOD,
    "controller": DID,
    "type": "Multikey",
    "publicKeyMultibase": SIGNER.public_key.to_multikey(),
    "secretKeyMultibase": multibase_encode(b"\x80\x26" + SEED, "z"),
    "seed": SEED.hex(),
}


def documents():
    """The pinned contexts, by address, for peers that bring none."""
    return {url: contexts.document(url) for url in contexts.known()}


def unsigned(name, count=8):
    """A sample under several ids, as issued by the key's did:key."""
    sample = parse_object((SAMPLES / f"{name}.json").read_bytes())
    sample.pop("proof", None)
    issuer = sample["issuer"]
    issued_by = DID if isinstance(issuer, str) else {**issuer, "id": DID}
    return [
        {**sample, "id": f"urn:uuid:{uuid.UUID(int=number)}", "issuer": issued_by} for number in range(count)
    ]

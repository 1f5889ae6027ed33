"""What `passport bench` and benchmarks/proofs.py measure: sign, verify, and the limit of both."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from typing import Any

from nacl.bindings import crypto_sign, crypto_sign_open, crypto_sign_seed_keypair

from passport.cli.rates import Operation, Spread, shares
from passport.clock import utc_now
from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.json import JsonObject, dump, parse_object
from passport.keys import KeyType, load_signer
from passport.proofs import add_proof, method_source, verify_proofs
from passport.proofs.suites import EDDSA_JCS_2022, EDDSA_RDFC_2022
from passport.proofs.unsecured import proof_config

_SEED = hashlib.sha256(b"a key for measuring, and for nothing else").digest()
ISSUER = create_did_key(load_signer(KeyType.ED25519, _SEED).public_key)


def proof_operations(badges: Sequence[JsonObject]) -> dict[str, Operation]:
    """Named operations on unsigned badges of one kind, taken in turn so that no cache knows the document.

    `sign`: from the unsigned object to the bytes of the signed badge. `verify`: from those bytes to proofs
    that hold, with the issuer's key from its did:key. `limit`: one Ed25519 operation of libsodium and
    two SHA-256 over the same canonical bytes.
    """
    signer = load_signer(KeyType.ED25519, _SEED)
    method, now = key_method_id(ISSUER), utc_now()
    method_for = method_source(DocumentCache())

    def signing(cryptosuite: str) -> Callable[[JsonObject], bytes]:
        return lambda badge: dump(
            add_proof(badge, signer=signer, verification_method=method, created=now, cryptosuite=cryptosuite)
        )

    def verify(source: bytes) -> object:
        document = parse_object(source)
        return verify_proofs(document, method_for=method_for, expected_purpose="assertionMethod", now=now)

    found = _limits(badges, method)
    for cryptosuite in (EDDSA_RDFC_2022.cryptosuite, EDDSA_JCS_2022.cryptosuite):
        sign = signing(cryptosuite)
        found[f"verify {cryptosuite}"] = _in_turn(verify, [sign(badge) for badge in badges])
        found[f"sign {cryptosuite}"] = _in_turn(sign, badges)
    return found


def summary(rates: Mapping[str, tuple[float, ...]]) -> list[dict[str, Any]]:
    """A line for each operation: its rate, and its share of the limit of the same run."""
    return [
        {
            "operation": name,
            "perSecond": Spread.of(found),
            "shareOfLimit": shares(found, rates[f"{name.partition(' ')[0]} limit"]),
        }
        for name, found in rates.items()
    ]


def _limits(badges: Sequence[JsonObject], method: str) -> dict[str, Operation]:
    suite = EDDSA_RDFC_2022
    options = {
        "type": suite.proof_type,
        "cryptosuite": suite.cryptosuite,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    public, secret = crypto_sign_seed_keypair(_SEED)
    config = suite.transform(proof_config(badges[0], options, suite))
    documents = [suite.transform(badge) for badge in badges]

    def hashed(document: bytes) -> bytes:
        return hashlib.sha256(config).digest() + hashlib.sha256(document).digest()

    def sign(document: bytes) -> object:
        return crypto_sign(hashed(document), secret)

    def verify(signed: tuple[bytes, bytes]) -> object:
        document, signature = signed
        return crypto_sign_open(signature + hashed(document), public)

    signatures = [crypto_sign(hashed(document), secret)[:64] for document in documents]
    return {
        "verify limit": _in_turn(verify, list(zip(documents, signatures, strict=True))),
        "sign limit": _in_turn(sign, documents),
    }


def _in_turn(run: Callable[[Any], object], sources: Sequence[Any]) -> Operation:
    following = cycle(sources)
    return lambda: run(next(following))

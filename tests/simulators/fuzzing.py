"""Rounds of fuzzing that hold compiled canonicalisation to the reference, and signed badges to every byte.

`benchmarks/fuzz_canonicalisation.py` runs many of them, CI a few.
"""

import copy
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import contexts
from passport.cli.bench import realistic_badge
from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import dump, parse_object
from passport.jsonld.canonical import canonicalize_by_expansion
from passport.jsonld.compiled.shapes import Shapes
from passport.keys import KeyType, load_signer
from passport.proofs import add_proof, method_source, verify_proofs
from tests.simulators.mutating import change_byte, change_structure, change_value
from tests.simulators.odd_values import EXTENSIONS, OB, V2

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
CHUNK = 2_500
"""Rounds that share their shapes."""
NEW_SHAPES = 0.1
"""The part of the documents of no known shape that the reference is asked about."""


class Found(AssertionError):
    """The compiled form and the reference disagree, or a changed badge was accepted."""


class ReferenceFault(Exception):
    """The reference itself fails, with an error that is no refusal."""


@cache
def documents() -> tuple[tuple[dict[str, Any], ...], tuple[int, ...]]:
    """What is changed, and how often each is taken."""
    basic, realistic, complete = (
        json.loads((SAMPLES / f"{name}.json").read_text()) for name in ("basic", "realistic", "complete")
    )
    numbers = copy.deepcopy(basic)
    numbers["credentialSubject"].update(
        type=["AchievementSubject"], creditsEarned=4.5, identifier=[_identity(n) for n in range(2)]
    )
    numbers["credentialSubject"]["achievement"].update(
        creditsAvailable=36, tag=["a", "b", "c"], resultDescription=[_described(n) for n in range(2)]
    )
    config = {
        "@context": [V2, OB, EXTENSIONS],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-06-01T00:00:00Z",
        "verificationMethod": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6Mk",
        "proofPurpose": "assertionMethod",
    }
    presentation = {
        "@context": [V2, OB],
        "id": "urn:uuid:1",
        "type": ["VerifiablePresentation"],
        "holder": "did:example:1",
        "verifiableCredential": [{**basic, "proof": {**config, "proofValue": "z1"}}],
    }
    presentation["verifiableCredential"][0]["proof"].pop("@context")
    more = {**config, "expires": "2027-01-01T00:00:00Z", "domain": ["https://a.example"], "challenge": "c"}
    alike = {**basic, "issuer": _tree(3)}
    weighted = [
        (basic, 30),
        (alike, 5),
        (numbers, 20),
        (config, 10),
        (more, 5),
        (realistic, 15),
        (realistic_badge(7), 15),
        (presentation, 10),
        (complete, 2),
    ]
    for document, _ in weighted:
        document.pop("proof", None)
    return tuple(document for document, _ in weighted), tuple(weight for _, weight in weighted)


def _identity(number: int) -> dict[str, Any]:
    return {"type": "IdentityObject", "identityHash": f"h{number}", "identityType": "x", "hashed": True}


def _tree(depth: int) -> dict[str, Any]:
    """Profiles without ids, told apart by their names or by their neighbours."""
    below = {"parentOrg": [_tree(depth - 1) for _ in range(2)]} if depth else {}
    return {"type": ["Profile"], "name": f"x{depth}", **below}


def _described(number: int) -> dict[str, Any]:
    return {
        "id": f"urn:r:{number}",
        "type": ["ResultDescription"],
        "name": "x",
        "resultType": "Status",
        "allowedValue": ["A", "B"],
    }


def round_of(known: Shapes, seed: int, number: int) -> Counter[str]:
    """One round; raises Found."""
    chance = random.Random(f"{seed}:{number}")
    if chance.random() < 0.1:
        return _byte(chance)
    found = documents()
    document = copy.deepcopy(chance.choices(*found)[0])
    hash_name = chance.choice(["sha256", "sha256", "sha256", "sha384"])
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        change = change_value if chance.random() < 0.8 else change_structure
        change(document, chance)
    counts = _compare(known, document, hash_name)
    if not counts["compiled"] and chance.random() < NEW_SHAPES:
        counts += _new_shape(known, document, hash_name, chance)
    return counts


def _compare(known: Shapes, document: dict[str, Any], hash_name: str) -> Counter[str]:
    """Hold what the shapes say to the reference."""
    before = copy.deepcopy(document)
    try:
        compiled = known.canonicalize(document, hash_name)
    except PassportError as refused:
        compiled = refused.code
    if compiled is None:
        return Counter(documents=1)
    reference = _reference(before, hash_name)
    if compiled != reference:
        raise Found(f"compiled: {compiled!r}\nreference: {reference!r}\ndocument: {before!r}")
    return Counter(documents=1, compiled=1)


def _reference(document: dict[str, Any], hash_name: str) -> str:
    """The canonical form, or the code of the refusal."""
    try:
        return canonicalize_by_expansion(document, hash_name=hash_name)
    except PassportError as refused:
        return refused.code
    except Exception as fault:
        raise ReferenceFault(f"{fault!r}\ndocument: {document!r}") from fault


def _new_shape(
    known: Shapes, document: dict[str, Any], hash_name: str, chance: random.Random
) -> Counter[str]:
    text = _reference(document, hash_name)
    if not text.endswith("\n"):
        return Counter(refused_by_both=1)
    for _ in range(2):
        known.saw(document, hash_name, text)
    counts = _compare(known, document, hash_name)
    counts += Counter(new_shapes=counts["compiled"], never_compiled=1 - counts["compiled"])
    for _ in range(8 * counts["compiled"]):
        changed = copy.deepcopy(document)
        for _ in range(chance.choice((1, 2, 4))):
            change_value(changed, chance)
        counts += _compare(known, changed, hash_name)
    return counts


@cache
def _signed() -> tuple[bytes, ...]:
    signer = load_signer(KeyType.ED25519, bytes(32))
    method = key_method_id(create_did_key(signer.public_key))
    found, _ = documents()
    return tuple(
        dump(add_proof(badge, signer=signer, verification_method=method, created=NOW))
        for badge in (found[0], found[2], found[5], found[6])
    )


def _byte(chance: random.Random) -> Counter[str]:
    text = change_byte(chance.choice(_signed()), chance)
    try:
        document = parse_object(text)
        verify_proofs(
            document, method_for=method_source(DocumentCache()), expected_purpose="assertionMethod", now=NOW
        )
    except PassportError:
        return Counter(bytes_refused=1)
    raise Found(f"one byte changed and still accepted: {text!r}")


def familiar() -> Shapes:
    """The shapes of the unchanged documents."""
    known = Shapes(contexts.shipped())
    for document in documents()[0]:
        text = canonicalize_by_expansion(document)
        for _ in range(2):
            known.saw(document, "sha256", text)
    return known


def chunk(asked: tuple[int, int, int]) -> tuple[Counter[str], list[str]]:
    seed, first, last = asked
    known, counts, failures = familiar(), Counter[str](), []
    for number in range(first, last):
        try:
            counts += round_of(known, seed, number)
        except Found as found:
            failures.append(f"round {seed}:{number}\n{found}")
        except ReferenceFault as fault:
            counts["reference_faults"] += 1
            failures.append(f"round {seed}:{number}, a fault of the reference\n{fault}")
    return counts + Counter(rounds=last - first), failures


def chunks(seed: int, rounds: int) -> Iterator[tuple[int, int, int]]:
    return ((seed, first, min(first + CHUNK, rounds)) for first in range(0, rounds, CHUNK))

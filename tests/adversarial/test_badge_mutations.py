"""A10: one bit of the signature or one thing in the signed badge changed: refused. What says the same: accepted."""

import copy
import json
from datetime import UTC, datetime

import pytest

from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.encoding import multibase_decode, multibase_encode
from passport.errors import PassportError, SignatureMismatch
from passport.json import parse_object
from passport.keys import generate_signer
from passport.proofs import add_proof, method_source, verify_proofs

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SUITES = ("eddsa-rdfc-2022", "eddsa-jcs-2022")
SIGNER = generate_signer()
METHOD = key_method_id(create_did_key(SIGNER.public_key))


@pytest.fixture(scope="module", params=SUITES)
def badge(request, samples):
    document = parse_object((samples / "realistic.json").read_bytes())
    document.pop("proof", None)
    return add_proof(
        document,
        signer=SIGNER,
        verification_method=METHOD,
        created=NOW,
        cryptosuite=request.param,
        proof_id="urn:uuid:3c1f4f2e-0000-4000-8000-000000000001",
        expires=datetime(2027, 1, 1, tzinfo=UTC),
        challenge="c",
        domain=["https://a.example", "https://b.example"],
    )


def verify(document):
    return verify_proofs(
        document, method_for=method_source(DocumentCache()), expected_purpose="assertionMethod", now=NOW
    )


def places(value, path=()):
    """Every object, array and leaf, as the path that leads there."""
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


def changed(document, path, change):
    """A copy in which `change(holder, last step)` was applied at a path."""
    made = copy.deepcopy(document)
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return made


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return value + "x" if value else "x"


def test_every_bit_of_the_signature(badge):
    signature = multibase_decode(badge["proof"]["proofValue"])
    assert len(signature) == 64
    for bit in range(512):
        flipped = bytearray(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SignatureMismatch):
            verify({**badge, "proof": {**badge["proof"], "proofValue": multibase_encode(bytes(flipped))}})


def test_every_leaf_and_key_and_list(badge):
    """Each leaf altered, emptied, nulled, cut; each member renamed, removed; each list added to."""
    tried = 0
    for path, value in places(badge):
        twists = []
        if path and isinstance(path[-1], str):
            twists.append(lambda holder, step: holder.__setitem__(step + "x", holder.pop(step)))
        if path:
            twists.append(lambda holder, step: holder.pop(step))
            twists.append(lambda holder, step: holder.__setitem__(step, None))
        if isinstance(value, dict):
            twists.append(lambda holder, step: holder[step].__setitem__("added", "x"))
            twists.append(lambda holder, step: holder[step].__setitem__("url", "https://evil.example/"))
        elif isinstance(value, list):
            twists.append(lambda holder, step: holder[step].append("https://evil.example/"))
        else:
            twists.append(lambda holder, step: holder.__setitem__(step, other(holder[step])))
            twists.append(lambda holder, step: holder.__setitem__(step, [holder[step], other(holder[step])]))
        for twist in twists if path else []:
            made = changed(badge, path, twist)
            assert made != badge
            with pytest.raises(PassportError):
                verify(made)
            tried += 1
    assert tried > 150


def test_the_order_of_lists(badge):
    """A list is ordered for jcs. For rdfc it is a set, which is why nothing may read its order; contexts are not."""
    ordered = badge["proof"]["cryptosuite"] == "eddsa-jcs-2022"
    tried = 0
    for path, value in places(badge):
        if isinstance(value, list) and len(value) > 1:
            made = changed(badge, path, lambda holder, step: holder[step].reverse())
            if ordered or path[-1] == "@context":
                with pytest.raises(PassportError):
                    verify(made)
            else:
                verify(made)
            tried += 1
    assert tried >= 3


def shuffled(value):
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in sorted(value, reverse=True)}
    return [shuffled(inner) for inner in value] if isinstance(value, list) else value


def test_order_of_members_and_spaces_and_escapes_are_free(badge):
    for text in (
        json.dumps(shuffled(badge)),
        json.dumps(badge, indent=4, ensure_ascii=False),
        json.dumps(badge, ensure_ascii=True, separators=(",\r\n", "\t:")),
        "".join(f"\\u{ord(c):04x}" if c == "V" else c for c in json.dumps(badge)),
    ):
        assert len(verify(parse_object(text.encode()))) == 1

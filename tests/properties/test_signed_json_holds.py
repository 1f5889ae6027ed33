"""Any JSON object can be signed with eddsa-jcs-2022; it verifies as it is, and no longer once it is another."""

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import canonicalize, dump, parse_object
from passport.keys import generate_signer
from passport.proofs import add_proof, method_source, verify_proofs

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SIGNER = generate_signer()
METHOD = key_method_id(create_did_key(SIGNER.public_key))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
values = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.floats(-1e9, 1e9) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts.filter(lambda name: name not in {"proof", "@context"}), values, max_size=5)


def sign(document):
    return add_proof(
        document, signer=SIGNER, verification_method=METHOD, created=NOW, cryptosuite="eddsa-jcs-2022"
    )


def verify(document):
    return verify_proofs(
        document, method_for=method_source(DocumentCache()), expected_purpose="assertionMethod", now=NOW
    )


@given(objects)
def test_what_was_signed_verifies_after_a_round_trip(document):
    (proof,) = verify(parse_object(dump(sign(document))))
    assert proof.verification_method == METHOD
    assert proof.created == NOW


@given(objects, objects)
def test_a_proof_holds_for_its_own_document_alone(one, other):
    assume(canonicalize(one) != canonicalize(other))
    with pytest.raises(PassportError):
        verify({**other, "proof": sign(one)["proof"]})


@given(objects, st.data())
def test_any_byte_changed_is_refused_or_says_the_same(document, data):
    signed = sign(document)
    written = bytearray(dump(signed))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(1, 255))
    try:
        read = parse_object(bytes(written))
        verify(read)
    except PassportError:
        return
    assert canonicalize(read) == canonicalize(signed)


@given(values)
def test_anything_in_the_place_of_a_proof_is_a_typed_error(value):
    with pytest.raises(PassportError):
        verify({"name": "x", "proof": value})
    with pytest.raises(PassportError):
        verify({"name": "x", "proof": [value]})


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "type",
                "cryptosuite",
                "verificationMethod",
                "proofPurpose",
                "proofValue",
                "created",
                "expires",
                "domain",
                "challenge",
                "id",
                "previousProof",
                "@context",
            ]
        ),
        values,
    )
)
def test_anything_in_a_member_of_a_proof_is_a_typed_error(changes):
    signed = sign({"name": "x"})
    changed = {**signed["proof"], **changes}
    assume(canonicalize(changed) != canonicalize(signed["proof"]))
    with pytest.raises(PassportError):
        verify({"name": "x", "proof": changed})

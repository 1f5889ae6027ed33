"""A signature and its twin are one (SEC 1, section 4.1.4)."""

import pytest

from passport.keys import KeyType, generate_signer, verify_signature
from passport.keys.twins import _ORDER, one_form


@pytest.mark.parametrize("key_type", [KeyType.P256, KeyType.P384])
def test_the_twin_of_a_signature_holds_too_and_has_the_same_form(key_type):
    signer = generate_signer(key_type)
    signature = signer.sign(b"what is signed")
    half = len(signature) // 2
    s = int.from_bytes(signature[half:], "big")
    twin = signature[:half] + (_ORDER[key_type] - s).to_bytes(half, "big")
    verify_signature(signer.public_key, b"what is signed", twin)
    assert twin != signature
    assert one_form(key_type, twin) == one_form(key_type, signature)
    assert one_form(key_type, signer.sign(b"something else")) != one_form(key_type, signature)


def test_an_ed25519_signature_is_its_own_form():
    signature = generate_signer().sign(b"x")
    assert one_form(KeyType.ED25519, signature) == signature

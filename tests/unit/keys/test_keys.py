"""Keys and the door to cryptography."""

import builtins
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from passport.errors import MalformedKey, NoCryptography, SignatureMismatch
from passport.keys import KeyType, PublicKey, generate_signer, load_signer, use_backend, verify_signature

LENGTHS = {KeyType.ED25519: (32, 64), KeyType.P256: (32, 64), KeyType.P384: (48, 96)}
ORDERS = {
    KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyType.P384: 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
}
every_type = pytest.mark.parametrize("key_type", KeyType)


@pytest.fixture
def native():
    """The native libraries, and afterwards what there was, whatever a test injected."""
    before = use_backend(None)
    yield
    use_backend(before)


@every_type
def test_what_was_signed_verifies_and_nothing_else(key_type):
    signer = generate_signer(key_type)
    signature = signer.sign(b"hello")
    assert len(signature) == LENGTHS[key_type][1]
    verify_signature(signer.public_key, b"hello", signature)
    for key, data, twisted in [
        (signer.public_key, b"hallo", signature),
        (signer.public_key, b"", signature),
        (generate_signer(key_type).public_key, b"hello", signature),
        (signer.public_key, b"hello", signature[:-1]),
        (signer.public_key, b"hello", signature + b"\x00"),
        (signer.public_key, b"hello", b""),
        (signer.public_key, b"hello", bytes(len(signature))),
        (signer.public_key, b"hello", b"\xff" * len(signature)),
        (signer.public_key, b"hello", signature[::-1]),
    ]:
        with pytest.raises(SignatureMismatch):
            verify_signature(key, data, twisted)


@every_type
def test_a_secret_loads_to_the_same_key(key_type):
    signer = generate_signer(key_type)
    assert len(signer.secret) == LENGTHS[key_type][0]
    assert load_signer(key_type, signer.secret).public_key == signer.public_key


@every_type
@pytest.mark.parametrize("length", [0, 31, 33, 47, 49, 64])
def test_a_secret_of_another_length_is_refused(key_type, length):
    with pytest.raises(MalformedKey):
        load_signer(key_type, b"\x01" * length)


@pytest.mark.parametrize("key_type", ORDERS)
def test_a_scalar_out_of_range_is_refused(key_type):
    width = LENGTHS[key_type][0]
    for scalar in (0, ORDERS[key_type], 2 ** (8 * width) - 1):
        with pytest.raises(MalformedKey):
            load_signer(key_type, scalar.to_bytes(width, "big"))


@pytest.mark.parametrize("key_type", ORDERS)
def test_ecdsa_out_of_range_is_refused(key_type):
    signer, width = generate_signer(key_type), LENGTHS[key_type][0]
    r, s = signer.sign(b"x")[:width], signer.sign(b"x")[width:]
    order = ORDERS[key_type].to_bytes(width, "big")
    for twisted in (bytes(width) + s, r + bytes(width), order + s, r + order):
        with pytest.raises(SignatureMismatch):
            verify_signature(signer.public_key, b"x", twisted)


@every_type
def test_both_text_forms_read_back(key_type):
    for _ in range(20):
        key = generate_signer(key_type).public_key
        assert PublicKey.from_multikey(key.to_multikey()) == key
        assert PublicKey.from_jwk(key.to_jwk()) == key


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_a_key_or_malformed(raw):
    for key_type in KeyType:
        try:
            key = PublicKey(key_type, raw)
        except MalformedKey:
            continue
        assert PublicKey.from_multikey(key.to_multikey()) == key
        if key_type is not KeyType.ED25519:
            assert PublicKey.from_jwk(key.to_jwk()) == key


def ours_takes(raw):
    try:
        PublicKey(KeyType.P256, raw)
    except MalformedKey:
        return False
    return True


def library_takes(raw):
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return True


@given(st.sampled_from([b"\x02", b"\x03"]), st.binary(min_size=32, max_size=32))
def test_points_agree_with_the_library(sign, x):
    assert ours_takes(sign + x) == library_takes(sign + x)


class Fake:
    """A host's backend that knows one signature."""

    def verify(self, key, data, signature):
        return signature == hashlib.sha512(data).digest()

    def generate(self, key_type):
        raise NotImplementedError

    def load(self, key_type, secret):
        raise NotImplementedError


@pytest.mark.usefixtures("native")
def test_a_host_brings_its_own_cryptography():
    key = generate_signer().public_key
    use_backend(Fake())
    verify_signature(key, b"x", hashlib.sha512(b"x").digest())
    with pytest.raises(SignatureMismatch):
        verify_signature(key, b"y", hashlib.sha512(b"x").digest())


@pytest.mark.usefixtures("native")
def test_without_cryptography_nothing_is_good(monkeypatch):
    signer = generate_signer()
    use_backend(None)
    real = builtins.__import__

    def refuse(name, *rest):
        if name.startswith("passport.keys.native"):
            raise ImportError
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(NoCryptography):
        verify_signature(signer.public_key, b"x", signer.sign(b"x"))
    with pytest.raises(NoCryptography):
        generate_signer()

"""A44: a private key shows in no repr, no error, no log line and no traceback of ours."""

import traceback

import pytest

from passport.errors import PassportError
from passport.keys import KeyType, generate_signer, load_signer


def forms(secret):
    """How a secret could show: as bytes, in hexadecimal, as a number, in base64url."""
    from passport.encoding import base58_encode, base64url_encode

    return {
        repr(secret)[2:-1],
        secret.hex(),
        secret.hex().upper(),
        str(int.from_bytes(secret, "big")),
        base64url_encode(secret),
        base58_encode(secret),
    }


@pytest.mark.parametrize("key_type", KeyType)
def test_a_signer_never_shows_its_secret(key_type):
    signer = generate_signer(key_type)
    for text in (repr(signer), str(signer), f"{signer}", f"{[signer]}", repr({"signer": signer})):
        assert not any(form in text for form in forms(signer.secret))


@pytest.mark.parametrize("key_type", KeyType)
def test_a_refused_secret_is_not_in_the_error(key_type):
    secret = b"\xff" * 48 + b"top secret of 16"
    with pytest.raises(PassportError) as refusal:
        load_signer(key_type, secret)
    error = refusal.value
    text = "".join(traceback.format_exception(error)) + repr(error) + str(error)
    assert not any(form in text for form in forms(secret))


def test_a_scalar_beyond_the_order_is_not_in_the_error():
    secret = b"\xff" * 32
    with pytest.raises(PassportError) as refusal:
        load_signer(KeyType.P256, secret)
    assert refusal.value.__suppress_context__
    assert not any(form in str(refusal.value) for form in forms(secret))

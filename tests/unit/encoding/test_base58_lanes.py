"""Base58 by lanes says what base58 digit by digit says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passport.encoding import base58_decode, base58_encode
from passport.errors import MalformedEncoding

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def digit_by_digit(text):
    number = 0
    for character in text:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


@given(st.text(ALPHABET, max_size=128) | st.text("1z", max_size=128))
@example("z" * 128)
@example("1" * 128)
@example("")
def test_every_text_of_a_key_or_signature(text):
    assert base58_decode(text) == digit_by_digit(text)
    assert base58_encode(digit_by_digit(text)) == text


@pytest.mark.parametrize("length", [129, 255, 256, 257, 1000])
def test_longer_texts_where_they_are_allowed(length):
    text = ("2z" * length)[:length]
    assert base58_decode(text, length) == digit_by_digit(text)
    assert base58_encode(digit_by_digit(text)) == text


@pytest.mark.parametrize("place", [0, 1, 7, 8, 40, 87])
@pytest.mark.parametrize("wrong", ["0", "O", "I", "l", "\x00", "\x7f", "é", "１"])
def test_a_character_outside_the_alphabet_is_seen_everywhere(place, wrong):
    text = "z" * 88
    with pytest.raises(MalformedEncoding):
        base58_decode(text[:place] + wrong + text[place + 1 :])

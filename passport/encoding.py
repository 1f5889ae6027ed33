"""Text forms of bytes: base64url, base58btc, base45, multibase, multihash. One text for one value.

Every decoder refuses what its encoder would not have written, so that two texts never mean one value.
"""

import base64
import binascii
import hashlib
import hmac
import struct

from passport import limits
from passport.errors import DigestMismatch, EncodingTooLong, MalformedEncoding, UnsupportedDigest

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_PAIRS = [first + second for first in _BASE58 for second in _BASE58]
_NO_DIGIT = 255
_BASE58_DIGITS = bytes(_BASE58.find(chr(byte)) % 256 for byte in range(256))
"""For `bytes.translate`: the value of every character, _NO_DIGIT where there is none."""
_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE45_INDEX = {character: value for value, character in enumerate(_BASE45)}
_SHA2_256 = bytes((0x12, 0x20))
_SHA2_384 = bytes((0x20, 0x30))


def base64url_encode(data: bytes) -> str:
    """RFC 4648 section 5, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base64url_decode(text: str, most: int = limits.BASE64URL_LENGTH) -> bytes:
    """Raises MalformedEncoding or EncodingTooLong."""
    if len(text) > most:
        raise EncodingTooLong(limit=most)
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        raise MalformedEncoding from None
    if base64url_encode(data) != text:
        raise MalformedEncoding
    return data


def base58_encode(data: bytes) -> str:
    """Ten digits at a time: dividing the long number is what costs."""
    number = int.from_bytes(data, "big")
    text = ""
    while number:
        number, chunk = divmod(number, 58**10)
        upper, low = divmod(chunk, 58**4)
        high, middle = divmod(upper, 58**4)
        text = (
            f"{_BASE58_PAIRS[high]}{_BASE58_PAIRS[middle // 3364]}{_BASE58_PAIRS[middle % 3364]}"
            f"{_BASE58_PAIRS[low // 3364]}{_BASE58_PAIRS[low % 3364]}{text}"
        )
    zeros = len(data) - len(data.lstrip(b"\x00"))
    return "1" * zeros + text.lstrip("1")


def base58_decode(text: str, most: int = limits.BASE58_LENGTH) -> bytes:
    """Base58 with Bitcoin's alphabet; raises MalformedEncoding or EncodingTooLong."""
    if len(text) > most:
        raise EncodingTooLong(limit=most)
    try:
        digits = text.encode("ascii").translate(_BASE58_DIGITS)
    except UnicodeEncodeError:
        raise MalformedEncoding from None
    if _NO_DIGIT in digits:
        raise MalformedEncoding
    number = _base58_number(digits[:_LANES])
    for start in range(_LANES, len(digits), _LANES):
        block = digits[start : start + _LANES]
        number = number * 58 ** len(block) + _base58_number(block)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


_LANES = 128
_BYTES, _PAIRS, _FOURS = (
    sum((256**width - 1) << 16 * width * lane for lane in range(_LANES // 2 // width)) for width in (1, 2, 4)
)
"""Every second byte, pair of bytes, four bytes."""
_EIGHTS = [struct.Struct(f">{count}Q") for count in range(_LANES // 8 + 1)]


def _base58_number(digits: bytes) -> int:
    """What at most 128 digits say, one in each byte of a number: neighbours are added up all at once.

    Two digits need less than two bytes, four less than four, eight less than eight: nothing runs over.
    """
    number = int.from_bytes(digits, "big")
    number = (number & _BYTES) + 58 * (number >> 8 & _BYTES)
    number = (number & _PAIRS) + 58**2 * (number >> 16 & _PAIRS)
    number = (number & _FOURS) + 58**4 * (number >> 32 & _FOURS)
    eights = _EIGHTS[(len(digits) + 7) // 8]
    said = 0
    for eight in eights.unpack(number.to_bytes(eights.size, "big")):
        said = said * 58**8 + eight
    return said


def base45_encode(data: bytes) -> str:
    """RFC 9285: the alphabet of a QR code's alphanumeric mode."""
    written = []
    for start in range(0, len(data) - 1, 2):
        number = data[start] * 256 + data[start + 1]
        written.append(_BASE45[number % 45] + _BASE45[number // 45 % 45] + _BASE45[number // 2025])
    if len(data) % 2:
        written.append(_BASE45[data[-1] % 45] + _BASE45[data[-1] // 45])
    return "".join(written)


def base45_decode(text: str, most: int = limits.BASE64URL_LENGTH) -> bytes:
    """Raises MalformedEncoding or EncodingTooLong."""
    if len(text) > most:
        raise EncodingTooLong(limit=most)
    if len(text) % 3 == 1:
        raise MalformedEncoding
    data = bytearray()
    for start in range(0, len(text), 3):
        digits = [_BASE45_INDEX.get(character, -1) for character in text[start : start + 3]]
        if -1 in digits:
            raise MalformedEncoding
        number = sum(digit * 45**place for place, digit in enumerate(digits))
        width = len(digits) - 1
        if number >= 256**width:
            raise MalformedEncoding
        data += number.to_bytes(width, "big")
    return bytes(data)


def multibase_encode(data: bytes, base: str = "z") -> str:
    """Multibase with `z` (base58btc) or `u` (base64url without padding); Controlled Identifiers 1.0, 2.4."""
    if base == "z":
        return "z" + base58_encode(data)
    if base == "u":
        return "u" + base64url_encode(data)
    raise MalformedEncoding


def multibase_decode(text: str) -> bytes:
    """Raises MalformedEncoding for any base but `z` and `u`."""
    if text[:1] == "z":
        return base58_decode(text[1:])
    if text[:1] == "u":
        return base64url_decode(text[1:])
    raise MalformedEncoding


def digest_multibase(data: bytes) -> str:
    """The VC 2.0 `digestMultibase` of some bytes: multibase `u` of the SHA-256 multihash."""
    return multibase_encode(_SHA2_256 + hashlib.sha256(data).digest(), "u")


def check_digest_multibase(data: bytes, digest: str) -> None:
    """Compare bytes with a `digestMultibase` (VC Data Model 2.0, section 5.3).

    Raises:
        DigestMismatch: the bytes are not what was digested.
        UnsupportedDigest: neither SHA-256 nor SHA-384.
    """
    multihash = multibase_decode(digest)
    if multihash[:2] == _SHA2_256:
        found = _SHA2_256 + hashlib.sha256(data).digest()
    elif multihash[:2] == _SHA2_384:
        found = _SHA2_384 + hashlib.sha384(data).digest()
    else:
        raise UnsupportedDigest
    if not hmac.compare_digest(found, multihash):
        raise DigestMismatch

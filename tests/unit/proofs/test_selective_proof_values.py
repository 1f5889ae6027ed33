"""The two proof values of ecdsa-sd-2023: what each component must be."""

import pytest

from passport import limits
from passport.encoding import base64url_encode
from passport.errors.proofs import MalformedProofValue, TooManyStatements
from passport.keys import KeyType, load_signer
from passport.proofs.ecdsa_sd import cbor
from passport.proofs.ecdsa_sd.values import BASE_START, BaseProof, DerivedProof, decode, multikey

KEY = load_signer(KeyType.P256, bytes(31) + b"\x01").public_key
BASE = [bytes(64), multikey(KEY), bytes(32), [bytes(64)], ["/issuer"]]
DERIVED = [bytes(64), multikey(KEY), [bytes(64)], {0: bytes(32), 1: b"\x01" * 32}, [0, 2]]
HEADERS = {"base": b"\xd9\x5d\x00", "derived": b"\xd9\x5d\x01"}
COMPONENTS = {"base": BASE, "derived": DERIVED}


def written(kind, components, header=None):
    return "u" + base64url_encode((header or HEADERS[kind]) + cbor.encode(components))


def test_what_is_written_is_read():
    base, derived = (decode(written(kind, COMPONENTS[kind])) for kind in COMPONENTS)
    assert base == BaseProof(bytes(64), KEY, bytes(32), (bytes(64),), ("/issuer",))
    assert derived == DerivedProof(bytes(64), KEY, (bytes(64),), DERIVED[3], (0, 2))
    assert base.encode() == written("base", BASE)
    assert derived.encode() == written("derived", DERIVED)
    assert base.encode().startswith(BASE_START)
    assert "hmac" not in repr(base)


WRONG = [
    *((kind, 0, value) for kind in COMPONENTS for value in (bytes(63), bytes(65), b"", 0, "x" * 64, [])),
    *((kind, 1, value) for kind in COMPONENTS for value in (bytes(35), multikey(KEY)[:-1], multikey(KEY) + b"x", 7)),
    *((kind, 1, b"\x80\x24" + start + KEY.raw[1:]) for kind in COMPONENTS for start in (b"\x00", b"\x04", b"\x05")),
    ("base", 2, bytes(31)),
    ("base", 2, bytes(33)),
    ("base", 2, "x" * 32),
    *((kind, place, value) for kind, place in (("base", 3), ("derived", 2)) for value in (b"", {}, 0, [bytes(63)], [0], ["x"], [[]])),
    *(("base", 4, value) for value in ("", {}, 0, [0], [b"/issuer"], [[]])),
    *(("derived", 3, value) for value in ([], b"", 0, {0: bytes(31)}, {0: "x"}, {0: 1}, {0: bytes(32), 1: bytes(32)})),
    *(("derived", 4, value) for value in ({}, b"", 0, ["0"], [b"\x00"], [[]], [1, 0], [0, 0])),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "place", "value"), WRONG, ids=range(len(WRONG)))
def test_a_component_of_the_wrong_form(kind, place, value):
    components = [*COMPONENTS[kind][:place], value, *COMPONENTS[kind][place + 1 :]]
    with pytest.raises(MalformedProofValue):
        decode(written(kind, components))


@pytest.mark.parametrize("kind", COMPONENTS)
def test_neither_more_nor_fewer_components(kind):
    for components in (COMPONENTS[kind][:-1], [*COMPONENTS[kind], 0], [], {0: bytes(64)}, 0, "x", bytes(64)):
        with pytest.raises(MalformedProofValue):
            decode(written(kind, components))


@pytest.mark.parametrize(
    "header",
    [b"\xd9\x5d\x02", b"\xd9\x5d\x03", b"\xd9\x5c\x00", b"\xda\x5d\x00", b"\xd9\x00\x5d", b"\xd8\x40", b"\xd9"],
)  # fmt: skip
def test_another_header(header):
    """bbs-2023 has 5d 02 and on."""
    with pytest.raises(MalformedProofValue):
        decode(written("base", BASE, header))


@pytest.mark.parametrize(
    "value", ["", "u", "u2V0A", "u2V0B", "z2V0A", "2V0A", "u2V0Ahg==", "u2V0A\n", "U2V0A", "u🙂"]
)
def test_another_text(value):
    with pytest.raises(MalformedProofValue):
        decode(value)


def test_bytes_in_a_tag_are_refused():
    """Section 3.5.2: no tags on components. Some encoders put bytes into tag 64."""
    body = cbor.encode(BASE).replace(b"\x58\x40", b"\xd8\x40\x58\x40")
    with pytest.raises(MalformedProofValue):
        decode("u" + base64url_encode(HEADERS["base"] + body))


@pytest.mark.parametrize(("kind", "place"), [("base", 3), ("derived", 2)])
def test_the_number_of_signatures(kind, place):
    most = limits.SELECTIVE.statements
    for count in (most, most + 1):
        components = list(COMPONENTS[kind])
        components[place] = [bytes(64)] * count
        if count == most:
            assert len(decode(written(kind, components)).signatures) == most
        else:
            with pytest.raises(TooManyStatements):
                decode(written(kind, components))

"""Encrypted tokens: RFC 7518's own example, both ways, and everything that is refused."""

import json

import pytest

from passport import limits
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import DecryptionFailed, MalformedKey
from passport.errors.jose import (
    CriticalHeader,
    EncryptionRefused,
    KeyInHeader,
    MalformedEncryptedToken,
    TokenTooLarge,
)
from passport.jose import jwe
from passport.keys import PublicKey, generate_agreement_key, load_agreement_key

ALICE = {
    "kty": "EC",
    "crv": "P-256",
    "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
    "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
}
ALICE_SECRET = "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"
BOB = {
    "kty": "EC",
    "crv": "P-256",
    "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
    "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",
}
BOB_SECRET = "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"
"""RFC 7518, appendix C."""


def own_key():
    return load_agreement_key(base64url_decode(BOB_SECRET))


def sealed(enc="A128GCM", plaintext=b"an answer", **header):
    return jwe.encrypt(plaintext, recipient=BOB, enc=enc, header=header)


def with_header(token, **changed):
    """The token with another header, which no key agrees on: what is refused before that shows."""
    first, rest = token.split(".", 1)
    header = {**json.loads(base64url_decode(first)), **changed}
    kept = {name: value for name, value in header.items() if value is not None}
    return f"{base64url_encode(json.dumps(kept).encode())}.{rest}"


def test_the_key_agreed_on_is_that_of_rfc_7518_appendix_c():
    header = {"apu": "QWxpY2U", "apv": "Qm9i"}
    for secret, other in ((ALICE_SECRET, BOB), (BOB_SECRET, ALICE)):
        shared = load_agreement_key(base64url_decode(secret)).agree(PublicKey.from_agreement_jwk(other))
        assert base64url_encode(jwe.derive_key(shared, header, "A128GCM")) == "VqqN6vgjbSBcIijNcacQGg"


@pytest.mark.parametrize("enc", ["A128GCM", "A256GCM"])
@pytest.mark.parametrize("plaintext", [b"", b"{}", bytes(range(256)) * 100])
def test_what_was_encrypted_is_decrypted(enc, plaintext):
    token = sealed(enc, plaintext, typ="oauth", apv=base64url_encode(b"nonce"))
    assert jwe.decrypt(token, key=own_key()) == plaintext
    assert jwe.parse(token).header["typ"] == "oauth"


def test_every_message_has_a_new_key_and_nonce():
    first, second = jwe.parse(sealed()), jwe.parse(sealed())
    assert first.sender != second.sender
    assert first.nonce != second.nonce


def test_the_recipients_kid_is_named_and_never_another():
    token = jwe.encrypt(
        b"", recipient={**BOB, "kid": "request-1", "use": "enc"}, enc="A128GCM", header={"kid": "x"}
    )
    assert jwe.parse(token).kid == "request-1"
    assert jwe.parse(sealed(kid="x")).kid is None


def test_a_key_pair_is_made_and_loaded_again_and_never_printed():
    key = generate_agreement_key()
    token = jwe.encrypt(b"x", recipient=key.public_key.to_jwk(), enc="A256GCM", header={})
    assert jwe.decrypt(token, key=load_agreement_key(key.secret)) == b"x"
    assert str(key.secret) not in repr(key)
    assert "secret" not in repr(key)


@pytest.mark.parametrize("secret", [b"", b"\x00" * 32, b"\xff" * 32, b"\x01" * 33])
def test_no_other_scalar_is_loaded(secret):
    with pytest.raises(MalformedKey):
        load_agreement_key(secret)


def test_another_key_opens_nothing():
    with pytest.raises(DecryptionFailed):
        jwe.decrypt(sealed(), key=generate_agreement_key())


def test_attack_tampered_part_by_part():
    """Every segment, a bit at its beginning and at its end."""
    token = sealed()
    for place in (0, 2, 3, 4):
        segments = token.split(".")
        data = base64url_decode(segments[place])
        for at in (0, len(data) - 1):
            changed = bytes([*data[:at], data[at] ^ 1, *data[at + 1 :]])
            broken = [*segments[:place], base64url_encode(changed), *segments[place + 1 :]]
            with pytest.raises((DecryptionFailed, MalformedEncryptedToken)):
                jwe.decrypt(".".join(broken), key=own_key())


def test_attack_header_member_added_afterwards():
    with pytest.raises(DecryptionFailed):
        jwe.decrypt(with_header(sealed(), cty="text"), key=own_key())


@pytest.mark.parametrize(
    "algorithm",
    [
        None,
        "none",
        "dir",
        "RSA1_5",
        "RSA-OAEP",
        "RSA-OAEP-256",
        "A128KW",
        "ECDH-ES+A128KW",
        "PBES2-HS256+A128KW",
        1,
        ["ECDH-ES"],
    ],
)
def test_attack_another_alg(algorithm):
    with pytest.raises(EncryptionRefused):
        jwe.parse(with_header(sealed(), alg=algorithm))


@pytest.mark.parametrize("enc", [None, "A192GCM", "A128CBC-HS256", "none", "a128gcm", {"A128GCM": 1}])
def test_attack_another_enc(enc):
    with pytest.raises(EncryptionRefused):
        jwe.parse(with_header(sealed(), enc=enc))


def test_attack_enc_that_was_not_offered():
    with pytest.raises(EncryptionRefused):
        jwe.decrypt(sealed("A128GCM"), key=own_key(), allowed_enc=["A256GCM"])


def test_attack_compressed():
    with pytest.raises(EncryptionRefused):
        jwe.parse(with_header(sealed(), zip="DEF"))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"crit": ["exp"]}, CriticalHeader),
        ({"jwk": BOB}, KeyInHeader),
        ({"jku": "https://example.org/keys"}, KeyInHeader),
        ({"x5u": "https://example.org/cert"}, KeyInHeader),
        ({"x5c": []}, KeyInHeader),
        ({"epk": None}, MalformedEncryptedToken),
        ({"epk": "key"}, MalformedEncryptedToken),
        ({"epk": {}}, MalformedKey),
        ({"apu": 1}, MalformedEncryptedToken),
        ({"apv": "QQ=="}, MalformedEncryptedToken),
    ],
)
def test_attack_header(changed, error):
    with pytest.raises(error):
        jwe.parse(with_header(sealed(), **changed))


P384 = {"kty": "EC", "crv": "P-384", "x": base64url_encode(b"\x01" * 48), "y": base64url_encode(b"\x01" * 48)}


@pytest.mark.parametrize(
    "epk",
    [
        {**ALICE, "y": BOB["y"]},
        {**ALICE, "x": base64url_encode(b"\x00" * 32), "y": base64url_encode(b"\x00" * 32)},
        {**ALICE, "x": base64url_encode(b"\xff" * 32)},
        {**ALICE, "x": base64url_encode(b"\x00" + base64url_decode(ALICE["x"]))},
        {**ALICE, "y": ALICE["y"] + "="},
        {**ALICE, "crv": "P-384"},
        {**ALICE, "d": ALICE_SECRET},
        {**ALICE, "use": "sig"},
        {**ALICE, "alg": "ECDH-ES+A128KW"},
        {**ALICE, "kty": "OKP"},
        {"kty": "OKP", "crv": "X25519", "x": base64url_encode(b"\x09" * 32)},
        {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(b"\x09" * 32)},
        {"kty": "oct", "crv": "P-256", "k": "AA"},
        P384,
    ],
)
def test_attack_invalid_curve_point_or_key_of_another_curve(epk):
    with pytest.raises(MalformedKey):
        jwe.parse(with_header(sealed(), epk=epk))
    with pytest.raises(MalformedKey):
        jwe.encrypt(b"", recipient=epk, enc="A128GCM", header={})


def test_nothing_is_encrypted_in_another_way():
    with pytest.raises(EncryptionRefused):
        sealed("A128CBC-HS256")


@pytest.mark.parametrize(
    "broken",
    [
        lambda parts: parts[:4],
        lambda parts: [*parts, ""],
        lambda parts: [parts[0], "AAAA", *parts[2:]],
        lambda parts: ["", *parts[1:]],
        lambda parts: [base64url_encode(b"[]"), *parts[1:]],
        lambda parts: [base64url_encode(b'{"alg":"ECDH-ES","alg":"ECDH-ES"}'), *parts[1:]],
        lambda parts: [*parts[:2], "AAAA", *parts[3:]],
        lambda parts: [*parts[:4], parts[4][:4]],
        lambda parts: [*parts[:3], parts[3] + "=", parts[4]],
        lambda parts: [*parts[:3], "\u00e9", parts[4]],
    ],
)
def test_attack_malformed_form(broken):
    with pytest.raises(MalformedEncryptedToken):
        jwe.parse(".".join(broken(sealed().split("."))))


def test_limit_of_the_header():
    whole = sealed(pad="")
    least = len(base64url_decode(whole.split(".")[0]))
    fits = sealed(pad="x" * (limits.JOSE_HEADER.size - least))
    assert jwe.decrypt(fits, key=own_key()) == b"an answer"
    with pytest.raises(TokenTooLarge):
        jwe.parse(sealed(pad="x" * (limits.JOSE_HEADER.size - least + 1)))
    with pytest.raises(TokenTooLarge):
        jwe.parse(sealed(pad=[0] * (limits.JOSE_HEADER.array + 1)))


def test_limit_of_the_plaintext():
    assert jwe.decrypt(sealed(plaintext=b"x" * 100), key=own_key(), most=100) == b"x" * 100
    with pytest.raises(TokenTooLarge):
        jwe.decrypt(sealed(plaintext=b"x" * 101), key=own_key(), most=100)

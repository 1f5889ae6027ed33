"""A6: DIDs and keys that mean something else to another reader, or that anybody can sign for."""

import pytest

from passport import limits
from passport.dids import (
    check_did,
    create_did_key,
    did_of,
    did_web_url,
    key_method_id,
    resolve_did,
    split_method_id,
)
from passport.dids.did_jwk import create_did_jwk, resolve_did_jwk
from passport.dids.did_key import resolve_did_key
from passport.documents import DocumentCache
from passport.encoding import base58_encode, base64url_encode
from passport.errors import MalformedKey, WeakKey
from passport.errors.dids import MalformedDid, MalformedDidUrl, UnsupportedDidMethod
from passport.json import dump
from passport.keys import KeyType, PublicKey, generate_signer

ED25519 = generate_signer().public_key
P256 = generate_signer(KeyType.P256).public_key
P384 = generate_signer(KeyType.P384).public_key
PRIME = 2**255 - 19

NOT_DIDS = [
    "", "did", "did:", "did:key", "did:key:", "did::z6Mk", "DID:key:z6Mk", "Did:web:a", "did:KEY:z6Mk", "did:web:a:",
    "did:web:a::", "did:web:é.nl", "did:web:a b", "did:web:a\n", " did:web:a", "did:web:a/b", "did:web:a?b", "did:web:a#b",
    "did:web:a%", "did:web:a%2", "did:web:a%zz", "did:web:a\x00", "did:we-b:a", "did:web:a@b", "did:web:a;b", "did:web:a=b",
    "did:web:[::1]", "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "https://example.org", "did:x:" + "a" * 1019,
    "did:example:ａ", None, 5, [], b"did:web:a",
]  # fmt: skip


@pytest.mark.parametrize("did", NOT_DIDS, ids=repr)
def test_not_a_did(did):
    with pytest.raises(MalformedDid):
        check_did(did)


@pytest.mark.parametrize(
    "did", ["did:x:a", "did:example:a:b::c", "did:1:-", "did:ex:%41.B_-", "did:x::a", "did:x:" + "a" * 1018]
)
def test_a_did(did):
    assert check_did(did) == did


METHOD_IDS_REFUSED = [
    "did:x:a", "did:x:a#", "#key-1", "did:x:a?service=b#k", "did:x:a/path#k", "did:x:a?versionId=1#k", "did:x:a##k", "did:x:a#k#k",
    "did:x:a# k", "did:x:a#k\n", "did:x:a#é", "did:x:a#%", "did:x:#k", "https://example.org/keys#k", "", None, 5, "did:x:a#" + "k" * 2100,
]  # fmt: skip


@pytest.mark.parametrize("url", METHOD_IDS_REFUSED, ids=repr)
def test_not_the_id_of_a_verification_method(url):
    with pytest.raises(MalformedDidUrl):
        split_method_id(url)


def test_the_id_of_a_verification_method():
    assert split_method_id("did:x:a:b#key-1/?%20") == ("did:x:a:b", "key-1/?%20")
    assert did_of("did:x:a#k") == did_of("did:x:a") == "did:x:a"


DID_WEB_REFUSED = [
    "did:web:Example.org", "did:web:EXAMPLE.ORG", "did:web:127.0.0.1", "did:web:10.0.0.1%3A80", "did:web:2130706433",
    "did:web:0x7f000001", "did:web:0x7f.1", "did:web:0177.0.0.1", "did:web:1.2.3.4", "did:web:%5B%3A%3A1%5D",
    "did:web:example.org.", "did:web:.example.org", "did:web:a..b", "did:web:-a.org", "did:web:a-.org", "did:web:a_b.org",
    "did:web:user%40example.org", "did:web:user%3Apass%40example.org", "did:web:example.org%40evil.org",
    "did:web:example.org%2Fpath", "did:web:example.org%2fpath", "did:web:example.org%3a8080", "did:web:example.org%3A",
    "did:web:example.org%3A0", "did:web:example.org%3A080", "did:web:example.org%3A65536", "did:web:example.org%3A80%3A80",
    "did:web:example.org%3A8o", "did:web:example.org%3A-1", "did:web:example.org:..", "did:web:example.org:.", "did:web:example.org:a:..:b",
    "did:web:example.org::a", "did:web:example.org:a%2Fb", "did:web:example.org:%2E%2E", "did:web:example.org:a%20b",
    "did:web:example.org:a%3Fb", "did:web:example.org:a%23b", "did:web:example.org:a%5Cb", "did:web:example.org:%00",
    "did:web:ex%61mple.org", "did:web:example.org%00", "did:web:%65xample.org", "did:web:" + "a" * 64 + ".org",
    "did:web:" + ".".join(["a" * 60] * 4) + ".example.org", "did:web:example.1", "did:web:-", "did:web:.", "did:key:z6Mk", "did:webvh:example.org",
]  # fmt: skip


@pytest.mark.parametrize("did", DID_WEB_REFUSED)
def test_did_web_refused(did):
    with pytest.raises(MalformedDid):
        did_web_url(did)


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:example.org", "https://example.org/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:localhost%3A8001:o:school", "https://localhost:8001/o/school/did.json"),
        ("did:web:example.org%3A65535", "https://example.org:65535/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example:Path_1.x", "https://xn--bcher-kva.example/Path_1.x/did.json"),
        ("did:web:1.example", "https://1.example/.well-known/did.json"),
        ("did:web:example.org:...", "https://example.org/.../did.json"),
    ],
)
def test_did_web_address(did, url):
    assert did_web_url(did) == url


def varint_twisted(key: PublicKey, prefix: bytes) -> str:
    return "did:key:z" + base58_encode(prefix + key.raw)


def ed25519(raw: bytes) -> str:
    return "did:key:z" + base58_encode(b"\xed\x01" + raw)


DID_KEY_REFUSED = {
    "X25519": varint_twisted(ED25519, b"\xec\x01"),
    "secp256k1": varint_twisted(P256, b"\xe7\x01"),
    "P-521": varint_twisted(P384, b"\x82\x24"),
    "BLS12-381 G2": varint_twisted(ED25519, b"\xeb\x01"),
    "RSA": varint_twisted(ED25519, b"\x85\x24"),
    "Ed25519 private key": varint_twisted(ED25519, b"\x80\x26"),
    "no codec": varint_twisted(ED25519, b""),
    "one byte of the codec": varint_twisted(ED25519, b"\xed"),
    "varint of three bytes": varint_twisted(ED25519, b"\xed\x81\x00"),
    "varint of four bytes": varint_twisted(ED25519, b"\xed\x81\x80\x00"),
    "fixed-width codec": varint_twisted(ED25519, b"\x00\xed"),
    "P-256's codec on an Ed25519 key": varint_twisted(ED25519, b"\x80\x24"),
    "Ed25519's codec on a P-256 key": varint_twisted(P256, b"\xed\x01"),
    "P-384's codec on a P-256 key": varint_twisted(P256, b"\x81\x24"),
    "31 bytes": ed25519(ED25519.raw[:-1]),
    "33 bytes": ed25519(ED25519.raw + b"\x00"),
    "no key": ed25519(b""),
    "twice": ed25519(ED25519.raw * 2),
    "P-256 uncompressed": "did:key:z" + base58_encode(b"\x80\x24\x04" + P256.raw[1:] * 2),
    "P-256 without its sign": "did:key:z" + base58_encode(b"\x80\x24" + P256.raw[1:]),
    "P-256 with sign byte 04": "did:key:z" + base58_encode(b"\x80\x24\x04" + P256.raw[1:]),
    "P-256 not on the curve": "did:key:z" + base58_encode(b"\x80\x24\x02" + (1).to_bytes(32, "big")),
    "P-256 x beyond the prime": "did:key:z" + base58_encode(b"\x80\x24\x02" + b"\xff" * 32),
    "P-256 at infinity": "did:key:z" + base58_encode(b"\x80\x24" + b"\x00" * 33),
    "P-384 x beyond the prime": "did:key:z" + base58_encode(b"\x81\x24\x03" + b"\xff" * 48),
    "another base, u": "did:key:u" + base64url_encode(b"\xed\x01" + ED25519.raw),
    "another base, f": "did:key:f" + (b"\xed\x01" + ED25519.raw).hex(),
    "capital Z": "did:key:Z" + base58_encode(b"\xed\x01" + ED25519.raw),
    "no multibase": "did:key:" + base58_encode(b"\xed\x01" + ED25519.raw),
    "leading one": "did:key:z1" + base58_encode(b"\xed\x01" + ED25519.raw),
    "not base58": "did:key:z6MkO0Il",
    "z alone": "did:key:z",
    "a long one": "did:key:z" + "2" * 1000,
    "with a version": "did:key:1.1:" + ED25519.to_multikey(),
    "another method": "did:web:example.org",
    "with another key behind": create_did_key(ED25519) + ":" + ED25519.to_multikey(),
    "y = p": ed25519(PRIME.to_bytes(32, "little")),
    "y = p + 1": ed25519((PRIME + 1).to_bytes(32, "little")),
    "y = p + 1, signed": ed25519((PRIME + 1 + 2**255).to_bytes(32, "little")),
    "y = p, signed": ed25519((PRIME + 2**255).to_bytes(32, "little")),
    "y = 2^255 - 1": ed25519((2**255 - 1).to_bytes(32, "little")),
    "y = 2^255 - 1, signed": ed25519(b"\xff" * 32),
}  # fmt: skip


@pytest.mark.parametrize("name", DID_KEY_REFUSED)
def test_did_key_refused(name):
    with pytest.raises((MalformedKey, MalformedDid)):
        resolve_did_key(DID_KEY_REFUSED[name])


LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


@pytest.mark.parametrize("raw", LOW_ORDER)
def test_a_key_that_anybody_can_sign_for_is_refused_in_every_form(raw):
    data = bytes.fromhex(raw)
    with pytest.raises(WeakKey):
        resolve_did_key(ed25519(data))
    with pytest.raises(WeakKey):
        PublicKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(data)})


JWK = P256.to_jwk()
DID_JWK_REFUSED = {
    "not base64url": "did:jwk:e30=",
    "padding bits": "did:jwk:e31",
    "no JSON": "did:jwk:" + base64url_encode(b"{"),
    "an array": "did:jwk:" + base64url_encode(b"[]"),
    "an empty object": "did:jwk:" + base64url_encode(b"{}"),
    "a key twice": "did:jwk:" + base64url_encode(b'{"kty":"OKP","kty":"OKP"}'),
    "a private key": "did:jwk:" + base64url_encode(dump({**JWK, "d": "AAAA"})),
    "for encryption": "did:jwk:" + base64url_encode(dump({**JWK, "use": "enc"})),
    "use null": "did:jwk:" + base64url_encode(dump({**JWK, "use": None})),
    "another algorithm": "did:jwk:" + base64url_encode(dump({**JWK, "alg": "ES384"})),
    "algorithm none": "did:jwk:" + base64url_encode(dump({**JWK, "alg": "none"})),
    "algorithm a list": "did:jwk:" + base64url_encode(dump({**JWK, "alg": ["ES256"]})),
    "operation sign": "did:jwk:" + base64url_encode(dump({**JWK, "key_ops": ["sign"]})),
    "operations a string": "did:jwk:" + base64url_encode(dump({**JWK, "key_ops": "verify"})),
    "X25519": "did:jwk:"
    + base64url_encode(dump({"kty": "OKP", "crv": "X25519", "x": base64url_encode(b"\x09" * 32)})),
    "symmetric": "did:jwk:" + base64url_encode(dump({"kty": "oct", "k": "AAAA"})),
    "RSA": "did:jwk:" + base64url_encode(dump({"kty": "RSA", "n": "AAAA", "e": "AQAB"})),
    "secp256k1": "did:jwk:" + base64url_encode(dump({**JWK, "crv": "secp256k1"})),
    "curve of another size": "did:jwk:" + base64url_encode(dump({**JWK, "crv": "P-384"})),
    "curve a list": "did:jwk:" + base64url_encode(dump({**JWK, "crv": ["P-256"]})),
    "no y": "did:jwk:" + base64url_encode(dump({k: v for k, v in JWK.items() if k != "y"})),
    "y of another point": "did:jwk:" + base64url_encode(dump({**JWK, "y": JWK["x"]})),
    "x not a string": "did:jwk:" + base64url_encode(dump({**JWK, "x": 5})),
    "x a list": "did:jwk:" + base64url_encode(dump({**JWK, "x": ["A"]})),
    "x null": "did:jwk:" + base64url_encode(dump({**JWK, "x": None})),
    "x short": "did:jwk:" + base64url_encode(dump({**JWK, "x": "AAAA"})),
    "x padded": "did:jwk:" + base64url_encode(dump({**JWK, "x": JWK["x"] + "="})),
    "another method": "did:key:abc",
}


@pytest.mark.parametrize("name", DID_JWK_REFUSED)
def test_did_jwk_refused(name):
    with pytest.raises((MalformedKey, MalformedDid)):
        resolve_did_jwk(DID_JWK_REFUSED[name])


@pytest.mark.parametrize("key", [ED25519, P256, P384], ids=lambda key: key.type)
def test_honest_keys_resolve(key):
    documents = DocumentCache()
    did = create_did_key(key)
    assert resolve_did(did, documents).method(key_method_id(did), "assertionMethod").public_key == key
    did = create_did_jwk(key)
    assert resolve_did(did, documents).method(f"{did}#0", "authentication").public_key == key
    labelled = {
        **key.to_jwk(),
        "use": "sig",
        "key_ops": ["verify"],
        "kid": "1",
        "alg": {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384"}[key.type],
    }
    did = "did:jwk:" + base64url_encode(dump(labelled))
    assert resolve_did(did, documents).method(f"{did}#0", "authentication").public_key == key
    assert documents.wanted == set()


@pytest.mark.parametrize(
    "did", ["did:example:a", "did:webvh:x:example.org", "did:ion:a", "did:peer:2.x", "did:ebsi:z"]
)
def test_an_unknown_method_cannot_be_told(did):
    with pytest.raises(UnsupportedDidMethod):
        resolve_did(did, DocumentCache())


@pytest.mark.parametrize("resolve", [resolve_did_key, resolve_did_jwk])
def test_another_method_is_no_matter_of_its_key(resolve):
    with pytest.raises(MalformedDid):
        resolve("did:web:example.org")


def test_lengths_at_their_limits():
    did = "did:x:" + "a" * (limits.DID_LENGTH - len("did:x:"))
    longest = f"{did}#{'k' * (limits.DID_LENGTH - 1)}"
    assert split_method_id(longest)[0] == check_did(did) == did
    with pytest.raises(MalformedDidUrl):
        split_method_id(f"{longest}k")
    with pytest.raises(MalformedDid):
        check_did(f"{did}a")
    host = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])
    assert did_web_url(f"did:web:{host}") == f"https://{host}/.well-known/did.json"
    with pytest.raises(MalformedDid):
        did_web_url(f"did:web:{host}d")

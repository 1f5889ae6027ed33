"""The proof of a holder's key (OpenID4VCI 1.0, appendix F.1; attacks A16 and A18)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from passport.dids import create_did_jwk, create_did_key, jwk_method_id, key_method_id
from passport.encoding import base64url_decode, base64url_encode
from passport.errors.openid4vc import InvalidKeyProof
from passport.keys import KeyType, generate_signer
from passport.openid4vc import check_key_proof, create_key_proof

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ISSUER = "https://school.example/o/school"
SIGNER = generate_signer()
HOLDER = create_did_key(SIGNER.public_key)
KID = key_method_id(HOLDER)


def proof(**changes):
    arguments = {
        "verification_method": KID,
        "audience": ISSUER,
        "nonce": "nonce-1",
        "issued_at": NOW,
    } | changes
    return create_key_proof(SIGNER, **arguments)


def forge(header=None, claims=None, *, signer=SIGNER, drop=()):
    """A JWT with members changed, signed all the same."""
    parts = proof().split(".")
    head = json.loads(base64url_decode(parts[0])) | (header or {})
    body = json.loads(base64url_decode(parts[1])) | (claims or {})
    for name in drop:
        head.pop(name, None)
        body.pop(name, None)
    signed = ".".join(base64url_encode(json.dumps(part).encode()) for part in (head, body))
    return f"{signed}.{base64url_encode(signer.sign(signed.encode()))}"


def check(token, **changes):
    return check_key_proof(token, **({"expected_audience": ISSUER, "now": NOW} | changes))


@pytest.mark.parametrize("key_type", list(KeyType))
def test_a_proof_by_any_supported_key_names_its_holder(key_type):
    signer = generate_signer(key_type)
    did = create_did_key(signer.public_key)
    token = create_key_proof(
        signer, verification_method=key_method_id(did), audience=ISSUER, nonce="n", issued_at=NOW
    )
    found = check(token)
    assert (found.holder, found.nonce, found.public_key) == (did, "n", signer.public_key)


def test_a_did_jwk_and_a_bare_jwk_name_the_same_holder():
    did = create_did_jwk(SIGNER.public_key)
    assert check(forge({"kid": jwk_method_id(did)})).holder == did
    assert check(forge({"jwk": SIGNER.public_key.to_jwk()}, drop=("kid",))).holder == did


def test_ed25519_by_its_fully_specified_name_is_taken():
    assert check(forge({"alg": "Ed25519"})).holder == HOLDER


@pytest.mark.parametrize("seconds", [-360, 60])
def test_a_clock_that_is_a_little_off_is_forgiven(seconds):
    assert check(proof(issued_at=NOW + timedelta(seconds=seconds)))


OTHER = generate_signer()
OTHER_KID = key_method_id(create_did_key(OTHER.public_key))
P256 = generate_signer(KeyType.P256)


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("wrong type", forge({"typ": "JWT"})),
        ("no type", forge(drop=("typ",))),
        ("algorithm none", forge({"alg": "none"})),
        ("algorithm nOnE", forge({"alg": "nOnE"})),
        ("algorithm HS256", forge({"alg": "HS256"})),
        ("algorithm of another key type", forge({"alg": "ES256"})),
        ("algorithm no text", forge({"alg": ["EdDSA"]})),
        ("no algorithm", forge(drop=("alg",))),
        ("another's key named", forge({"kid": OTHER_KID})),
        ("signed by another key", forge(signer=OTHER)),
        ("key that would be fetched", forge({"kid": "did:web:evil.example#key-1"})),
        ("unknown DID method", forge({"kid": "did:example:1#key-1"})),
        ("fragment alone", forge({"kid": "#" + HOLDER.removeprefix("did:key:")})),
        ("DID without fragment", forge({"kid": HOLDER})),
        ("DID URL with a query", forge({"kid": KID.replace("#", "?a=1#")})),
        ("another fragment", forge({"kid": HOLDER + "#key-1"})),
        ("no key", forge(drop=("kid",))),
        ("key no text", forge({"kid": 7})),
        ("two keys", forge({"jwk": SIGNER.public_key.to_jwk()})),
        ("jwk of another key", forge({"jwk": OTHER.public_key.to_jwk()}, drop=("kid",))),
        ("jwk with a private part", forge({"jwk": SIGNER.public_key.to_jwk() | {"d": "x"}}, drop=("kid",))),
        ("jwk no object", forge({"jwk": "x"}, drop=("kid",))),
        ("jku", forge({"jku": "https://evil.example"})),
        ("x5u", forge({"x5u": "https://evil.example"})),
        ("x5c", forge({"x5c": ["x"]})),
        ("crit", forge({"crit": ["b64"]})),
        ("crit empty", forge({"crit": []})),
        ("b64", forge({"b64": False})),
        ("another audience", forge(claims={"aud": "https://evil.example"})),
        ("audience with a slash more", forge(claims={"aud": ISSUER + "/"})),
        ("audience list", forge(claims={"aud": [ISSUER]})),
        ("no audience", forge(drop=("aud",))),
        ("an issuer, though anonymous", forge(claims={"iss": "client"})),
        ("no time", forge(drop=("iat",))),
        ("time as text", forge(claims={"iat": str(int(NOW.timestamp()))})),
        ("time as yes", forge(claims={"iat": True})),
        ("old", proof(issued_at=NOW - timedelta(seconds=361))),
        ("from the future", proof(issued_at=NOW + timedelta(seconds=61))),
        ("expired", forge(claims={"exp": int(NOW.timestamp()) - 61})),
        ("not yet valid", forge(claims={"nbf": int(NOW.timestamp()) + 61})),
        ("no nonce", forge(drop=("nonce",))),
        ("nonce empty", forge(claims={"nonce": ""})),
        ("nonce no text", forge(claims={"nonce": 1})),
        ("two segments", ".".join(proof().split(".")[:2])),
        ("four segments", proof() + ".x"),
        ("empty", ""),
        ("padding", proof() + "="),
        ("no ASCII", proof() + "é"),
        ("too long", proof() + "a" * 9000),
        ("header that is no object", base64url_encode(b"[]") + "." + proof().split(".", 1)[1]),
        (
            "header with a key twice",
            base64url_encode(b'{"alg":"none","alg":"EdDSA"}') + "." + proof().split(".", 1)[1],
        ),
        ("header of more than 16 KiB", forge({"x": "y" * 16_384})),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_wrong_proof_is_refused(name, token):
    with pytest.raises(InvalidKeyProof):
        check(token)


def test_any_changed_character_is_refused():
    token = proof()
    for place in range(0, len(token), 3):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(InvalidKeyProof):
            check(changed)


def test_an_ecdsa_key_under_an_eddsa_name_is_refused():
    did = create_did_key(P256.public_key)
    with pytest.raises(InvalidKeyProof):
        check(forge({"kid": key_method_id(did)}, signer=P256))

"""did:key against the method's test vectors (2022 formats): the key and the ids must be theirs."""

import json

import pytest

from passport.dids import create_did_key, key_method_id
from passport.dids.did_key import resolve_did_key
from passport.encoding import base58_decode
from passport.errors import MalformedKey
from passport.keys import KeyType, PublicKey


def test_ed25519_keys_and_ids(vectors):
    cases = json.loads((vectors / "did-key" / "ed25519-x25519.json").read_bytes())
    assert len(cases) >= 3
    for did, case in cases.items():
        (method,) = resolve_did_key(did).methods
        published = case["verificationKeyPair"]
        if "publicKeyBase58" in published:
            assert method.public_key.raw == base58_decode(published["publicKeyBase58"])
        else:
            assert method.public_key == PublicKey.from_jwk(published["publicKeyJwk"])
        assert method.id == key_method_id(did) == case["didDocument"]["verificationMethod"][0]["id"]
        assert method.id in case["didDocument"]["assertionMethod"]
        assert create_did_key(method.public_key) == did


def test_nist_curves(vectors):
    cases = json.loads((vectors / "did-key" / "nist-curves.json").read_bytes())
    seen = set()
    for did, case in cases.items():
        published = case["verificationMethod"]
        if "publicKeyJwk" in published and published["publicKeyJwk"]["crv"] == "P-521":
            with pytest.raises(MalformedKey):
                resolve_did_key(did)
            continue
        (method,) = resolve_did_key(did).methods
        if "publicKeyJwk" in published:
            assert method.public_key.to_jwk() == published["publicKeyJwk"]
        assert method.id == case["didDocument"]["verificationMethod"][0]["id"]
        assert create_did_key(method.public_key) == did
        seen.add(method.public_key.type)
    assert seen == {KeyType.P256, KeyType.P384}

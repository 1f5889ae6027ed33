"""Project Wycheproof's ECDSA signatures in IEEE P1363 form, P-256 and P-384."""

import json

import pytest

from passport.errors import SignatureMismatch
from passport.keys import KeyType, PublicKey, verify_signature

FILES = {
    KeyType.P256: "ecdsa_secp256r1_sha256_p1363_test.json",
    KeyType.P384: "ecdsa_secp384r1_sha384_p1363_test.json",
}


@pytest.mark.parametrize("key_type", FILES)
def test_every_verdict_is_wycheproofs(vectors, key_type):
    suite = json.loads((vectors / "wycheproof" / FILES[key_type]).read_bytes())
    checked = 0
    for group in suite["testGroups"]:
        point = bytes.fromhex(group["publicKey"]["uncompressed"])
        width = len(point) // 2
        key = PublicKey(key_type, bytes([2 + (point[-1] & 1)]) + point[1 : 1 + width])
        if "publicKeyJwk" in group:
            assert PublicKey.from_jwk(group["publicKeyJwk"]) == key
        for case in group["tests"]:
            try:
                verify_signature(key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
                verdict = "valid"
            except SignatureMismatch:
                verdict = "invalid"
            assert verdict == case["result"], case["tcId"]
            checked += 1
    assert checked == suite["numberOfTests"]

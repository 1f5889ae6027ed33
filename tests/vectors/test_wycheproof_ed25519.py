"""Project Wycheproof's Ed25519 signatures."""

import json

from passport.errors import SignatureMismatch
from passport.keys import KeyType, PublicKey, verify_signature


def test_every_verdict_is_wycheproofs(vectors):
    suite = json.loads((vectors / "wycheproof" / "ed25519_test.json").read_bytes())
    checked = 0
    for group in suite["testGroups"]:
        key = PublicKey(KeyType.ED25519, bytes.fromhex(group["publicKey"]["pk"]))
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

"""Project Wycheproof's JSON Web Signatures and JSON Web Keys.

Every token that must be refused is refused. Of the valid ones those are accepted whose algorithm we have: ES256
(the files have no EdDSA and no ES384). RSA and HMAC are left out: docs/conformance.md.
"""

import json
from collections import Counter

import pytest

from passport.errors import MalformedKey, PassportError
from passport.errors.jose import AlgorithmRefused, UnsupportedAlgorithm
from passport.jose import jws
from passport.keys import PublicKey

OURS = frozenset(jws.ALGORITHM.values())


def cases(vectors, name):
    suite = json.loads((vectors / "wycheproof" / name).read_bytes())
    for group in suite["testGroups"]:
        shown = group.get("public") or group["private"]
        keys = shown.get("keys", [shown])
        for case in group["tests"]:
            yield case, keys


def named(keys, kid):
    """The one key of that name; two of one name are none (RFC 7517, section 4.5)."""
    found = [key for key in keys if key.get("kid") == kid]
    if len(found) != 1:
        raise MalformedKey
    return PublicKey.from_jwk(found[0])


def judge(case, keys):
    token = case["jws"] if isinstance(case["jws"], str) else json.dumps(case["jws"])
    parsed = jws.parse(token)
    jws.verify(parsed, named(keys, parsed.header.get("kid")))


@pytest.mark.parametrize(
    ("name", "accepted", "left_out", "refused"),
    [
        ("json_web_signature_test.json", 2, 44, 355),
        ("json_web_key_test.json", 0, 5, 21),
    ],
)
def test_what_is_invalid_is_refused_and_what_we_can_check_is_accepted(
    vectors, name, accepted, left_out, refused
):
    counted = Counter()
    for case, keys in cases(vectors, name):
        try:
            judge(case, keys)
        except PassportError as error:
            if case["result"] == "invalid":
                counted["refused"] += 1
                continue
            counted["left out" if is_left_out(error, case, keys) else "wrong"] += 1
        else:
            assert case["result"] == "valid", case["tcId"]
            counted["accepted"] += 1
    assert counted == Counter({"accepted": accepted, "left out": left_out, "refused": refused})


def is_left_out(error, case, keys):
    """Some valid cases of other algorithms have an empty payload, or a character that no decoder should take."""
    usual = all(case["jws"].split(".")) and "?" not in case["jws"]
    because = isinstance(error, UnsupportedAlgorithm | AlgorithmRefused) or not usual
    return because and keys[0].get("alg") not in OURS


def test_a_key_set_with_a_name_twice_names_nothing():
    key = {"kty": "OKP", "kid": "one", "crv": "Ed25519", "x": "NvUhsjZe7Mdv8Esoc60o3ma1U5j2tFUTDsOQd39xMnI"}
    with pytest.raises(MalformedKey):
        named([key, key], "one")
    assert named([key], "one").to_jwk()["x"] == key["x"]

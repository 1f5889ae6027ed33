"""914 Ed25519 edge cases (C2SP CCTV): which we take is pinned, so that a library's change shows.

Libraries differ here. libsodium takes 43 of them; the key checks of `PublicKey` come on top of that.
"""

import json

from passport.errors import MalformedKey, SignatureMismatch, WeakKey
from passport.keys import KeyType, PublicKey, verify_signature
from passport.keys.native import NativeBackend


def verdict(case) -> str:
    try:
        key = PublicKey(KeyType.ED25519, bytes.fromhex(case["key"]))
        verify_signature(key, case["msg"].encode(), bytes.fromhex(case["sig"]))
    except WeakKey:
        return "weak key"
    except MalformedKey:
        return "malformed key"
    except SignatureMismatch:
        return "refused"
    return "accepted"


def test_the_split_is_pinned(vectors):
    cases = json.loads((vectors / "cctv-ed25519" / "ed25519vectors.json").read_bytes())
    verdicts = [verdict(case) for case in cases]
    assert len(cases) == 914
    assert verdicts.count("accepted") == 43
    for case, found in zip(cases, verdicts, strict=True):
        flags = set(case["flags"] or ())
        if "low_order_A" in flags or "non_canonical_A" in flags:
            assert found in {"weak key", "malformed key"}, case["number"]
        if "low_order_R" in flags or "non_canonical_R" in flags:
            assert found != "accepted", case["number"]


def test_a_low_order_key_never_reaches_the_library(vectors, monkeypatch):
    reached = []
    monkeypatch.setattr(NativeBackend, "verify", lambda *arguments: reached.append(arguments) or True)
    for case in json.loads((vectors / "cctv-ed25519" / "ed25519vectors.json").read_bytes()):
        if "low_order_A" in (case["flags"] or ()):
            assert verdict(case) in {"weak key", "malformed key"}
    assert reached == []

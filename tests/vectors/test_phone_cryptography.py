"""The browser's cryptography (wallet/phone/web/src/cryptography.js) in Chromium against vectors and the native one.

The very script that goes into the app, joined with its packages as the build joins them.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.simulators.browsing import browsing, chromium
from tests.simulators.phone import packages
from tests.simulators.phone_host import Cryptography
from wallet.site.phone.packages import run_node

_RUN = """async ([script, calls]) => {
  const { loadCryptography } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const known = await loadCryptography();
  const read = (value) => value && value.hex !== undefined
    ? Uint8Array.from(value.hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : value;
  const write = (value) => value instanceof Uint8Array
    ? Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("") : value ?? null;
  return calls.map(([name, ...given]) => {
    try { return write(known[name](...given.map(read))); } catch (error) { return "threw " + error; }
  });
}"""

Call = tuple[Any, ...]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    chromium()
    folder = tmp_path_factory.mktemp("script")
    run_node("bundle.mjs", packages(), folder, "{}", "cryptography.js")
    with browsing() as browser:
        yield browser.new_page(), (folder / "cryptography.js").read_text("utf-8")


def told(page: tuple[Page, str], calls: Sequence[Call]) -> list[Any]:
    def plain(value: Any) -> Any:
        return {"hex": value.hex()} if isinstance(value, bytes) else value

    sent = [[name, *map(plain, given)] for name, *given in calls]
    found: list[Any] = page[0].evaluate(_RUN, [page[1], sent])
    return found


def native(calls: Sequence[Call]) -> list[Any]:
    def one(name: str, *given: Any) -> Any:
        found = getattr(Cryptography(), name)(*given)
        return found.hex() if isinstance(found, bytes) else found

    return [one(*call) for call in calls]


def test_every_verdict_on_signatures_is_wycheproofs(page: tuple[Page, str], vectors: Path) -> None:
    calls: list[Call] = []
    verdicts: list[bool] = []
    suite = json.loads((vectors / "wycheproof" / "ed25519_test.json").read_bytes())
    for group in suite["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            calls.append(("ed25519Verify", key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])))
            verdicts.append(case["result"] == "valid")
    for curve, name in (("P-256", "ecdsa_secp256r1_sha256"), ("P-384", "ecdsa_secp384r1_sha384")):
        suite = json.loads((vectors / "wycheproof" / f"{name}_p1363_test.json").read_bytes())
        for group in suite["testGroups"]:
            point = bytes.fromhex(group["publicKey"]["uncompressed"])
            key = bytes([2 + (point[-1] & 1)]) + point[1 : 1 + len(point) // 2]
            for case in group["tests"]:
                calls.append(("ecVerify", curve, key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])))
                verdicts.append(case["result"] == "valid")
    assert len(calls) > 500
    assert told(page, calls) == verdicts


def test_what_it_makes_and_opens_is_what_the_native_one_does(page: tuple[Page, str]) -> None:
    """Keys, signatures, agreements, both seals, and what derives keys: whole, empty, changed and cut."""
    key, nonce, short = secrets.token_bytes(32), secrets.token_bytes(24), secrets.token_bytes(12)
    bound, salt = b"about", secrets.token_bytes(16)
    calls: list[Call] = [
        ("argon2id", "zon op het dak €".encode(), salt, 8_192, 1),
        ("argon2id", b"", salt, 1_024, 3),
        *(("scrypt", b"een lange zin", salt, log_n) for log_n in (1, 10, 14)),
    ]
    for length in (0, 1, 63, 64, 4_096):
        text = secrets.token_bytes(length)
        calls += [
            ("seal", key, nonce, text, bound),
            ("chachaSeal", key, short, text),
            ("gcmSeal", key, short, text, bound),
            ("ed25519Sign", key, text),
        ]
    for name, once, *extra in (("seal", nonce, bound), ("chachaSeal", short), ("gcmSeal", short, bound)):
        whole = getattr(Cryptography(), name)(key, once, b"what is sealed", *extra)
        opens = {"seal": "unseal", "chachaSeal": "chachaUnseal", "gcmSeal": "gcmUnseal"}[name]
        changed = bytes([whole[0] ^ 1]) + whole[1:]
        calls += [
            (opens, key, once, each, *extra)
            for each in (whole, changed, whole[:-1], whole[:16], whole + b"\0")
        ]
        calls.append((opens, bytes(32), once, whole, *extra))
    for _ in range(4):
        seed, other = secrets.token_bytes(32), secrets.token_bytes(32)
        calls += [("ed25519Public", seed), ("x25519Public", seed)]
        calls += [("x25519", seed, Cryptography().x25519Public(other))]
        first, second = b"\1" + seed[1:], b"\1" + other[1:]
        calls += [("ecPublic", "P-256", first), ("ecPublic", "P-384", b"\1" + secrets.token_bytes(47))]
        calls += [("ecdh", first, Cryptography().ecPublic("P-256", second))]
    calls += [
        ("x25519", key, bytes(32)),
        ("ecPublic", "P-256", bytes(32)),
        ("ecPublic", "P-256", b"\xff" * 32),
    ]
    assert told(page, calls) == native(calls)


def test_each_takes_what_the_other_signed(page: tuple[Page, str]) -> None:
    """Signatures over curves have a chance number in them, or none: the words are other than the native ones'."""
    texts = [secrets.token_bytes(size) for size in (0, 1, 1_000)]
    keys = {"P-256": b"\1" + secrets.token_bytes(31), "P-384": b"\1" + secrets.token_bytes(47)}
    signing = [("ecSign", curve, secret, text) for curve, secret in keys.items() for text in texts]
    for (_, curve, secret, text), signed in zip(signing, told(page, signing), strict=True):
        public = Cryptography().ecPublic(curve, secret)
        assert Cryptography().ecVerify(curve, public, text, bytes.fromhex(signed))
    ours = [
        (
            "ecVerify",
            curve,
            Cryptography().ecPublic(curve, secret),
            text,
            Cryptography().ecSign(curve, secret, text),
        )
        for _, curve, secret, text in signing
    ]
    assert told(page, ours) == [True] * len(ours)

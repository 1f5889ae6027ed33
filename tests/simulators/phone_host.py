"""The browser beside Python, in memory: libsodium is PyNaCl, WebCrypto's keys and the database are tables."""

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from nacl.bindings import crypto_sign_seed_keypair

from passport.encoding import base64url_decode
from passport.keys import KeyType, PublicKey
from passport.keys.native import NativeBackend
from wallet.desktop.sodium import Sodium

NATIVE = NativeBackend()


class Bytes(bytes):
    """As a Uint8Array comes to Python."""

    def to_bytes(self):
        return bytes(self)


class Cryptography:
    def seal(self, key, nonce, text, associated):
        return Bytes(Sodium().seal(key, nonce, text, associated))

    def unseal(self, key, nonce, sealed, associated):
        return _maybe(Sodium().unseal(key, nonce, sealed, associated))

    def argon2id(self, passphrase, salt, memory, passes):
        return Bytes(Sodium().derive(passphrase, salt, memory=memory, passes=passes, lanes=1))

    def scrypt(self, passphrase, salt, log_n):
        if log_n > 18:
            return None  # more memory than there is
        return Bytes(hashlib.scrypt(passphrase, salt=salt, n=2**log_n, r=8, p=1, maxmem=2**30, dklen=32))

    def chachaSeal(self, key, nonce, text):  # noqa: N802
        return Bytes(ChaCha20Poly1305(key).encrypt(nonce, text, None))

    def chachaUnseal(self, key, nonce, sealed):  # noqa: N802
        try:
            return Bytes(ChaCha20Poly1305(key).decrypt(nonce, sealed, None))
        except InvalidTag:
            return None

    def x25519Public(self, secret):  # noqa: N802
        return Bytes(Sodium().public(secret))

    def x25519(self, secret, point):
        return _maybe(Sodium().agree(secret, point))

    def ed25519Public(self, seed):  # noqa: N802
        return Bytes(crypto_sign_seed_keypair(seed)[0])

    def ed25519Sign(self, seed, data):  # noqa: N802
        return Bytes(NATIVE.load(KeyType.ED25519, seed).sign(data))

    def ed25519Verify(self, key, data, signature):  # noqa: N802
        return NATIVE.verify(PublicKey(KeyType.ED25519, key), data, signature)

    def ecPublic(self, type, secret):  # noqa: N802, A002
        try:
            return Bytes(NATIVE.load(KeyType(type), secret).public_key.raw)
        except Exception:  # noqa: BLE001
            return None

    def ecSign(self, type, secret, data):  # noqa: N802, A002
        return Bytes(NATIVE.load(KeyType(type), secret).sign(data))

    def ecVerify(self, type, key, data, signature):  # noqa: N802, A002
        return NATIVE.verify(PublicKey(KeyType(type), key), data, signature)

    def ecdh(self, secret, point):
        return Bytes(NATIVE.load_agreement(secret).agree(PublicKey(KeyType.P256, point)))

    def gcmSeal(self, key, nonce, text, associated):  # noqa: N802
        return Bytes(AESGCM(key).encrypt(nonce, text, associated))

    def gcmUnseal(self, key, nonce, sealed, associated):  # noqa: N802
        return _maybe(NATIVE.open_sealed(key, nonce, sealed, associated))


@dataclass
class BrowserHost:
    """Implements wallet.phone.host.Host."""

    cryptography: Cryptography = field(default_factory=Cryptography)
    loopback: bool = False
    base: str = "https://wallet.example/app/"
    lists: str = ""
    vault: tuple[int, bytes] | None = None
    before: tuple[int, bytes] | None = None
    keys: dict = field(default_factory=dict)
    small: dict = field(default_factory=dict)
    network: list = field(default_factory=list)
    """What the network answers, one after the other: (values, bytes)."""
    pictures: list = field(default_factory=list)
    """What comes of drawings, one after the other; without one, this browser draws none."""
    drawn: list = field(default_factory=list)
    asked: list = field(default_factory=list)

    def ask(self, name, values, data):
        asked = json.loads(values)
        self.asked.append((name, asked))
        answered, found = getattr(self, name.replace(".", "_"))(asked, data)
        return json.dumps(answered), Bytes(found)

    def zone(self, _moment):
        return 60

    def vault_exists(self, _asked, _data):
        return {"exists": self.vault is not None}, b""

    def vault_read(self, _asked, _data):
        return ({"found": False}, b"") if self.vault is None else ({"found": True}, self.vault[1])

    def vault_write(self, asked, data):
        if (self.vault[0] if self.vault else 0) != asked["expected"]:
            return {"failed": "opened-elsewhere"}, b""
        self.before = None if asked["alone"] else self.vault
        self.vault = (asked["revision"], data)
        self.small["revision"] = asked["revision"]
        return {}, b""

    def vault_destroy(self, _asked, _data):
        self.vault = self.before = None
        self.keys.clear()
        self.small.clear()
        return {}, b""

    def small_put(self, asked, _data):
        self.small[asked["name"]] = asked["value"]
        return {}, b""

    def small_get(self, asked, _data):
        return {"value": self.small.get(asked["name"])}, b""

    def keys_take(self, asked, _data):
        self.keys[asked["name"]] = NATIVE.load(KeyType(asked["type"]), base64url_decode(asked["jwk"]["d"]))
        return {}, b""

    def keys_sign(self, asked, data):
        key = self.keys.get(asked["name"])
        return ({"failed": "no-key"}, b"") if key is None else ({}, key.sign(data))

    def keys_drop(self, asked, _data):
        for name in asked["names"]:
            self.keys.pop(name, None)
        return {}, b""

    def pictures_draw(self, _asked, data):
        self.drawn.append(data)
        return ({"made": True}, self.pictures.pop(0)) if self.pictures else ({"made": False}, b"")

    def network_send(self, _asked, _data):
        return self.network.pop(0)


def _maybe(found):
    return None if found is None else Bytes(found)

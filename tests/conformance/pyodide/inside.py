"""Runs inside Pyodide: injects Node's cryptography through `passport.keys.use_backend`, then runs pytest."""

import json
import os
import secrets
import sys
import types
from dataclasses import dataclass, field

import node_cryptography

sys.path[:0] = ["/checkout/main", "/packages"]
sys.dont_write_bytecode = True
os.chdir("/checkout/main")
for name in ("lxml", "lxml.html"):  # PyLD names it at its top and uses it for JSON-LD inside HTML only
    sys.modules[name] = types.ModuleType(name)
sys.modules["lxml"].html = sys.modules["lxml.html"]

from pyodide.ffi import JsException  # noqa: E402

from passport.errors import MalformedKey  # noqa: E402
from passport.keys import KeyType, PublicKey, use_backend  # noqa: E402

WIDTH = {KeyType.ED25519: 32, KeyType.P256: 32, KeyType.P384: 48}


@dataclass(frozen=True)
class NodeSigner:
    public_key: PublicKey
    secret: bytes = field(repr=False)
    _jwk: str = field(repr=False)

    def sign(self, data):
        return node_cryptography.sign(str(self.public_key.type), self._jwk, data).to_bytes()


@dataclass(frozen=True)
class NodeAgreementKey:
    public_key: PublicKey
    secret: bytes = field(repr=False)

    def agree(self, other):
        return node_cryptography.agree(self.secret, json.dumps(other.to_jwk())).to_bytes()


class NodeBackend:
    def verify(self, key, data, signature):
        try:
            return bool(node_cryptography.verify(str(key.type), json.dumps(key.to_jwk()), data, signature))
        except JsException:  # a point that is not on the curve
            return False

    def generate(self, key_type):
        return self.load(
            key_type, b"\x01" + secrets.token_bytes(WIDTH[key_type] - 1)
        )  # less than every order

    def load(self, key_type, secret):
        if len(secret) != WIDTH[key_type]:
            raise MalformedKey
        try:
            jwk = node_cryptography.privateJwk(str(key_type), secret)
        except JsException:
            raise MalformedKey from None
        public = {name: value for name, value in json.loads(jwk).items() if name != "d"}
        return NodeSigner(PublicKey.from_jwk(public), secret, jwk)

    def generate_agreement(self):
        return self.load_agreement(self.generate(KeyType.P256).secret)

    def load_agreement(self, secret):
        return NodeAgreementKey(self.load(KeyType.P256, secret).public_key, secret)

    def seal(self, key, nonce, plaintext, aad):
        return node_cryptography.seal(key, nonce, plaintext, aad).to_bytes()

    def open_sealed(self, key, nonce, sealed, aad):
        try:
            return node_cryptography.openSealed(key, nonce, sealed, aad).to_bytes()
        except JsException:
            return None


use_backend(NodeBackend())

import importlib  # noqa: E402

import pytest  # noqa: E402

sys.path.append("/checkout/main/tests/house")
from test_pure_part import pure_modules  # noqa: E402

for module in pure_modules():
    importlib.import_module(module)

sys.stdout.write(f"python {sys.version.split()[0]} {sys.platform}\n")
int(pytest.main(list(pytest_arguments)))  # noqa: F821  # set by run.mjs; this is the program's value

"""An authenticator of passkeys in software, with the browser before it: honest by default, and lies as told."""

import base64
import hashlib
import html
import json
import re
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

from passport.encoding import base64url_encode

UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40


def question_on(page):
    """The options and the note of a page's form for passkeys."""
    options = re.search(r'data-options="([^"]+)"', page.text)[1]
    note = re.search(r'name="note" value="([^"]+)"', page.text)[1]
    return json.loads(html.unescape(options)), note


@dataclass
class Authenticator:
    """One passkey; `changes` replace what an honest browser and authenticator would say."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user: bytes = b""
    count: int = 0

    def make(self, options, **changes):
        self.user = changes.get("user") or _decoded(options["user"]["id"])
        flags = changes.get("flags", UP | UV | AT)
        attested = b"\0" * 16 + struct.pack(">H", len(self.credential_id)) + self.credential_id
        attested += cbor.encode(
            dict(changes.get("cose") or ES256.from_cryptography_key(self.key.public_key()))
        )
        data = self._data(options["rp"]["id"], flags, changes) + (attested if flags & AT else b"")
        told = self._client_data("webauthn.create", options, changes)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": told, "attestationObject": attestation}, changes)

    def use(self, options, **changes):
        self.count = changes.get("count", self.count)
        data = self._data(options["rpId"], changes.get("flags", UP | UV), changes)
        told = self._client_data("webauthn.get", options, changes)
        signed = data + hashlib.sha256(told).digest()
        signature = changes.get("signature") or self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        handle = changes.get("user", self.user)
        return self._answer(
            {
                "clientDataJSON": told,
                "authenticatorData": data,
                "signature": signature,
                **({"userHandle": handle} if handle else {}),
            },
            changes,
        )

    def _data(self, rp_id, flags, changes):
        named = hashlib.sha256(changes.get("rp_id", rp_id).encode()).digest()
        return named + struct.pack(">BI", flags, self.count)

    def _client_data(self, kind, options, changes):
        told = {
            "type": changes.get("type", kind),
            "challenge": changes.get("challenge", options["challenge"]),
            "origin": changes.get("origin", self.origin),
            "crossOrigin": changes.get("cross_origin", False),
        }
        return json.dumps(told).encode()

    def _answer(self, response, changes):
        named = base64url_encode(changes.get("credential_id", self.credential_id))
        return json.dumps(
            {
                "id": named,
                "rawId": named,
                "type": "public-key",
                "response": {name: base64url_encode(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )


def _decoded(text):
    return base64.urlsafe_b64decode(text + "==")

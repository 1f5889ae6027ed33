"""A wallet of your own, to begin with: what OpenID4VCI and OpenID4VP ask of one, and nothing of ours.

    python docs/own_wallet.py take CREDENTIAL_OFFER_URI       what an issuer offers, as credential.sdjwt
    python docs/own_wallet.py answer REQUEST_URI              show it to a verifier who asks for dc+sd-jwt

It needs `cryptography` alone, and leaves out what makes a wallet safe: it verifies nobody, asks nobody, and
shows everything. docs/openid4vci.md and docs/openid4vp.md say what else there is.
"""

import base64
import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

KEY, CREDENTIAL = Path("key.pem"), Path("credential.sdjwt")
GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


def base64url(data: bytes) -> str:
    """Without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(token: str) -> Any:
    """What a JWT says; whoever means it verifies the signature first."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def fetch(url: str, body: bytes | None = None, **headers: str) -> bytes:
    """GET, or POST where there is a body."""
    with urlopen(Request(url, body, headers)) as answer:  # noqa: S310 - the address is what is tried
        found: bytes = answer.read()
    return found


def own_key() -> ec.EllipticCurvePrivateKey:
    """The key that credentials are bound to."""
    if not KEY.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        KEY.write_bytes(made.private_bytes(*pem))
    key = serialization.load_pem_private_key(KEY.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def sign(header: dict[str, Any], said: dict[str, Any]) -> str:
    """A JWT by ES256: r and s side by side (RFC 7518, section 3.4)."""
    parts = [base64url(json.dumps(each).encode()) for each in ({"alg": "ES256", **header}, said)]
    signature = own_key().sign(".".join(parts).encode(), ec.ECDSA(hashes.SHA256()))
    numbers = utils.decode_dss_signature(signature)
    return ".".join([*parts, base64url(b"".join(each.to_bytes(32, "big") for each in numbers))])


def take(offer_uri: str) -> None:
    """OpenID4VCI 1.0 by a pre-authorized code: offer, token, nonce, credential, notification."""
    offer = json.loads(fetch(offer_uri))
    issuer, code = offer["credential_issuer"], offer["grants"][GRANT]["pre-authorized_code"]
    form = urlencode({"grant_type": GRANT, "pre-authorized_code": code})
    token = json.loads(fetch(f"{issuer}/token", form.encode()))["access_token"]
    nonce = json.loads(fetch(f"{issuer}/nonce", b""))["c_nonce"]
    point = own_key().public_key().public_numbers()
    place = {name: base64url(at.to_bytes(32, "big")) for name, at in (("x", point.x), ("y", point.y))}
    proof = sign(
        {"typ": "openid4vci-proof+jwt", "jwk": {"kty": "EC", "crv": "P-256", **place}},
        {"aud": issuer, "iat": int(time.time()), "nonce": nonce},
    )
    wanted = next(each for each in offer["credential_configuration_ids"] if each.endswith("_dc+sd-jwt"))
    request = {"credential_configuration_id": wanted, "proofs": {"jwt": [proof]}}
    authorized = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    given = json.loads(fetch(f"{issuer}/credential", json.dumps(request).encode(), **authorized))
    CREDENTIAL.write_text(given["credentials"][0]["credential"], encoding="ascii")
    note = {"notification_id": given["notification_id"], "event": "credential_accepted"}
    fetch(f"{issuer}/notification", json.dumps(note).encode(), **authorized)
    sys.stdout.write(f"vct: {claims(CREDENTIAL.read_text(encoding='ascii'))['vct']}\n")


def answer(request_uri: str) -> None:
    """OpenID4VP 1.0 by `direct_post`: everything in the credential, bound to this nonce and this client."""
    asked = claims(fetch(request_uri).decode())
    credential = CREDENTIAL.read_text(encoding="ascii")
    bound = {
        "iat": int(time.time()),
        "aud": asked["client_id"],
        "nonce": asked["nonce"],
        "sd_hash": base64url(hashlib.sha256(credential.encode()).digest()),
    }
    [query] = asked["dcql_query"]["credentials"]
    token = {query["id"]: [credential + sign({"typ": "kb+jwt"}, bound)]}
    form = urlencode({"vp_token": json.dumps(token), "state": asked["state"]})
    sys.stdout.write(f"{fetch(asked['response_uri'], form.encode()).decode()}\n")


if __name__ == "__main__":
    {"take": take, "answer": answer}[sys.argv[1]](sys.argv[2])

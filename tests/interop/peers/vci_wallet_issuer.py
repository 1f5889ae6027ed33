"""A foreign issuer on PyPI `openid4vci`: its endpoints, proofs and credential formats; only the token is ours.

The library leaves the authorization server to others, so a small token endpoint stands beside it. Prints the
address when it listens; ends when its input does. What it issues is synthetic.
"""

import json
import secrets
import socket
import sys
import threading

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc.jwk import ECKey
from openid4vci.adapters.sd_jwt_vc import SdJwtVcAdapter
from openid4vci.adapters.vc_jwt import JwtVcAdapter, did_jwk
from openid4vci.crypto.proofs import validate_jwt_proof
from openid4vci.crypto.signer import LocalJwsSigner
from openid4vci.models.credential import CredentialResponse
from openid4vci.reference import InMemoryIssuerBackend
from openid4vci.server_fastapi.app import create_router

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
VCT = "https://issuer.example/vct/lassen"
SKILL = "http://data.europa.eu/esco/skill/15d76317-c71a-4fa2-aadc-2ecc34e627b7"
ACHIEVEMENT = {
    "id": "https://issuer.example/achievements/1",
    "type": ["Achievement"],
    "achievementType": "MicroCredential",
    "name": "Lassen",
    "description": "Verbindt metalen delen. Synthetisch.",
    "criteria": {"narrative": "Een proefstuk is beoordeeld."},
    "alignment": [
        {
            "type": ["Alignment"],
            "targetUrl": SKILL,
            "targetName": "lassen",
            "targetFramework": "ESCO 1.1.1",
            "targetType": "ceasn:Competency",
        }
    ],
}

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()  # whoever is told the address may call at once
PORT = listener.getsockname()[1]
ISSUER, WRITTEN = f"http://localhost:{PORT}", f"https://localhost:{PORT}"

key = ECKey.generate_key("P-256")
did = did_jwk(key.as_dict(private=False))
signer = LocalJwsSigner(ECKey.import_key({**key.as_dict(private=True), "kid": f"{did}#0"}))
sd_jwt = SdJwtVcAdapter(VCT, signer, issuer=did, always_visible=["issuer", "nbf", "id", "status"])
vc_jwt = JwtVcAdapter(
    ["OpenBadgeCredential"],
    signer,
    did,
    contexts=["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"],
    credential_id_prefix="https://issuer.example/credentials",
)

shared = {
    "cryptographic_binding_methods_supported": ["jwk"],
    "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}},
    "credential_metadata": {"display": [{"name": "Lassen", "locale": "nl"}]},
}
metadata = {
    "credential_issuer": WRITTEN,
    "credential_endpoint": f"{WRITTEN}/credential",
    "nonce_endpoint": f"{WRITTEN}/nonce",
    "deferred_credential_endpoint": f"{WRITTEN}/deferred_credential",
    "notification_endpoint": f"{WRITTEN}/notification",
    "display": [{"name": "Een vreemde uitgever", "locale": "nl"}],
    "credential_configurations_supported": {
        "sd": {**sd_jwt.metadata_fragment(), **shared},
        "jwt": {**vc_jwt.metadata_fragment(), **shared},
        "later": {**sd_jwt.metadata_fragment(), **shared},
    },
}


class OnLoopback:
    """The library writes https alone; on this machine there is none."""

    def __init__(self, found):
        self.found = found

    def to_dict(self):
        return json.loads(json.dumps(self.found.to_dict()).replace(WRITTEN, ISSUER))


class Backend(InMemoryIssuerBackend):
    async def issuer_metadata(self):
        return OnLoopback(self.metadata)


async def mint(request, context):
    assert context.access_token in tokens
    (proof,) = request.proofs.jwt if hasattr(request.proofs, "jwt") else request.proofs["jwt"]
    nonce = json.loads(__import__("base64").urlsafe_b64decode(proof.split(".")[1] + "=="))["nonce"]
    first = request not in asked_before
    if first:
        assert backend.nonces.consume(nonce)
    bound = validate_jwt_proof(
        proof, credential_issuer=ISSUER, c_nonce=nonce, supported_algorithms=["ES256"]
    ).bound_key
    if request.credential_configuration_id == "later" and first:
        asked_before.append(request)
        return CredentialResponse(transaction_id=backend.transactions.open(request), interval=5)
    if request.credential_configuration_id == "jwt":
        token = await vc_jwt.issue(
            {"type": ["AchievementSubject"], "achievement": ACHIEVEMENT}, holder_key=bound
        )
    else:
        claims = {
            "id": f"urn:uuid:{secrets.token_hex(4)}-6a1e-4b1e-8e1e-0c0f5a3d2b11",
            "issuer": {"id": did, "type": ["Profile"], "name": "Een vreemde uitgever"},
            "nbf": 1_700_000_000,
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": ACHIEVEMENT},
        }
        token = await sd_jwt.issue(claims, holder_key=bound)
    return CredentialResponse(credentials=[{"credential": token}], notification_id="note")


asked_before: list = []
tokens: set[str] = set()
backend = Backend(metadata, mint)
app = FastAPI()
app.include_router(create_router(backend))


@app.get("/.well-known/oauth-authorization-server")
async def server():
    return {
        "issuer": ISSUER,
        "token_endpoint": f"{ISSUER}/token",
        "grant_types_supported": [PRE_AUTHORIZED],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


@app.post("/token")
async def token(request: Request):
    from urllib.parse import parse_qs

    form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
    if form.get("pre-authorized_code") != "code" or form.get("tx_code") != "4711":
        return JSONResponse({"error": "invalid_grant"}, 400)
    made = secrets.token_urlsafe(16)
    tokens.add(made)
    return {"access_token": made, "token_type": "Bearer", "expires_in": 300}


@app.get("/told")
async def told():
    return [
        {"id": one.notification_id, "event": str(getattr(one.event, "value", one.event))}
        for one in backend.notifications
    ]


def until_the_end():
    sys.stdin.read()
    running.should_exit = True


running = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
threading.Thread(target=until_the_end, daemon=True).start()
sys.stdout.write(json.dumps({"address": ISSUER, "did": did}) + "\n")
sys.stdout.flush()
running.run(sockets=[listener])

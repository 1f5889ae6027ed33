"""The endpoints of the simulated issuer and its authorization server."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from passport.clock import utc_now
from passport.jose import jwe
from passport.json import JsonObject, dump, parse_object
from passport.oauth.dpop import check_dpop_proof
from passport.oauth.pkce import check_code_verifier

if TYPE_CHECKING:
    from tests.simulators.vci_issuer import VciIssuer


def app_of(issuer: VciIssuer) -> FastAPI:  # noqa: C901, PLR0915  # a route each
    app = FastAPI()

    def reply(document: Any, status: int = 200, **headers: str) -> Response:
        return Response(
            dump(document), status, {**headers, **issuer.knobs.get("headers", {})}, "application/json"
        )

    async def note(request: Request) -> bytes:
        body = await request.body()
        issuer.seen.append((request.url.path, dict(request.headers), body))
        return body

    def dpop(request: Request, token: str | None = None) -> Response | str | None:
        """The thumbprint of the proof, or the answer to a wrong one."""
        proof = request.headers.get("dpop")
        if proof is None:
            return None
        found = check_dpop_proof(
            proof,
            expected_method=request.method,
            expected_url=f"{issuer.address}{request.url.path}",
            now=utc_now(),
            access_token=token,
        )
        assert found.jti not in issuer.jtis, "a proof was used twice"
        issuer.jtis.add(found.jti)
        if "dpop_nonce" in issuer.knobs and found.nonce != issuer.knobs["dpop_nonce"]:
            return reply({"error": "use_dpop_nonce"}, 400, **{"DPoP-Nonce": issuer.knobs["dpop_nonce"]})
        return found.jkt

    @app.get("/.well-known/openid-credential-issuer")
    async def metadata(request: Request) -> Response:
        await note(request)
        if "signed_metadata" in issuer.knobs:
            return Response(issuer.knobs["signed_metadata"], media_type="application/jwt")
        return reply(issuer.metadata())

    @app.get("/.well-known/oauth-authorization-server")
    async def server() -> Response:
        return reply(issuer.server())

    @app.get("/.well-known/did.json")
    async def did() -> Response:
        return Response(issuer.school.did_document().body, media_type="application/json")

    def challenged(request: Request) -> Response | None:
        proof = request.headers.get("oauth-client-attestation-pop")
        if proof is None or "challenge" not in issuer.knobs:
            return None
        if json.loads(_payload(proof)).get("challenge") == issuer.knobs["challenge"]:
            return None
        told = {"OAuth-Client-Attestation-Challenge": issuer.knobs["challenge"]}
        return reply({"error": "use_attestation_challenge"}, 400, **told)

    @app.post("/par")
    async def par(request: Request) -> Response:
        form = dict(parse_qsl((await note(request)).decode()))
        asked = challenged(request)
        if asked is not None:
            return asked
        jkt = dpop(request)
        if isinstance(jkt, Response):
            return jkt
        if "par_error" in issuer.knobs:
            return reply({"error": issuer.knobs["par_error"]}, 400)
        name = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(8)}"
        issuer.pushed[name] = form
        return reply({"request_uri": name, "expires_in": 60}, 201)

    @app.get("/authorize")
    async def authorize(request: Request) -> Response:
        query = dict(request.query_params)
        form = issuer.pushed.pop(query["request_uri"]) if "request_uri" in query else query
        code = secrets.token_urlsafe(16)
        issuer.codes[code] = form
        answer: JsonObject = {"code": code, "state": form["state"], "iss": issuer.address}
        answer |= issuer.knobs.get("answer", {})
        answer = {name: value for name, value in answer.items() if value is not None}
        return RedirectResponse(f"{form['redirect_uri']}?{urlencode(answer)}", 302)

    @app.post("/token")
    async def token(request: Request) -> Response:
        form = dict(parse_qsl((await note(request)).decode()))
        jkt = dpop(request)
        if isinstance(jkt, Response):
            return jkt
        if form["grant_type"] == "authorization_code":
            asked = issuer.codes.pop(form["code"], None)
            if asked is None or asked["redirect_uri"] != form["redirect_uri"]:
                return reply({"error": "invalid_grant"}, 400)
            check_code_verifier(form["code_verifier"], asked["code_challenge"])
            assert asked.get("dpop_jkt") == jkt
        elif form.get("pre-authorized_code", "pre") != "pre" or (
            "tx_code" in issuer.knobs and form.get("tx_code") != issuer.knobs["tx_code"]
        ):
            return reply({"error": "invalid_grant"}, 400)
        made = secrets.token_urlsafe(16)
        issuer.tokens[made] = jkt
        answer = {"access_token": made, "token_type": "DPoP" if jkt else "Bearer", "expires_in": 300}
        return reply({**answer, **issuer.knobs.get("token", {})})

    def authorized(request: Request) -> Response | None:
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if shown not in issuer.tokens:
            return reply({"error": "invalid_token"}, 401)
        jkt = dpop(request, shown)
        if isinstance(jkt, Response):
            return jkt
        bound_to = issuer.tokens[shown]
        if bound_to != jkt or (kind == "DPoP") != (bound_to is not None):
            return reply({"error": "invalid_token"}, 401)
        return None

    @app.post("/nonce")
    async def nonce(request: Request) -> Response:
        await note(request)
        made = secrets.token_urlsafe(12)
        issuer.nonces.add(made)
        return reply({"c_nonce": made})

    def opened(body: bytes) -> JsonObject:
        plain = body if body.startswith(b"{") else jwe.decrypt(body.decode(), key=issuer.decryption)
        return parse_object(plain)

    def sealed(document: JsonObject, asked: JsonObject) -> Response:
        wanted = asked.get("credential_response_encryption")
        if wanted is None or issuer.knobs.get("plain"):
            return reply(document)
        jwk = issuer.knobs.get("encrypt_for", wanted["jwk"])
        token = jwe.encrypt(dump(document), recipient=jwk, enc=wanted["enc"], header={})
        return Response(token, media_type="application/jwt")

    @app.post("/credential")
    async def credential(request: Request) -> Response:
        body = await note(request)
        refusal = authorized(request)
        if refusal is not None:
            return refusal
        asked = opened(body)
        configuration = (
            asked.get("credential_configuration_id") or asked["credential_identifier"].split(".")[0]
        )
        proofs = asked["proofs"]["jwt"]
        used = json.loads(_payload(proofs[0])).get("nonce")
        if issuer.knobs.pop("stale_nonce", False) or used not in issuer.nonces:
            return reply({"error": "invalid_nonce"}, 400)
        issuer.nonces.discard(used)
        if issuer.pending:
            issuer.pending -= 1
            transaction = secrets.token_urlsafe(8)
            issuer.transactions[transaction] = (configuration, proofs[0])
            later = {"transaction_id": transaction, "interval": issuer.knobs.get("interval", 5)}
            return sealed(later, asked)
        found = [{"credential": issuer.credential(configuration, proof)} for proof in proofs]
        found *= issuer.knobs.get("times", 1)
        if "second_cnf" in issuer.knobs:
            issuer.knobs["cnf"] = issuer.knobs["second_cnf"]
            found[1] = {"credential": issuer.credential(configuration, proofs[1])}
        if issuer.knobs.get("order") == "reversed":
            found.reverse()
        return sealed({"credentials": found, "notification_id": "note-1"}, asked)

    @app.post("/deferred")
    async def deferred(request: Request) -> Response:
        body = await note(request)
        refusal = authorized(request)
        if refusal is not None:
            return refusal
        asked = opened(body)
        if "deferred_error" in issuer.knobs:
            return reply({"error": issuer.knobs["deferred_error"]}, 400)
        transaction = asked["transaction_id"]
        if transaction not in issuer.transactions:
            return reply({"error": "invalid_transaction_id"}, 400)
        if issuer.pending:
            issuer.pending -= 1
            later = {"transaction_id": transaction, "interval": issuer.knobs.get("interval", 5)}
            return sealed(later, asked)
        configuration, proof = issuer.transactions.pop(transaction)
        found = [{"credential": issuer.credential(configuration, proof)}]
        return sealed({"credentials": found, "notification_id": "note-2"}, asked)

    @app.post("/notification")
    async def notification(request: Request) -> Response:
        issuer.told.append(json.loads(await note(request)))
        refusal = authorized(request)
        return refusal or Response(status_code=204)

    return app


def _payload(token: str) -> bytes:
    from passport.jose import jws

    return jws.parse(token, most=65_536, own_key=True).payload

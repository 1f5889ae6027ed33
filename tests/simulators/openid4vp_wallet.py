"""Another wallet: it reads a request over OpenID4VP and answers it, as told, well or badly."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from passport.credentials import Form
from passport.credentials.build import presentation
from passport.credentials.enveloped import envelope
from passport.jose import jwe, jws, vc_jwt
from passport.json import JsonObject, dump, parse_object
from passport.limits import JsonLimits
from passport.proofs import add_proof
from passport.sd_jwt import present
from passport.sd_jwt.credential import sign_dc, sign_vc
from passport.sd_jwt.disclosable import disclosable_pointers
from tests.simulators.every_form import VCT
from tests.simulators.parties import Party

FORM = "application/x-www-form-urlencoded"
_HEADER = JsonLimits(size=16_384, depth=4, array=32)
HTTP = httpx.Client(timeout=30, trust_env=False)
"""One for all: making a client costs more than what is asked with it."""


@cache
def program(address: str, key: str) -> httpx.Client:
    """An employer's program, which keeps its connections."""
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False)


@dataclass(frozen=True)
class Asked:
    """A request as the wallet has it."""

    claims: JsonObject
    header: JsonObject = field(default_factory=dict)

    @property
    def nonce(self) -> str:
        return str(self.claims["nonce"])

    @property
    def client_id(self) -> str:
        return str(self.claims["client_id"])

    @property
    def queries(self) -> list[str]:
        return [each["id"] for each in self.claims["dcql_query"]["credentials"]]


def link_parameters(link: str) -> dict[str, str]:
    assert link.startswith(("openid4vp://?", "haip-vp://?"))
    return dict(parse_qsl(urlsplit(link).query, strict_parsing=True))


def read_link(link: str, *, wallet_nonce: str | None = None) -> Asked:
    """Follow a link: fetch the request, by POST where a nonce is given, or read it out of the link."""
    found = link_parameters(link)
    if "request_uri" not in found:
        inner = {"dcql_query", "client_metadata"}
        return Asked({name: json.loads(value) if name in inner else value for name, value in found.items()})
    if wallet_nonce is None:
        got = HTTP.get(found["request_uri"])
    else:
        got = HTTP.post(found["request_uri"], data={"wallet_nonce": wallet_nonce})
    assert got.status_code == 200, got.text
    assert got.headers["content-type"] == "application/oauth-authz-req+jwt"
    asked = read_request(got.text)
    assert asked.client_id == found["client_id"]
    return asked


def read_request(token: str) -> Asked:
    parsed = jws.parse(token, certified=_HEADER)
    return Asked(parse_object(parsed.payload), parsed.header)


def shown_ldp(asked: Asked, holder: Party, credentials: Sequence[JsonObject], **changed: Any) -> JsonObject:
    """A presentation in JSON; `changed` are terms of its proof that differ from what was asked."""
    terms = {"challenge": asked.nonce, "domain": asked.client_id, **changed}
    made = add_proof(
        presentation(holder=holder.did, credentials=credentials, presentation_id=f"urn:uuid:{uuid.uuid4()}"),
        signer=holder.signer,
        verification_method=holder.method,
        created=datetime.now(UTC),
        cryptosuite="eddsa-jcs-2022",
        proof_purpose="authentication",
        **terms,
    )
    return dict(made)


def shown_jwt(asked: Asked, holder: Party, tokens: Sequence[bytes], **changed: Any) -> str:
    now = datetime.now(UTC)
    terms = {"challenge": asked.nonce, "domain": asked.client_id, **changed}
    return vc_jwt.sign_presentation(
        presentation(
            holder=holder.did,
            credentials=[envelope(each, Form.JWT_VC) for each in tokens],
            presentation_id=f"urn:uuid:{uuid.uuid4()}",
        ),
        signer=holder.signer,
        verification_method=holder.method,
        issued_at=now,
        expires=now + timedelta(minutes=5),
        **terms,
    )


def shown_sd_jwt(asked: Asked, holder: Party, token: bytes, pointers: Sequence[str], **changed: Any) -> str:
    terms = {"nonce": asked.nonce, "audience": asked.client_id, "now": datetime.now(UTC), **changed}
    return present(token.decode(), pointers=pointers, holder=holder.signer, **terms)


def secured(document: JsonObject, form: Form, issuer: Party, holder: Party) -> bytes:
    """A badge in another form, by the same issuer."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    keys: dict[str, Any] = {"signer": issuer.signer, "verification_method": issuer.method}
    if form is Form.JWT_VC:
        return vc_jwt.sign_credential(bare, **keys, issued_at=datetime.now(UTC)).encode()
    keys |= {"disclosable": disclosable_pointers(bare), "holder_key": holder.signer.public_key}
    if form is Form.VC_SD_JWT:
        return sign_vc(bare, **keys).encode()
    return sign_dc(bare, vct=VCT, **keys).encode()


def form_of(asked: Asked, response: Mapping[str, Any], *, encrypted: bool | None = None, **more: Any) -> str:
    """The body that answers: encrypted where that was asked, unless told otherwise."""
    whole = {"state": asked.claims.get("state"), **response}
    whole = {name: value for name, value in whole.items() if value is not None}
    if encrypted is None:
        encrypted = asked.claims["response_mode"] == "direct_post.jwt"
    if not encrypted:
        written = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in whole.items()
        }
        return urlencode({**written, **more.get("fields", {})})
    metadata = asked.claims["client_metadata"]
    key = more.get("key") or metadata["jwks"]["keys"][0]
    enc = more.get("enc") or metadata["encrypted_response_enc_values_supported"][0]
    token = jwe.encrypt(dump(whole), recipient=key, enc=enc, header={})
    return urlencode({"response": token, **more.get("fields", {})})


def send(asked: Asked, body: str | bytes, *, to: str | None = None) -> httpx.Response:
    where = to or asked.claims["response_uri"]
    return HTTP.post(where, content=body, headers={"Content-Type": FORM})


def answer(asked: Asked, vp_token: Mapping[str, Sequence[Any]], **more: Any) -> httpx.Response:
    return send(asked, form_of(asked, {"vp_token": vp_token}, **more))

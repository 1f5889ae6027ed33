"""An issuer with its own authorization server, as foreign ones are: sign-in, DPoP, deferred, encrypted answers.

Over real HTTP. `knobs` make it hostile, one thing at a time; `seen` is what the wallet sent.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from passport.clock import utc_now
from passport.credentials.build import achievement_credential
from passport.dids import create_did_web
from passport.jose import vc_jwt
from passport.json import JsonObject
from passport.keys import AgreementKey, generate_agreement_key
from passport.oauth.token_request import PRE_AUTHORIZED_CODE
from passport.openid4vc import check_key_proof
from passport.sd_jwt import credential as sd_jwt
from tests.simulators.offering import SKILL, minutes_ago
from tests.simulators.parties import Party
from tests.simulators.serving import bound, serving
from tests.simulators.vci_issuer_routes import app_of

VCT = "https://issuer.example/vct/lassen"
FORMATS = {"badge": "ldp_vc", "token": "jwt_vc_json", "sd": "dc+sd-jwt"}


@dataclass
class VciIssuer:
    """At `http://localhost:PORT`, issuer and authorization server in one."""

    address: str
    knobs: dict[str, Any] = field(default_factory=dict)
    metadata_changes: JsonObject = field(default_factory=dict)
    server_changes: JsonObject = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    algorithms: tuple[str, ...] = ("EdDSA", "ES256")
    bindings: tuple[str, ...] = ("did:key", "did:jwk", "jwk")
    pending: int = 0
    """How many times a credential is said to come later."""
    by: Party | None = None

    def __post_init__(self) -> None:
        self.authority = self.address.partition("://")[2]
        self.school = Party("De Vakschool", did=create_did_web(self.authority))
        self.decryption: AgreementKey = generate_agreement_key()
        self.honest()

    def honest(self, **knobs: Any) -> None:
        """As new, for the next test."""
        self.knobs, self.metadata_changes, self.server_changes = knobs, {}, {}
        self.seen, self.pending, self.by = [], 0, None
        self.algorithms, self.bindings = ("EdDSA", "ES256"), ("did:key", "did:jwk", "jwk")
        self.pushed: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.nonces: set[str] = set()
        self.jtis: set[str] = set()
        self.tokens: dict[str, str | None] = {}
        self.transactions: dict[str, tuple[str, str]] = {}
        self.told: list[JsonObject] = []

    # what it says of itself

    def metadata(self) -> JsonObject:
        proofs = {"jwt": {"proof_signing_alg_values_supported": list(self.algorithms)}}
        proofs["jwt"] |= self.knobs.get("proof_type", {})
        shared = {
            "cryptographic_binding_methods_supported": list(self.bindings),
            "proof_types_supported": proofs,
        }
        definition = {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
        }
        names = [{"name": "Welding", "locale": "en"}, {"name": "Lassen", "locale": "nl"}]
        found: JsonObject = {
            name: {"format": form, **shared, "credential_metadata": {"display": names}}
            | ({"vct": VCT} if name == "sd" else {"credential_definition": definition})
            for name, form in FORMATS.items()
            if name in self.knobs.get("has", FORMATS)
        }
        return {
            "credential_issuer": self.address,
            "credential_endpoint": f"{self.address}/credential",
            "nonce_endpoint": f"{self.address}/nonce",
            "deferred_credential_endpoint": f"{self.address}/deferred",
            "notification_endpoint": f"{self.address}/notification",
            "display": [
                {"name": "The Trade School", "locale": "en"},
                {"name": "De Vakschool", "locale": "nl"},
            ],
            "credential_configurations_supported": found,
            **self.metadata_changes,
        }

    def server(self) -> JsonObject:
        return {
            "issuer": self.address,
            "token_endpoint": f"{self.address}/token",
            "authorization_endpoint": f"{self.address}/authorize",
            "pushed_authorization_request_endpoint": f"{self.address}/par",
            "grant_types_supported": ["authorization_code", PRE_AUTHORIZED_CODE, "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "dpop_signing_alg_values_supported": ["ES256", "EdDSA"],
            "authorization_details_types_supported": ["openid_credential"],
            "authorization_response_iss_parameter_supported": True,
            "token_endpoint_auth_methods_supported": ["none"],
            **self.server_changes,
        }

    def encrypted(self) -> None:
        """From here on requests and answers are encrypted."""
        jwk = {**self.decryption.public_key.to_jwk(), "kid": "enc-1", "use": "enc", "alg": "ECDH-ES"}
        self.metadata_changes |= {
            "credential_request_encryption": {
                "jwks": {"keys": [jwk]},
                "enc_values_supported": ["A128GCM", "A256GCM"],
                "encryption_required": True,
            },
            "credential_response_encryption": {
                "alg_values_supported": ["ECDH-ES"],
                "enc_values_supported": ["A128GCM", "A256GCM"],
                "encryption_required": True,
            },
        }

    # offers

    def link(self, *ids: str, grants: JsonObject | None = None) -> str:
        known = {PRE_AUTHORIZED_CODE: {"pre-authorized_code": "pre"}}
        return offer_link(self.address, ids or ("badge",), known if grants is None else grants)

    def sign_in_link(self, *ids: str, state: str = "an-offer") -> str:
        return self.link(*ids, grants={"authorization_code": {"issuer_state": state}})

    def visit(self, url: str, **changes: str) -> str:
        """As `visit`."""
        return visit(url, **changes)

    # credentials

    def unsigned(self, holder: str | None) -> JsonObject:
        by = self.by or self.school
        document = achievement_credential(
            credential_id=f"urn:uuid:{secrets.token_hex(4)}-1e6a-4b1e-8e1e-0c0f5a3d2b11",
            issuer=by.profile,
            subject_id=holder or "",
            achievement={
                "id": f"{self.address}/achievements/1",
                "name": "Lassen",
                "description": "Verbindt metalen delen.",
                "achievementType": "MicroCredential",
                "criteria": {"narrative": "Een proefstuk is beoordeeld."},
                "alignment": [{"targetUrl": SKILL, "targetName": "lassen", "targetFramework": "ESCO 1.1.1"}],
            },
            valid_from=minutes_ago(1),
            evidence=[],
            related_resources=[],
        )
        if holder is None:
            del document["credentialSubject"]["id"]
        return {**document, **self.knobs.get("document", {})}

    def credential(self, configuration: str, proof: str) -> Any:
        by = self.by or self.school
        found = check_key_proof(
            proof, expected_audience=self.knobs.get("audience", self.address), now=utc_now()
        )
        holder, key = self.knobs.get("subject", found.holder), found.public_key
        if configuration == "badge":
            return by.sign(self.unsigned(holder), at=minutes_ago(1))
        if configuration == "token":
            return vc_jwt.sign_credential(
                self.unsigned(holder),
                signer=by.signer,
                verification_method=by.method,
                issued_at=minutes_ago(1),
            )
        named = None if "jwk" in str(_header(proof)) else holder
        return sd_jwt.sign_dc(
            self.unsigned(named),
            vct=self.knobs.get("vct", VCT),
            disclosable=(),
            signer=by.signer,
            verification_method=by.method,
            holder_key=self.knobs.get("cnf", key),
            issued_at=minutes_ago(1),
        )


def offer_link(issuer: str, ids: Sequence[str], grants: JsonObject) -> str:
    """An offer by value."""
    offer = {"credential_issuer": issuer, "credential_configuration_ids": list(ids), "grants": grants}
    return "openid-credential-offer://?" + urlencode({"credential_offer": json.dumps(offer)})


def visit(url: str, **changes: str) -> str:
    """What a person's browser does: sign in there; gives the address that it is sent back to."""
    answered = httpx.get(url, follow_redirects=False)
    assert answered.status_code in {302, 303, 307}, answered.text
    back = str(answered.headers["location"])
    if changes:
        parts = urlsplit(back)
        query = {**dict(parse_qsl(parts.query)), **changes}
        back = parts._replace(query=urlencode(query)).geturl()
    return back


def _header(token: str) -> list[str]:
    from passport.jose import jws

    return sorted(jws.parse(token, most=65_536, own_key=True).header)


@contextmanager
def vci_issuer(**knobs: Any) -> Iterator[VciIssuer]:
    listener = bound()
    made = VciIssuer(f"http://localhost:{listener.getsockname()[1]}", knobs)
    with serving(app_of(made), listener):
        yield made

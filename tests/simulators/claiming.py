"""A wallet that asks for copies, attests its keys, encrypts, and comes back for what was promised."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from passport.dids import create_did_key, key_method_id
from passport.jose import jwe
from passport.keys import AgreementKey, KeyType, Signer, generate_agreement_key, generate_signer
from passport.openid4vc import (
    CredentialOffer,
    CredentialRequest,
    DeferredCredentialRequest,
    EncryptFor,
    create_key_attestation,
    create_key_proof,
    issuer_metadata_url,
)
from tests.simulators.issuing import HTTP, HolderWallet, Office


@dataclass
class ManyKeys:
    """A wallet with a key for every place where it shows a credential."""

    keys: list[Signer] = field(default_factory=lambda: [generate_signer(KeyType.P256) for _ in range(3)])
    for_answers: AgreementKey = field(default_factory=generate_agreement_key)

    @property
    def holders(self) -> list[str]:
        return [create_did_key(key.public_key) for key in self.keys]

    def token(self, link: str, tx_code: str | None = None) -> tuple[CredentialOffer, str]:
        """Redeem an offer's code."""
        plain = HolderWallet()
        offer = plain.fetch_offer(link)
        answer = plain.token(offer, tx_code)
        assert answer.status_code == 200, answer.text
        return offer, answer.json()["access_token"]

    def nonce(self, issuer: str) -> str:
        found: str = HTTP.post(f"{issuer}/nonce").json()["c_nonce"]
        return found

    def proofs(self, issuer: str, nonce: str | None = None, **changes: Any) -> tuple[str, ...]:
        """A key proof by every key, all with one nonce."""
        answered = nonce or self.nonce(issuer)
        return tuple(
            create_key_proof(
                key,
                **{
                    "verification_method": key_method_id(create_did_key(key.public_key)),
                    "audience": issuer,
                    "nonce": answered,
                    "issued_at": datetime.now(UTC),
                }
                | changes,
            )
            for key in self.keys
        )

    def attestation(self, provider: Signer, nonce: str | None, **changes: Any) -> str:
        """What a provider of wallets says of all the keys."""
        now = datetime.now(UTC)
        given = {
            "key_id": "provider",
            "nonce": nonce,
            "issued_at": now,
            "expires": now + timedelta(days=1),
        } | changes
        return create_key_attestation(provider, [key.public_key for key in self.keys], **given)

    def encryption(self, enc: str = "A256GCM") -> EncryptFor:
        jwk = {**self.for_answers.public_key.to_jwk(), "alg": "ECDH-ES", "kid": "answers"}
        return EncryptFor(jwk, enc)

    def decrypt(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.headers["content-type"] == "application/jwt"
        plain: dict[str, Any] = json.loads(jwe.decrypt(answer.text, key=self.for_answers))
        return plain

    def send(
        self,
        issuer: str,
        token: str,
        request: CredentialRequest | DeferredCredentialRequest | dict[str, Any],
        *,
        path: str = "credential",
        encrypted: bool = False,
    ) -> httpx.Response:
        body = json.dumps(request if isinstance(request, dict) else request.to_json()).encode()
        media_type = "application/json"
        if encrypted:
            metadata = HTTP.get(issuer_metadata_url(issuer)).json()
            (jwk,) = metadata["credential_request_encryption"]["jwks"]["keys"]
            body = jwe.encrypt(body, recipient=jwk, enc="A128GCM", header={}).encode()
            media_type = "application/jwt"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
        return HTTP.post(f"{issuer}/{path}", content=body, headers=headers)

    def ask(self, offer: CredentialOffer, token: str, configuration: str | None = None) -> httpx.Response:
        """Ask for a copy for each key, in the first form or another."""
        issuer = offer.credential_issuer
        wanted = configuration or offer.credential_configuration_ids[0]
        return self.send(issuer, token, CredentialRequest(wanted, self.proofs(issuer)))

    def fetch(self, offer: CredentialOffer, token: str, transaction: str) -> httpx.Response:
        """Ask again for what was promised."""
        request = DeferredCredentialRequest(transaction)
        return self.send(offer.credential_issuer, token, request, path="deferred")


def made(office: Office, achievement: str, **more: Any) -> dict[str, Any]:
    """An offer of the school."""
    offer: dict[str, Any] = office.post("/api/offers", {"achievement": achievement} | more)
    return offer


def metadata_of(office: Office) -> dict[str, Any]:
    """What the school says of itself to wallets."""
    found: dict[str, Any] = HTTP.get(issuer_metadata_url(office.issuer)).json()
    return found

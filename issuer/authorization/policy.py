"""What an organisation asks of wallets: nothing beyond the specifications, or the HAIP 1.0 profile.

HAIP (OpenID4VC High Assurance Interoperability Profile 1.0, section 4): pushed requests, DPoP with a nonce,
ES256. Whether a wallet must be attested, and by whom, is the organisation's own choice.
"""

from typing import Annotated, Any

from beanie import Document
from pydantic import BaseModel, ConfigDict, Field

from issuer.audit.records import AuditEvent
from issuer.authorization.limits import AUTHORIZATION
from issuer.organisations.records import Account
from issuer.service import Service
from passport.errors import Invalid
from passport.errors.web import MalformedRequest
from passport.keys import PublicKey
from passport.oauth.client_attestation import TrustedProviders


class WalletProvider(BaseModel):
    """Whose attestations of wallets count, and by which keys they are signed."""

    model_config = ConfigDict(extra="forbid")

    issuer: Annotated[str, Field(min_length=1, max_length=512)]
    """The `iss` of its attestations."""
    keys: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=AUTHORIZATION.provider_keys)]
    """Public keys as JWK."""

    def public_keys(self) -> tuple[PublicKey, ...]:
        return tuple(PublicKey.from_jwk(key) for key in self.keys)


class PolicyBody(BaseModel):
    """What wallets must bring."""

    model_config = ConfigDict(extra="forbid")

    haip: bool = False
    attestation_required: bool = False
    wallet_providers: Annotated[list[WalletProvider], Field(max_length=AUTHORIZATION.wallet_providers)] = []

    def check(self) -> None:
        """Raises MalformedRequest: a key that is none, or attestations asked for that nobody could give."""
        try:
            for provider in self.wallet_providers:
                provider.public_keys()
        except Invalid:
            raise MalformedRequest(field="wallet_providers", rule="keys") from None
        if self.attestation_required and not self.wallet_providers:
            raise MalformedRequest(field="wallet_providers", rule="missing")


class AuthorizationPolicy(Document):
    """`id` is the organisation's short name."""

    id: str  # type: ignore[assignment]
    haip: bool = False
    attestation_required: bool = False
    wallet_providers: list[WalletProvider] = []  # noqa: RUF012  # pydantic copies it

    class Settings:
        name = "authorization_policies"

    @property
    def trusted(self) -> TrustedProviders:
        return {provider.issuer: provider.public_keys() for provider in self.wallet_providers}

    @property
    def algorithms(self) -> tuple[str, ...]:
        """Of DPoP proofs and of clients' keys."""
        return ("ES256",) if self.haip else ("ES256", "ES384", "EdDSA", "Ed25519")


async def policy_of(slug: str) -> AuthorizationPolicy:
    """The organisation's own, or the default."""
    return await AuthorizationPolicy.get(slug) or AuthorizationPolicy(id=slug)


async def set_policy(service: Service, actor: Account, body: PolicyBody) -> AuthorizationPolicy:
    """Raises MalformedRequest."""
    body.check()
    policy = AuthorizationPolicy(id=actor.organisation, **body.model_dump())
    now = service.clock()
    await AuditEvent.of(actor.organisation, now, actor.id, "authorization.policy", actor.organisation).write()
    await policy.save()
    return policy

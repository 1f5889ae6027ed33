"""What an organisation asks of holders' keys: in which algorithms, and how well they are kept.

Whose word on that counts are the providers of wallets that it recognises (issuer.authorization.policy): who
attests a wallet attests its keys.
"""

from dataclasses import dataclass
from typing import Annotated

from beanie import Document
from pydantic import BaseModel, ConfigDict, Field

from issuer.authorization.policy import AuthorizationPolicy, policy_of
from issuer.issuance.forms import FORMS, HAIP_FORMS, IssuedForm
from issuer.offers.proofs import ProofRules
from passport.errors.web import MalformedRequest
from passport.openid4vc import AttestationRules
from passport.openid4vc.credential_configuration import PROOF_ALGORITHMS

Level = Annotated[str, Field(min_length=1, max_length=256)]


class KeyPolicyBody(BaseModel):
    """What holders' keys must be."""

    model_config = ConfigDict(extra="forbid")

    attestation_required: bool = False
    """Issue to keys only that a recognised provider of wallets attests."""
    key_storage: Annotated[list[Level], Field(max_length=8)] = []
    """If any: it must say one of these, as `iso_18045_moderate` (OpenID4VCI 1.0, appendix D.2)."""
    user_authentication: Annotated[list[Level], Field(max_length=8)] = []
    """As `key_storage`."""


class KeyPolicy(Document):
    """`id` is the organisation's short name."""

    id: str  # type: ignore[assignment]
    asked: KeyPolicyBody

    class Settings:
        name = "key_policies"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an organisation issues at present."""

    forms: tuple[IssuedForm, ...]
    """Those that it issues, in the order in which they are offered."""
    rules: ProofRules


async def terms_of(slug: str) -> Terms:
    """What the organisation announces, and holds requests to."""
    policy, keys = await policy_of(slug), await key_policy_of(slug)
    return Terms(
        HAIP_FORMS if policy.haip else FORMS,
        ProofRules(("ES256",) if policy.haip else PROOF_ALGORITHMS, _attestation(policy, keys)),
    )


async def key_policy_of(slug: str) -> KeyPolicyBody:
    """What the organisation asks; nothing, if it did not say."""
    found = await KeyPolicy.get(slug)
    return KeyPolicyBody() if found is None else found.asked


async def set_key_policy(slug: str, body: KeyPolicyBody) -> None:
    """Raises MalformedRequest: attestations asked for that nobody could give."""
    if body.attestation_required and not (await policy_of(slug)).wallet_providers:
        raise MalformedRequest(field="attestationRequired", rule="wallet_providers")
    await KeyPolicy(id=slug, asked=body).save()


def _attestation(policy: AuthorizationPolicy, keys: KeyPolicyBody) -> AttestationRules | None:
    attesters = tuple(key for each in policy.wallet_providers for key in each.public_keys())
    if not attesters and not keys.attestation_required:
        return None
    return AttestationRules(
        attesters, keys.attestation_required, tuple(keys.key_storage), tuple(keys.user_authentication)
    )

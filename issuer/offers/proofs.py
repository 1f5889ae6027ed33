"""Whose keys a credential request proves (OpenID4VCI 1.0, section 8.2 and appendix F)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from issuer.limits import OFFER
from issuer.offers.codes import check_nonce
from issuer.offers.used import use_nonce
from issuer.service import Service
from passport.errors.openid4vc import InvalidKeyProof, InvalidNonce
from passport.errors.storage import AlreadyUsed
from passport.keys import PublicKey
from passport.openid4vc import (
    AttestationRules,
    CredentialRequest,
    check_key_attestation,
    check_key_proof,
    holder_of,
)


@dataclass(frozen=True, slots=True)
class ProofRules:
    """What the metadata announces of key proofs."""

    algorithms: tuple[str, ...]
    attestation: AttestationRules | None = None
    """None: nobody's word about keys counts here."""


@dataclass(frozen=True, slots=True)
class _Proved:
    """Keys with the holders that they stand for, and the nonces that were answered."""

    holders: dict[PublicKey, str]
    nonces: frozenset[str]


async def proved_holders(
    service: Service, slug: str, request: CredentialRequest, rules: ProofRules, *, client_id: str | None
) -> tuple[str, ...]:
    """The holders whose keys a request proves, in its order, and then those that are attested besides.

    1. every proof holds, each by another key; 2. every nonce in them is ours and fresh; 3. each nonce is used
    up: only then, so that a request with one stale nonce does not cost the others.

    Raises:
        InvalidKeyProof, InvalidNonce
    """
    now, audience = service.clock(), service.addresses.issuer(slug)
    if request.key_attestation is None:
        proved = _by_proofs(request.key_proofs, rules, audience, client_id, now)
    else:
        proved = _by_attestation(request.key_attestation, rules, now)
    if len(proved.holders) > OFFER.keys:
        raise InvalidKeyProof
    lapses = {nonce: check_nonce(service.master, slug, nonce, now) for nonce in sorted(proved.nonces)}
    for nonce, until in lapses.items():
        try:
            await use_nonce(nonce, now, lapses=until)
        except AlreadyUsed:
            raise InvalidNonce from None
    service.faults.reach("after-nonce")
    return tuple(proved.holders.values())


def _by_proofs(
    tokens: Iterable[str], rules: ProofRules, audience: str, client_id: str | None, now: datetime
) -> _Proved:
    proofs = [
        check_key_proof(
            token,
            expected_audience=audience,
            now=now,
            algorithms=rules.algorithms,
            client_id=client_id,
            attestation=rules.attestation,
        )
        for token in tokens
    ]
    holders = {proof.public_key: proof.holder for proof in proofs}
    if len(holders) != len(proofs):
        raise InvalidKeyProof
    nonces = {proof.nonce for proof in proofs}
    for attestation in (proof.attestation for proof in proofs if proof.attestation is not None):
        nonces.add(_nonce(attestation.nonce))
        holders |= {key: holder_of(key) for key in attestation.keys if key not in holders}
    return _Proved(holders, frozenset(nonces))


def _by_attestation(token: str, rules: ProofRules, now: datetime) -> _Proved:
    if rules.attestation is None:
        raise InvalidKeyProof
    found = check_key_attestation(token, rules=rules.attestation, now=now, algorithms=rules.algorithms)
    return _Proved({key: holder_of(key) for key in found.keys}, frozenset({_nonce(found.nonce)}))


def _nonce(nonce: str | None) -> str:
    """An attestation answers a nonce as a proof does (appendix F.1 and F.3)."""
    if nonce is None:
        raise InvalidKeyProof
    return nonce

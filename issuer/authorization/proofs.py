"""Who sends a request: the DPoP proof and the attestation of the client that came with it.

What the pure checks leave: that a nonce is ours, and that a proof is used once.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from fastapi import Request

from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.policy import AuthorizationPolicy
from issuer.secrets import MasterSecret
from issuer.service import Service
from passport import limits
from passport.encoding import base64url_encode
from passport.errors.oauth import InvalidClient, InvalidDPoPProof, UseDPoPNonce
from passport.errors.storage import AlreadyUsed
from passport.oauth.client_attestation import (
    ATTESTATION_HEADER,
    PROOF_HEADER,
    ClientAttestation,
    check_client_attestation,
)
from passport.oauth.dpop import DPoPProof, check_dpop_proof
from passport.oauth.limits import OAUTH
from passport.storage import claim_once

DPOP_HEADER, NONCE_HEADER = "DPoP", "DPoP-Nonce"
_KEPT = timedelta(seconds=2 * (OAUTH.proof_age + limits.TIME.clock_skew))
"""A proof that is older is refused for its age; twice that, for a clock that was put back a little. No
longer: anybody may make proofs, and each is remembered. What comes with one is used once besides."""
_SEAL_BYTES = 16
_LONGEST_NUMBER = 12


async def dpop_proof(
    service: Service,
    policy: AuthorizationPolicy,
    request: Request,
    *,
    access_token: str | None = None,
    at: str = "server",
) -> DPoPProof | None:
    """The proof of a request's key, or None where the request brings none.

    Args:
        service: of this issuer.
        policy: of the organisation whose door it is.
        request: as it came.
        access_token: the token with it, at a resource.
        at: `server` or `resource`: how a refusal is answered (RFC 9449, sections 8 and 9).

    Raises:
        InvalidDPoPProof: it does not hold, was used before, or there are several.
        UseDPoPNonce: the organisation asks for a nonce, or the one in it is too old; a fresh one goes along.
    """
    given = request.headers.getlist(DPOP_HEADER)
    if not given:
        return None
    now = service.clock()
    if len(given) != 1:
        raise InvalidDPoPProof(at=at)
    try:
        proof = check_dpop_proof(
            given[0],
            expected_method=request.method,
            expected_url=f"{service.addresses.origin}{request.url.path}",
            now=now,
            access_token=access_token,
        )
    except InvalidDPoPProof:
        raise InvalidDPoPProof(at=at) from None
    if proof.algorithm not in policy.algorithms:
        raise InvalidDPoPProof(at=at)
    known = proof.nonce is not None and is_nonce(service.master, policy.id, proof.nonce, now)
    if not known and (policy.haip or proof.nonce is not None):
        raise UseDPoPNonce(at=at, nonce=new_nonce(service.master, policy.id, now))
    try:
        await claim_once("dpop", _digest(f"{proof.jkt} {proof.jti}"), now, keep_until=now + _KEPT)
    except AlreadyUsed:
        raise InvalidDPoPProof(at=at) from None
    return proof


async def client_attestation(
    service: Service, policy: AuthorizationPolicy, request: Request, client_id: str | None
) -> ClientAttestation | None:
    """The attestation of the client, or None where the request brings none and none is asked for.

    One by a provider whom the organisation does not know is refused, and not left aside: its client means to
    be known by it.

    Raises:
        InvalidClient: missing, wrong, of another client than the request names, or its proof was used before.
    """
    attested, proved = (request.headers.getlist(name) for name in (ATTESTATION_HEADER, PROOF_HEADER))
    if not attested and not proved:
        if policy.attestation_required:
            raise InvalidClient
        return None
    if len(attested) != 1 or len(proved) != 1:
        raise InvalidClient
    found = check_client_attestation(
        attested[0],
        proved[0],
        trusted=policy.trusted,
        expected_audience=service.addresses.issuer(policy.id),
        now=service.clock(),
    )
    if client_id is not None and client_id != found.client_id:
        raise InvalidClient
    try:
        now = service.clock()
        await claim_once("client-proof", _digest(f"{found.jkt} {found.jti}"), now, keep_until=now + _KEPT)
    except AlreadyUsed:
        raise InvalidClient from None
    return found


def new_nonce(master: MasterSecret, slug: str, now: datetime) -> str:
    """A DPoP nonce of an organisation: a moment, a random part, and a seal."""
    until = now + timedelta(seconds=AUTHORIZATION.nonce_lifetime)
    body = f"{int(until.timestamp())}.{secrets.token_urlsafe(12)}"
    return f"{body}.{_seal(master, slug, body)}"


def is_nonce(master: MasterSecret, slug: str, nonce: str, now: datetime) -> bool:
    """Whether we made it for this organisation, and not too long ago."""
    body, _, seal = nonce.rpartition(".")
    if not nonce.isascii() or not hmac.compare_digest(seal, _seal(master, slug, body)):
        return False
    number = body.partition(".")[0]
    return number.isdigit() and len(number) <= _LONGEST_NUMBER and int(number) > now.timestamp()


def _seal(master: MasterSecret, slug: str, body: str) -> str:
    return base64url_encode(master.code("dpop_nonce", slug, body)[:_SEAL_BYTES])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Take an authorization request, pushed or in the front channel, and remember what it asks."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from fastapi import Request

from issuer.achievements.records import AchievementRecord
from issuer.authorization.identifiers import achievement_of
from issuer.authorization.issuer_state import offer_of_state
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.policy import policy_of
from issuer.authorization.proofs import client_attestation, dpop_proof
from issuer.authorization.records import Authorization, Stage
from issuer.issuance.forms import configuration_ids
from issuer.service import Service
from passport.errors.oauth import (
    InvalidAuthorizationDetails,
    InvalidAuthorizationRequest,
    InvalidDPoPProof,
    InvalidRequestUri,
    InvalidScope,
    OAuthError,
    PushedRequestRequired,
    RequestObjectNotSupported,
)
from passport.oauth.authorization_request import AuthorizationRequest, parse_authorization_request
from passport.oauth.client_attestation import ClientAttestation
from passport.oauth.pushed_request import PREFIX, PushedRequest, parse_pushed_reference


async def push(
    service: Service, slug: str, http: Request, members: Sequence[tuple[str, str]], *, networks: Sequence[str]
) -> PushedRequest:
    """Keep a request for a moment (RFC 9126, section 2).

    Raises:
        OAuthError: it is malformed, asks what is not there, or its client is not who it must be.
        TooManyPermissionsBegun: from those networks, or here, see issuer.authorization.begun.
    """
    policy = await policy_of(slug)
    if any(name == "request_uri" for name, _ in members):
        raise InvalidAuthorizationRequest  # RFC 9126, section 2.1
    request = parse_authorization_request(members)
    # first what a client is told to send again with a nonce: then the rest of it was not used up
    proof = await dpop_proof(service, policy, http)
    attestation = await client_attestation(service, policy, http, request.client_id)
    jkt = request.dpop_jkt
    if proof is not None:
        if jkt is not None and jkt != proof.jkt:
            raise InvalidDPoPProof  # RFC 9449, section 10.1
        jkt = proof.jkt
    made = await _authorization(service, slug, request, Stage.PUSHED, attestation=attestation, jkt=jkt)
    service.begun.count(slug, networks, service.clock())
    await made.insert()
    return PushedRequest(f"{PREFIX}{made.id}", AUTHORIZATION.pushed_lifetime)


async def begin(
    service: Service, slug: str, members: Sequence[tuple[str, str]], *, networks: Sequence[str]
) -> tuple[Authorization, str]:
    """Begin a visit by what was pushed, which is used up, or by the parameters themselves.

    Returns:
        the authorization at its first page, and the secret of the browser that came.

    Raises:
        PushedRequestRequired: the organisation takes no others.
        OAuthError, TooManyPermissionsBegun: as for `push`. What was pushed was counted then.
    """
    now, secret = service.clock(), secrets.token_urlsafe(32)
    opened = {
        "stage": Stage.OPEN.value,
        "browser": service.master.code("browser", secret),
        "expires_at": now + timedelta(seconds=AUTHORIZATION.visit),
    }
    reference = parse_pushed_reference(members)
    if reference is not None:
        if not reference.request_uri.startswith(PREFIX):
            raise RequestObjectNotSupported
        pushed = await Authorization.get(reference.request_uri.removeprefix(PREFIX))
        if pushed is None or pushed.organisation != slug or pushed.client_id != reference.client_id:
            raise InvalidRequestUri
        if pushed.expires_at <= now:
            raise InvalidRequestUri
        found = await pushed.change(Stage.PUSHED, opened)
        if found is None:
            raise InvalidRequestUri
        return found, secret
    policy = await policy_of(slug)
    if policy.haip or policy.attestation_required:
        raise PushedRequestRequired
    request = parse_authorization_request(members)
    made = await _authorization(service, slug, request, Stage.OPEN, jkt=request.dpop_jkt)
    service.begun.count(slug, networks, now)
    await made.model_copy(update=opened | {"stage": Stage.OPEN}).insert()
    return made, secret


async def _authorization(
    service: Service,
    slug: str,
    request: AuthorizationRequest,
    stage: Stage,
    *,
    jkt: str | None,
    attestation: ClientAttestation | None = None,
) -> Authorization:
    now = service.clock()
    offer = None
    if request.issuer_state is not None:
        offer = offer_of_state(service.master, slug, request.issuer_state)
        if offer is None:
            raise InvalidAuthorizationRequest
    return Authorization(
        id=secrets.token_hex(16),
        organisation=slug,
        stage=stage,
        client_id=request.client_id,
        wallet_name=None if attestation is None else attestation.wallet_name,
        provider=None if attestation is None else attestation.provider,
        client_jkt=None if attestation is None else attestation.jkt,
        redirect_uri=request.redirect_uri.text,
        code_challenge=request.code_challenge,
        state=request.state,
        wanted=await _wanted(service, slug, request),
        by_details=bool(request.authorization_details),
        scope=list(request.scope),
        offer=offer,
        dpop_jkt=jkt,
        created_at=now,
        expires_at=now + timedelta(seconds=AUTHORIZATION.pushed_lifetime),
    )


async def _wanted(service: Service, slug: str, request: AuthorizationRequest) -> list[str]:
    """The configurations that are asked for; a scope has the name of its configuration.

    Raises:
        InvalidAuthorizationDetails, InvalidScope: the organisation has no such configuration, or the details
            are about another Credential Issuer.
    """
    issuer = service.addresses.issuer(slug)
    wanted: dict[str, None] = {}
    for detail in request.authorization_details:
        if detail.locations and issuer not in detail.locations:
            raise InvalidAuthorizationDetails
        await _check_known(slug, detail.credential_configuration_id, otherwise=InvalidAuthorizationDetails)
        wanted[detail.credential_configuration_id] = None
    for word in request.scope:
        await _check_known(slug, word, otherwise=InvalidScope)
        wanted[word] = None
    return list(wanted)


async def _check_known(slug: str, configuration: str, *, otherwise: type[OAuthError]) -> None:
    record = await AchievementRecord.get(achievement_of(configuration))
    if record is None or record.organisation != slug or configuration not in configuration_ids(record.id):
        raise otherwise

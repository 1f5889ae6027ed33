"""Tokens for programs: a code or a refresh token for an access token; the end of both (RFC 6749, 7009)."""

import hmac
from datetime import datetime, timedelta

from fastapi import Request

from issuer.authorization.grants import (
    AccessGrant,
    digest,
    grant_of_token,
    new_access_token,
    new_grant_id,
    read_refresh_token,
    refresh_token,
)
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.records import Proof, Stage
from issuer.open_badges_api.clients import BadgeClient
from issuer.open_badges_api.visit import BadgeVisit
from issuer.service import Service
from passport.errors.oauth import (
    InvalidAccessToken,
    InvalidClient,
    InvalidGrant,
    InvalidScope,
    UnsupportedGrantType,
)
from passport.oauth.client_secret import read_basic
from passport.oauth.pkce import check_code_verifier
from passport.oauth.token_request import AuthorizationCodeGrant, RefreshTokenGrant, TokenRequest
from passport.oauth.token_response import TokenResponse
from passport.open_badges_api.paths import ROOT
from passport.open_badges_api.scopes import OFFLINE_ACCESS


async def client_of(slug: str, http: Request, named: str | None) -> BadgeClient:
    """The program that asks: by its secret, in the header alone; a program without one by its name.

    Raises:
        InvalidClient
    """
    header = http.headers.get("authorization")
    client_id, secret = (named, None) if header is None else read_basic(header)
    if named is not None and named != client_id:
        raise InvalidClient
    client = await BadgeClient.find_or_fail(slug, client_id)
    client.check_secret(secret)
    return client


async def redeem(service: Service, slug: str, http: Request, request: TokenRequest) -> TokenResponse:
    """Raises InvalidClient, InvalidGrant, InvalidCodeVerifier, InvalidScope, UnsupportedGrantType."""
    client = await client_of(slug, http, request.client_id)
    if isinstance(request, AuthorizationCodeGrant):
        return await _code(service, slug, client, request)
    if isinstance(request, RefreshTokenGrant):
        return await _refreshed(service, slug, client, request)
    raise UnsupportedGrantType


async def _code(
    service: Service, slug: str, client: BadgeClient, request: AuthorizationCodeGrant
) -> TokenResponse:
    """A code, once. A second time, with its verifier, it ends what came of it (RFC 6749, section 4.1.2)."""
    now = service.clock()
    visit = await BadgeVisit.get(request.code.partition(".")[0])
    if visit is None or visit.organisation != slug or visit.code is None:
        raise InvalidGrant
    if not hmac.compare_digest(visit.code, digest(request.code)) or visit.client_id != client.id:
        raise InvalidGrant
    if request.redirect_uri != visit.redirect_uri:
        raise InvalidGrant
    check_code_verifier(request.code_verifier, visit.code_challenge)
    if visit.stage is Stage.REDEEMED:
        await AccessGrant.end(visit.grant or "", now)
        raise InvalidGrant
    if visit.code_until is None or visit.code_until <= now or visit.proof is not Proof.MAILBOX:
        raise InvalidGrant
    grant, token = _new_grant(service, client, visit, now)
    await grant.insert()
    used = await visit.change(
        Stage.GRANTED, {"stage": Stage.REDEEMED.value, "grant": grant.id}, where={"code": visit.code}
    )
    if used is None:
        await AccessGrant.end(grant.id, now)
        raise InvalidGrant
    await client.note_use(now)
    return _response(service, grant, token)


async def _refreshed(
    service: Service, slug: str, client: BadgeClient, request: RefreshTokenGrant
) -> TokenResponse:
    """A refresh token, once. A used one ends the permission (RFC 9700, section 4.14.2)."""
    now = service.clock()
    grant_id, number = read_refresh_token(service.master, _seal_of(slug), request.refresh_token)
    grant = await _grant_of(slug, client, grant_id)
    if grant is None or grant.ended_at is not None:
        raise InvalidGrant
    if grant.refresh_until is None or grant.refresh_until <= now:
        raise InvalidGrant
    if not set(request.scope) <= set(grant.scope):
        raise InvalidScope
    token, token_digest = new_access_token(grant.id)
    if number != grant.number or not await grant.rotate(
        token=token_digest,
        token_until=now + timedelta(seconds=service.settings.token_lifetime),
        refresh_until=now + timedelta(seconds=AUTHORIZATION.refresh_lifetime),
    ):
        await AccessGrant.end(grant.id, now)
        raise InvalidGrant
    grant.number += 1
    await client.note_use(now)
    return _response(service, grant, token)


async def revoke(service: Service, slug: str, http: Request, token: str, named: str | None) -> None:
    """End the permission that a token is of; one that we don't know, or another program's, changes nothing.

    Raises:
        InvalidClient
    """
    client = await client_of(slug, http, named)
    try:
        grant_id, _ = read_refresh_token(service.master, _seal_of(slug), token)
    except InvalidGrant:
        try:
            grant_id = grant_of_token(token)
        except InvalidAccessToken:
            return
        grant = await _grant_of(slug, client, grant_id)
        if grant is None or not hmac.compare_digest(grant.token, digest(token)):
            return
    if await _grant_of(slug, client, grant_id) is not None:
        await AccessGrant.end(grant_id, service.clock())


async def _grant_of(slug: str, client: BadgeClient, grant_id: str) -> AccessGrant | None:
    grant = await AccessGrant.get(grant_id)
    if grant is None or grant.organisation != slug or grant.client_id != client.id:
        return None
    return grant


def _new_grant(
    service: Service, client: BadgeClient, visit: BadgeVisit, now: datetime
) -> tuple[AccessGrant, str]:
    grant_id = new_grant_id()
    token, token_digest = new_access_token(grant_id)
    later = client.refreshes and OFFLINE_ACCESS in visit.scope
    grant = AccessGrant(
        id=grant_id,
        organisation=visit.organisation,
        offers=[],
        client_id=client.id,
        scope=visit.scope,
        learner=visit.mailbox,
        token=token_digest,
        token_until=now + timedelta(seconds=service.settings.token_lifetime),
        refresh_until=now + timedelta(seconds=AUTHORIZATION.refresh_lifetime) if later else None,
        created_at=now,
    )
    return grant, token


def _response(service: Service, grant: AccessGrant, token: str) -> TokenResponse:
    refreshing = grant.refresh_until is not None
    return TokenResponse(
        token,
        service.settings.token_lifetime,
        refresh_token=refresh_token(service.master, _seal_of(grant.organisation), grant.id, grant.number)
        if refreshing
        else None,
        scope=tuple(grant.scope),
    )


def _seal_of(slug: str) -> str:
    """Apart from the refresh tokens of wallets, whose endpoint asks for no secret."""
    return f"{slug}{ROOT}"

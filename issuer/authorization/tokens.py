"""The token endpoint: three grants, one kind of access token (OpenID4VCI 1.0, section 6; RFC 9449)."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fastapi import Request

from issuer.authorization.grants import (
    AccessGrant,
    digest,
    new_access_token,
    new_grant_id,
    read_refresh_token,
    refresh_token,
)
from issuer.authorization.identifiers import granted_details
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.policy import policy_of
from issuer.authorization.proofs import client_attestation, dpop_proof
from issuer.authorization.records import Authorization, Proof, Stage
from issuer.issuance.forms import configuration_ids
from issuer.offers.codes import check_code, transaction_code
from issuer.offers.records import Offer, OfferGrant
from issuer.offers.used import use_code
from issuer.service import Service
from passport.errors.oauth import (
    InvalidClient,
    InvalidDPoPProof,
    InvalidGrant,
    InvalidScope,
    InvalidTokenRequest,
)
from passport.errors.storage import AlreadyUsed
from passport.oauth.authorization_details import AuthorizationDetail
from passport.oauth.pkce import check_code_verifier
from passport.oauth.token_request import (
    AuthorizationCodeGrant,
    PreAuthorizedCodeGrant,
    RefreshTokenGrant,
    TokenRequest,
)
from passport.oauth.token_response import TokenResponse, TokenType

_CODE_PARTS: Final = 2


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks for a token."""

    client_id: str | None
    client_jkt: str | None
    """The attested key of its instance."""
    jkt: str | None
    """The key of its DPoP proof."""


async def redeem(service: Service, slug: str, http: Request, request: TokenRequest) -> TokenResponse:
    """Exchange a code, or a refresh token, for an access token.

    Raises:
        InvalidClient, InvalidDPoPProof, UseDPoPNonce: of whoever asks.
        InvalidTokenRequest, InvalidGrant, InvalidCodeVerifier, InvalidScope: of what is exchanged.
    """
    policy = await policy_of(slug)
    # first what a client is told to send again with a nonce: then the rest of it was not used up
    proof = await dpop_proof(service, policy, http)
    if proof is None and policy.haip:
        raise InvalidDPoPProof
    attestation = await client_attestation(service, policy, http, request.client_id)
    client = Client(
        request.client_id if attestation is None else attestation.client_id,
        None if attestation is None else attestation.jkt,
        None if proof is None else proof.jkt,
    )
    if isinstance(request, PreAuthorizedCodeGrant):
        return await _pre_authorized(service, slug, client, request)
    if isinstance(request, AuthorizationCodeGrant):
        return await _authorized(service, slug, client, request)
    return await _refreshed(service, slug, client, request)


async def _pre_authorized(
    service: Service, slug: str, client: Client, request: PreAuthorizedCodeGrant
) -> TokenResponse:
    """A pre-authorized code (OpenID4VCI 1.0, section 6.1).

    1. the code is ours and fresh; 2. a transaction code is there exactly when one is asked for; 3. a try is
    taken before the transaction code is compared, so that guesses at once don't get more of them; 4. the code
    is used up, after the transaction code and not before; 5. the offer goes to one grant.
    """
    now = service.clock()
    code = check_code(service.master, slug, request.pre_authorized_code, now)
    offer = await Offer.get(code.offer)
    if offer is None or offer.organisation != slug or OfferGrant.PRE_AUTHORIZED not in offer.grants:
        raise InvalidGrant
    if offer.tx_code != (request.tx_code is not None):
        raise InvalidTokenRequest
    if request.tx_code is not None:
        await check_transaction_code(service, offer, request.tx_code)
    details = granted_details(_configurations(request.authorization_details), (offer,))
    if request.authorization_details and not details:
        raise InvalidTokenRequest
    try:
        await use_code(request.pre_authorized_code, now, lapses=code.lapses)
    except AlreadyUsed:
        raise InvalidGrant from None
    grant, token = _new_grant(service, slug, client, (offer,), now)
    await grant.insert()
    if not await Offer.redeem(offer.id, grant.binding, now, grant.token_until):
        raise InvalidGrant
    service.faults.reach("after-redeem")
    return _response(service, grant, token, details)


async def check_transaction_code(service: Service, offer: Offer, given: str) -> None:
    """Hold a code against the offer's own; raises InvalidGrant. The last wrong one ends the offer."""
    left = await Offer.take_try(offer.id, service.clock())
    if left is None:
        raise InvalidGrant
    right = transaction_code(service.master, offer.id)
    if not hmac.compare_digest(given.encode(), right.encode()):
        if left == 0:
            await Offer.void(offer.id)
        raise InvalidGrant


async def _authorized(
    service: Service, slug: str, client: Client, request: AuthorizationCodeGrant
) -> TokenResponse:
    """An authorization code (RFC 6749, section 4.1.3; RFC 7636, 4.6; RFC 9449, section 10).

    1. the code is ours, and comes from the client that asked, for the same address, with the verifier: a code
    that somebody read in a browser's history ends nothing; 2. one that was used before ends what came of it
    (RFC 6749, section 4.1.2); 3. it comes by the key that it is for: a mistake leaves the code as it is;
    4. the code is used up; 5. the learner's offers go to one grant.
    """
    now = service.clock()
    found = await _of_code(slug, request.code)
    _check_client(client, client_id=found.client_id, client_jkt=found.client_jkt)
    if request.redirect_uri != found.redirect_uri:
        raise InvalidGrant
    check_code_verifier(request.code_verifier, found.code_challenge)
    if found.stage is Stage.REDEEMED:
        await AccessGrant.end(found.grant or "", now)
        raise InvalidGrant
    if found.stage is not Stage.GRANTED or found.code_until is None or found.code_until <= now:
        raise InvalidGrant
    if found.dpop_jkt is not None and client.jkt != found.dpop_jkt:
        raise InvalidDPoPProof
    offers = [offer for offer in (await Offer.among(found.chosen)).values() if offer.organisation == slug]
    grant, token = _new_grant(service, slug, client, offers, now)
    grant.scope = found.scope
    grant.learner = found.mailbox if found.proof is Proof.MAILBOX else None
    details = _asked_of(found, request)
    await grant.insert()
    used = await found.change(
        Stage.GRANTED,
        {"stage": Stage.REDEEMED.value, "grant": grant.id},
        where={"code": found.code},
    )
    given = [
        offer
        for offer in offers
        if used is not None and await Offer.redeem(offer.id, grant.binding, now, grant.token_until)
    ]
    if not given:
        await AccessGrant.end(grant.id, now)
        raise InvalidGrant
    service.faults.reach("after-redeem")
    return _response(service, grant, token, _details(found, details, given))


async def _of_code(slug: str, code: str) -> Authorization:
    parts = code.split(".")
    if len(parts) != _CODE_PARTS or not parts[0].isalnum() or not code.isascii():
        raise InvalidGrant
    found = await Authorization.get(parts[0])
    if found is None or found.organisation != slug or found.code is None:
        raise InvalidGrant
    if not hmac.compare_digest(found.code, digest(code)):
        raise InvalidGrant
    return found


def _asked_of(found: Authorization, request: AuthorizationCodeGrant) -> list[str]:
    """The configurations that the client asks for at last; raises InvalidTokenRequest for more."""
    asked = _configurations(request.authorization_details)
    if not set(asked) <= set(found.wanted):
        raise InvalidTokenRequest
    return asked or found.wanted


def _details(
    found: Authorization, wanted: Sequence[str], offers: Sequence[Offer]
) -> tuple[AuthorizationDetail, ...]:
    """With identifiers where the client speaks of details, and where only they tell its offers apart."""
    several = len({offer.achievement for offer in offers}) < len(offers)
    if not found.by_details and not several:
        return ()
    every = [name for offer in offers for name in configuration_ids(offer.achievement)]
    return granted_details(dict.fromkeys(wanted or every), offers)


async def _refreshed(
    service: Service, slug: str, client: Client, request: RefreshTokenGrant
) -> TokenResponse:
    """A refresh token, which is used once (RFC 6749, section 6; RFC 9700, section 4.14.2)."""
    now = service.clock()
    grant_id, number = read_refresh_token(service.master, slug, request.refresh_token)
    grant = await AccessGrant.get(grant_id)
    if grant is None or grant.organisation != slug or grant.ended_at is not None:
        raise InvalidGrant
    if grant.refresh_until is None or grant.refresh_until <= now:
        raise InvalidGrant
    _check_client(client, client_id=grant.client_id, client_jkt=grant.client_jkt)
    if client.jkt != grant.jkt:
        raise InvalidDPoPProof
    if not set(request.scope) <= set(grant.scope):
        raise InvalidScope
    token, token_digest = new_access_token(grant.id)
    token_until = now + timedelta(seconds=service.settings.token_lifetime)
    refresh_until = now + timedelta(seconds=AUTHORIZATION.refresh_lifetime)
    if number != grant.number or not await grant.rotate(
        token=token_digest, token_until=token_until, refresh_until=refresh_until
    ):
        # used before, or at this very moment by somebody else: which of the two is the thief can't be told
        await AccessGrant.end(grant.id, now)
        raise InvalidGrant
    await Offer.prolong(grant.offers, grant.binding, token_until)
    grant.number += 1
    return _response(service, grant, token, ())


def _check_client(client: Client, *, client_id: str | None, client_jkt: str | None) -> None:
    """Raises InvalidGrant for another client's name, InvalidClient for another instance of it."""
    if client_id is not None and client.client_id != client_id:
        raise InvalidGrant
    if client_jkt is not None and client.client_jkt != client_jkt:
        raise InvalidClient


def _new_grant(
    service: Service, slug: str, client: Client, offers: Sequence[Offer], now: datetime
) -> tuple[AccessGrant, str]:
    """A grant, not yet stored, with its first access token.

    Refresh tokens go to who proved a key alone: whoever steals one then gets nothing for it.
    """
    grant_id = new_grant_id()
    token, token_digest = new_access_token(grant_id)
    refresh_until = now + timedelta(seconds=AUTHORIZATION.refresh_lifetime)
    grant = AccessGrant(
        id=grant_id,
        organisation=slug,
        offers=[offer.id for offer in offers],
        client_id=client.client_id,
        client_jkt=client.client_jkt,
        jkt=client.jkt,
        token=token_digest,
        token_until=now + timedelta(seconds=service.settings.token_lifetime),
        refresh_until=None if client.jkt is None else refresh_until,
        created_at=now,
    )
    return grant, token


def _response(
    service: Service, grant: AccessGrant, token: str, details: tuple[AuthorizationDetail, ...]
) -> TokenResponse:
    refreshing = grant.refresh_until is not None
    return TokenResponse(
        token,
        service.settings.token_lifetime,
        TokenType.BEARER if grant.jkt is None else TokenType.DPOP,
        refresh_token(service.master, grant.organisation, grant.id, grant.number) if refreshing else None,
        tuple(grant.scope),
        details,
    )


def _configurations(details: Sequence[AuthorizationDetail]) -> list[str]:
    return [detail.credential_configuration_id for detail in details]

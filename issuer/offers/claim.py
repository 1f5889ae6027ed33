"""Claim an offer: code for access token, then proof of the holder's key for the credential."""

import hashlib
import hmac
from datetime import timedelta

from issuer.achievements.records import AchievementRecord
from issuer.errors import IdempotencyKeyReused
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id
from issuer.issuance.claims import Claims
from issuer.issuance.forms import form_of
from issuer.issuance.issue import deliver, issue
from issuer.issuance.prepare import Order
from issuer.issuance.records import Issuance
from issuer.offers.codes import (
    check_code,
    check_nonce,
    create_access_token,
    token_digest,
    token_offer,
    transaction_code,
)
from issuer.offers.records import HANDED_OVER, Offer, OfferState
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.errors.openid4vc import (
    CredentialRequestDenied,
    InvalidAccessToken,
    InvalidGrant,
    InvalidNonce,
    InvalidTokenRequest,
    UnknownCredentialConfiguration,
)
from passport.errors.storage import AlreadyUsed
from passport.openid4vc import CredentialRequest, TokenRequest, TokenResponse, check_key_proof
from passport.storage import claim_once


async def redeem(service: Service, slug: str, request: TokenRequest) -> TokenResponse:
    """Exchange a pre-authorized code for an access token (OpenID4VCI 1.0, section 6).

    1. the code is ours and fresh; 2. a transaction code is there exactly when one is asked for; 3. a try is
    taken before the transaction code is compared, so that guesses at once don't get more of them; 4. the code
    is used up, after the transaction code and not before; 5. the offer gives its one token.

    Raises:
        InvalidTokenRequest, InvalidGrant
    """
    now = service.clock()
    offer = await Offer.get(check_code(service.master, slug, request.pre_authorized_code, now))
    if offer is None or offer.organisation != slug:
        raise InvalidGrant
    if offer.tx_code != (request.tx_code is not None):
        raise InvalidTokenRequest
    if request.tx_code is not None:
        await _check_tx_code(service, offer, request.tx_code)
    try:
        await claim_once("pre-authorized_code", _digest(request.pre_authorized_code), now)
    except AlreadyUsed:
        raise InvalidGrant from None
    token, digest = create_access_token(offer.id)
    until = now + timedelta(seconds=service.settings.token_lifetime)
    if not await Offer.redeem(offer.id, digest, now, until):
        raise InvalidGrant
    service.faults.reach("after-redeem")
    return TokenResponse(token, service.settings.token_lifetime)


async def _check_tx_code(service: Service, offer: Offer, given: str) -> None:
    left = await Offer.take_try(offer.id, service.clock())
    if left is None:
        raise InvalidGrant
    right = transaction_code(service.master, offer.id)
    if not hmac.compare_digest(given.encode(), right.encode()):
        if left == 0:
            await Offer.void(offer.id)
        raise InvalidGrant


async def authorized_offer(service: Service, slug: str, authorization: str | None) -> Offer:
    """The offer that an access token stands for; raises InvalidAccessToken."""
    offer_id, token = token_offer(authorization)
    offer = await Offer.get(offer_id)
    if offer is None or offer.organisation != slug or offer.token_digest is None:
        raise InvalidAccessToken
    if offer.state not in {OfferState.REDEEMED, *HANDED_OVER}:
        raise InvalidAccessToken
    if not hmac.compare_digest(offer.token_digest, token_digest(token)):
        raise InvalidAccessToken
    if offer.token_expires_at is None or offer.token_expires_at <= service.clock():
        raise InvalidAccessToken
    return offer


async def claim(service: Service, offer: Offer, request: CredentialRequest) -> bytes:
    """Issue the offered credential, in one of its forms, to whoever proves a key (OpenID4VCI 1.0, section 8).

    The first key that gets so far is the holder for good. The same key gets the same bytes again while the
    access token lives, so a reply that got lost can be asked for once more, and every other form besides.

    Raises:
        UnknownCredentialConfiguration, InvalidKeyProof, InvalidNonce, CredentialRequestDenied
    """
    now = service.clock()
    form = form_of(offer.achievement, request.credential_configuration_id or "")
    if form is None or len(request.key_proofs) != 1:
        raise UnknownCredentialConfiguration
    audience = service.addresses.issuer(offer.organisation)
    proof = check_key_proof(request.key_proofs[0], expected_audience=audience, now=now)
    check_nonce(service.master, offer.organisation, proof.nonce, now)
    try:
        await claim_once("c_nonce", _digest(proof.nonce), now)
    except AlreadyUsed:
        raise InvalidNonce from None
    service.faults.reach("after-nonce")
    if offer.subject is not None and offer.subject != proof.holder:
        raise CredentialRequestDenied
    order = await _order(service, offer, proof.holder)
    found = await Issuance.get(order.id)
    if found is not None and found.subject != proof.holder:
        raise CredentialRequestDenied
    try:
        issued = await issue(service, order)
    except IdempotencyKeyReused:
        raise CredentialRequestDenied from None  # another key was recorded first, at this very moment
    source = await deliver(service, issued, order.organisation, form)
    assert offer.token_digest is not None
    await Offer.mark_issued(offer.id, offer.token_digest)
    return source


def claim_id(service: Service, offer: Offer) -> str:
    """The id of what an offer gives: one credential, whoever asks and however often."""
    key = offer.id if offer.round == 0 else f"{offer.id} {offer.round}"
    return record_id(service.master, "claim", offer.organisation, key)


async def _order(service: Service, offer: Offer, holder: str) -> Order:
    organisation = await Organisation.find_or_fail(offer.organisation)
    achievement = await AchievementRecord.find_or_fail(offer.organisation, offer.achievement)
    claims = Claims.restored(offer.claims)
    return Order(
        id=claim_id(service, offer),
        organisation=organisation,
        achievement=achievement,
        claims=claims,
        subject=holder,
        files={file: await EvidenceFile.find_or_fail(offer.organisation, file) for file in claims.files},
        request=f"{offer.id} {holder}",
        account="holder",
        offer=offer.id,
        batch=offer.batch,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

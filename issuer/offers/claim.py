"""Claim an offer: proof of the holder's key for the credential. Access tokens are issuer.authorization's."""

import hashlib

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
    check_nonce,
)
from issuer.offers.records import Offer
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.errors.openid4vc import (
    CredentialRequestDenied,
    InvalidNonce,
    UnknownCredentialConfiguration,
)
from passport.errors.storage import AlreadyUsed
from passport.openid4vc import CredentialRequest, check_key_proof
from passport.storage import claim_once


async def claim(service: Service, offer: Offer, configuration: str, request: CredentialRequest) -> bytes:
    """Issue the offered credential, in one of its forms, to whoever proves a key (OpenID4VCI 1.0, section 8).

    The first key that gets so far is the holder for good. The same key gets the same bytes again while the
    access token lives, so a reply that got lost can be asked for once more, and every other form besides.

    Raises:
        UnknownCredentialConfiguration, InvalidKeyProof, InvalidNonce, CredentialRequestDenied
    """
    now = service.clock()
    form = form_of(offer.achievement, configuration)
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

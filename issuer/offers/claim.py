"""Claim an offer: proof of the holder's key for the credential. Access tokens are issuer.authorization's."""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.achievements.records import AchievementRecord
from issuer.errors import IdempotencyKeyReused
from issuer.evidence.records import EvidenceFile
from issuer.identifiers import record_id
from issuer.issuance.forms import IssuedForm, configuration_id
from issuer.issuance.issue import deliver_to, record
from issuer.issuance.prepare import Order
from issuer.issuance.records import Issuance
from issuer.limits import OFFER
from issuer.offers.proofs import ProofRules, proved_holders
from issuer.offers.records import Offer, OfferState
from issuer.offers.sealed import claims_of
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.status.withdraw import revoke
from passport.encoding import base64url_encode
from passport.errors.openid4vc import CredentialRequestDenied
from passport.openid4vc import CredentialRequest, Deferred

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a request gets: a copy for each of its keys, and how to speak of them."""

    credentials: tuple[bytes, ...]
    notification_id: str


async def claim(
    service: Service,
    offer: Offer,
    form: IssuedForm,
    request: CredentialRequest,
    *,
    rules: ProofRules,
    client_id: str | None = None,
) -> Claimed | Deferred:
    """Issue the offered credential, in one of its forms, to whoever proves keys (OpenID4VCI 1.0, section 8).

    The keys that get so far first are the holder's for good. Any of them gets the same bytes again while the
    access token lives, so a reply that got lost can be asked for once more, and every other form besides. Of
    an offer that is held back only the keys are settled, and a promise is given (section 9).

    Raises:
        InvalidKeyProof, InvalidNonce, CredentialRequestDenied
    """
    holders = await proved_holders(service, offer.organisation, request, rules, client_id=client_id)
    if offer.subject is not None and set(holders) != {offer.subject}:
        raise CredentialRequestDenied
    if offer.held:
        assert offer.token_digest is not None
        offer = await Offer.hold(offer.id, offer.token_digest, holders)
        if not set(holders) <= set(offer.holders or ()):
            raise CredentialRequestDenied
        service.faults.reach("after-hold")
        if offer.waiting:
            return Deferred(transaction_id(service, offer, form, holders), OFFER.wait)
    return await give(service, offer, form, holders)


async def give(service: Service, offer: Offer, form: IssuedForm, holders: Sequence[str]) -> Claimed:
    """Issue, or deliver again, what an offer gives, to holders whose keys were proved.

    It is recorded; then of this and a withdrawal at the same moment one gets through; then it is signed. So
    of an offer that is withdrawn no signature is made that nobody asked for any more.

    Raises:
        CredentialRequestDenied: it was made for other keys, or withdrawn while it was made.
    """
    order = await _order(service, offer, offer.holders or holders)
    found = await Issuance.get(order.id) or await _recorded(service, order)
    if not set(holders) <= set(found.holders):
        raise CredentialRequestDenied
    assert offer.token_digest is not None
    if not await Offer.mark_issued(offer.id, offer.token_digest):
        await end_withdrawn(service, offer, "service")
        raise CredentialRequestDenied
    service.faults.reach("after-mark-issued")
    credentials = await deliver_to(service, found, order.organisation, form, holders)
    return Claimed(tuple(credentials), notification_id(service, offer, form))


async def end_withdrawn(service: Service, offer: Offer, account: str) -> None:
    """Revoke what was recorded for an offer that is withdrawn by now, and never signed: it is nobody's.

    What was signed was handed over once, perhaps to a wallet that never said so: its holder keeps it until
    somebody revokes it.
    """
    kept = await Offer.find_or_fail(offer.organisation, offer.id)
    recorded = await Issuance.get(claim_id(service, kept))
    if kept.state is OfferState.WITHDRAWN and recorded is not None and recorded.credential is None:
        await revoke(service, recorded, account)


async def _recorded(service: Service, order: Order) -> Issuance:
    try:
        return await record(service, order)
    except IdempotencyKeyReused:
        raise CredentialRequestDenied from None  # other keys were recorded first, at this very moment


def claim_id(service: Service, offer: Offer) -> str:
    """The id of what an offer gives: one credential, whoever asks and however often."""
    key = offer.id if offer.round == 0 else f"{offer.id} {offer.round}"
    return record_id(service.master, "claim", offer.organisation, key)


def notification_id(service: Service, offer: Offer, form: IssuedForm) -> str:
    """The same for the same credential in the same form, so that nothing needs to be stored.

    One for all copies of a response: what happens to one of them happened to the whole (section 11.1).
    """
    configuration = configuration_id(offer.achievement, form)
    code = service.master.code("notification_id", claim_id(service, offer), configuration)
    return base64url_encode(code[:_ID_BYTES])


def transaction_id(service: Service, offer: Offer, form: IssuedForm, holders: Sequence[str]) -> str:
    """Of a held offer in a form, for some of its holders: only they were told, and nothing is stored for it.

    It names them by their places, so that whoever brings it back changes no key.
    """
    settled = offer.holders or []
    places = ".".join(str(settled.index(holder)) for holder in holders)
    code = service.master.code("transaction_id", claim_id(service, offer), form, places)
    return f"{offer.id}.{places}.{base64url_encode(code[:_ID_BYTES])}"


async def _order(service: Service, offer: Offer, holders: Sequence[str]) -> Order:
    organisation = await Organisation.find_or_fail(offer.organisation)
    achievement = await AchievementRecord.find_or_fail(offer.organisation, offer.achievement)
    claims = claims_of(service.master, offer)
    first, *others = holders
    return Order(
        id=claim_id(service, offer),
        organisation=organisation,
        achievement=achievement,
        claims=claims,
        subject=first,
        files={file: await EvidenceFile.find_or_fail(offer.organisation, file) for file in claims.files},
        request=" ".join([offer.id, *holders]),
        account="holder",
        offer=offer.id,
        batch=offer.batch,
        others=others,
    )

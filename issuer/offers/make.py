"""Make an offer, and show it to a wallet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from issuer.achievements.records import AchievementRecord
from issuer.authorization.issuer_state import issuer_state
from issuer.errors import OfferGone
from issuer.issuance.claims import Claims
from issuer.issuance.forms import FORMS, IssuedForm, configuration_id
from issuer.limits import OFFER
from issuer.offers.codes import create_code, transaction_code
from issuer.offers.records import Offer, OfferGrant, OfferState
from issuer.offers.sealed import seal_claims
from issuer.secrets import MasterSecret
from issuer.service import Service
from passport.openid4vc import (
    CredentialOffer,
    OfferedAuthorizationCode,
    TxCode,
    offer_link,
    offer_link_by_value,
)

UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer as its maker gets it: by link, by QR, and the code that goes by another channel."""

    id: str
    credential_offer_uri: str
    link: str
    page: str
    tx_code: str | None
    expires_at: datetime


def new_offer(
    *,
    master: MasterSecret,
    offer_id: str,
    achievement: AchievementRecord,
    claims: Claims,
    subject: str | None,
    tx_code: bool,
    grants: Sequence[OfferGrant] = (OfferGrant.PRE_AUTHORIZED,),
    learner: bytes | None = None,
    learner_sealed: bytes | None = None,
    expires_in: int,
    request: str,
    account: str,
    now: datetime,
    batch: str | None = None,
    forms: Sequence[IssuedForm] = FORMS,
    held: bool = False,
) -> Offer:
    """An offer, not yet stored."""
    return Offer(
        id=offer_id,
        organisation=achievement.organisation,
        achievement=achievement.id,
        claims=seal_claims(master, achievement.organisation, offer_id, claims.stored()),
        subject=subject,
        tx_code=tx_code,
        grants=list(grants),
        learner=learner,
        learner_sealed=learner_sealed,
        tries_left=OFFER.tx_code_tries,
        batch=batch,
        forms=list(forms),
        held=held,
        request=request,
        account=account,
        created_at=now,
        expires_at=now + timedelta(seconds=expires_in),
    )


def shown(service: Service, offer: Offer) -> Shown:
    uri = service.addresses.offer(offer.organisation, offer.id)
    return Shown(
        id=offer.id,
        credential_offer_uri=uri,
        link=offer_link(uri),
        page=service.addresses.offer_page(offer.id),
        tx_code=transaction_code(service.master, offer.id) if offer.tx_code else None,
        expires_at=offer.expires_at,
    )


def state_of(offer: Offer, now: datetime) -> str:
    """The state for people and programs.

    `expired` where nobody came; `unconfirmed` where it was handed over and the wallet had its time to say so.
    """
    if offer.state in {OfferState.OPEN, OfferState.REDEEMED} and offer.expires_at <= now:
        return "expired"
    if offer.state is OfferState.ISSUED and (offer.token_expires_at or now) <= now:
        return UNCONFIRMED
    return offer.state.value


def credential_offer(service: Service, offer: Offer, forms: Sequence[IssuedForm] = FORMS) -> CredentialOffer:
    """What a wallet fetches, with a fresh code that lives ten minutes.

    Args:
        service: of this issuer.
        offer: what is offered.
        forms: those that the organisation issues at present, in its order.

    Raises:
        OfferGone: handed over, void, withdrawn or expired, or offered in forms that are issued no more.
    """
    now = service.clock()
    offered = [configuration_id(offer.achievement, form) for form in forms if form in offer.forms]
    if state_of(offer, now) not in {"open", "redeemed"} or not offered:
        raise OfferGone
    until = min(offer.expires_at, now + timedelta(seconds=service.settings.code_lifetime))
    linked, asked = (grant in offer.grants for grant in (OfferGrant.PRE_AUTHORIZED, OfferGrant.AUTHORIZATION))
    state = issuer_state(service.master, offer.organisation, offer.id)
    return CredentialOffer(
        credential_issuer=service.addresses.issuer(offer.organisation),
        credential_configuration_ids=tuple(offered),
        pre_authorized_code=create_code(service.master, offer.organisation, offer.id, until)
        if linked
        else None,
        tx_code=TxCode("numeric", OFFER.tx_code_digits) if offer.tx_code and linked else None,
        authorization_code=OfferedAuthorizationCode(state) if asked else None,
    )


def link_by_value(service: Service, offer: Offer, forms: Sequence[IssuedForm] = FORMS) -> str:
    """The offer itself as a link, for a wallet that fetches nothing before it shows something.

    It lives as long as the code in it; raises OfferGone.
    """
    return offer_link_by_value(credential_offer(service, offer, forms))

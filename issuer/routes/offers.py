"""Offers, for the organisation's own people."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from issuer.issuance.claims import Claims
from issuer.issuance.forms import FORMS, IssuedForm
from issuer.issuance.key_policy import terms_of
from issuer.limits import OFFER, PAGE
from issuer.mail.address import parse_address
from issuer.offers.deferred import release
from issuer.offers.make import link_by_value, shown, state_of
from issuer.offers.manage import hand_over_again, make_offer, withdraw_offer
from issuer.offers.records import Offer, OfferGrant
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf, once_as_issuer
from issuer.routes.answers import OfferMade, OfferShown
from issuer.selection import Selected, Selection, page
from issuer.service import Service
from passport import limits
from passport.json import JsonObject
from passport.web import strict_body
from passport.web.idempotency import IdempotentRoute

router = APIRouter(prefix="/api/offers", tags=["offers"], route_class=IdempotentRoute)


class OfferBody(Claims):
    """Claims that somebody may claim with a link, a key, and perhaps a code."""

    subject: Annotated[str, Field(max_length=2_048)] | None = None
    """The only holder that may take it, where that is known."""
    learner: Annotated[str, Field(max_length=254)] | None = None
    """The learner's mail address. They prove it on our page; nobody else can take the offer there."""
    grants: Annotated[list[OfferGrant], Field(max_length=2)] | None = None
    """How a wallet may get at it: with the link alone (`pre-authorized_code`), with permission that the
    learner gives on our page (`authorization_code`), or both. With a mail address usually the second."""
    tx_code: Annotated[bool, Field(alias="tx_code")] = False
    """Ask for a six-digit code that you hand over by another way than the link."""
    forms: Annotated[list[IssuedForm], Field(min_length=1, max_length=len(FORMS))] = Field(
        default_factory=lambda: list(FORMS)
    )
    """In which forms it may be fetched; all that your organisation issues where nothing is said."""
    held: bool = False
    """A wallet may claim it at once, and gets it when you release it."""
    expires_in: Annotated[int, Field(alias="expires_in", ge=1, le=OFFER.longest)] = limits.TIME.offer_lifetime
    """Seconds."""


def offer_shown(service: Service, offer: Offer) -> dict[str, Any]:
    made = shown(service, offer)
    return {
        "id": made.id,
        "achievement": offer.achievement,
        "state": state_of(offer, service.clock()),
        "credential_offer_uri": made.credential_offer_uri,
        "link": made.link,
        "page": made.page,
        "tx_code": made.tx_code,
        "grants": [str(grant) for grant in offer.grants],
        "forms": [str(form) for form in offer.forms],
        "held": offer.waiting,
        "claimed": bool(offer.holders),
        "tries_left": offer.tries_left,
        "expires_at": made.expires_at.isoformat(),
    }


@router.post("", status_code=201, response_model=OfferMade, dependencies=[once_as_issuer])
async def create(
    account: Issuer,
    body: Annotated[OfferBody, strict_body(OfferBody)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> JsonObject:
    """Offer a credential by link and QR code (OpenID4VCI 1.0, pre-authorized code)."""
    offer = await make_offer(
        service,
        account,
        body,
        subject=body.subject,
        tx_code=body.tx_code,
        expires_in=body.expires_in,
        idempotency_key=idempotency_key,
        learner=None if body.learner is None else parse_address(body.learner),
        grants=body.grants or (),
        forms=body.forms,
        held=body.held,
    )
    return offer_shown(service, offer) | await _by_value(service, offer)


async def _by_value(service: Service, offer: Offer) -> JsonObject:
    """The link that holds the offer itself; it lives as long as the code in it, ten minutes."""
    terms = await terms_of(offer.organisation)
    return {"link_by_value": link_by_value(service, offer, terms.forms)}


@router.get("", response_model=list[OfferShown])
async def index(
    account: Issuer,
    service: ServiceOf,
    selected: Selected,
    *,
    state: Annotated[str | None, Query(max_length=16, description="Only in this state, as open.")] = None,
    before: Annotated[str | None, Query(max_length=64, description="Page on from this id.")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> list[JsonObject]:
    """The newest hundred; with a filter or `before` in the order of their ids, until a page is empty."""
    if selected == Selection() and state is before is None:
        found = await Offer.page(account.organisation, limit)
    else:
        found = await _selected(
            service, selected.filter(account.organisation, "created_at"), state, before, limit
        )
    return [offer_shown(service, offer) for offer in found]


async def _selected(
    service: Service, asked: dict[str, Any], state: str | None, before: str | None, most: int
) -> list[Offer]:
    """A whole page as long as there is one: the state for people is more than what is stored."""
    found: list[Offer] = []
    while len(found) < most and (offers := await page(Offer, asked, before, PAGE)):
        found += [each for each in offers if state in {None, state_of(each, service.clock())}]
        before = offers[-1].id
    return found[:most]


@router.get("/{offer_id}", response_model=OfferShown)
async def show(account: Reader, offer_id: str, service: ServiceOf) -> JsonObject:
    offer = await Offer.find_or_fail(account.organisation, offer_id)
    return offer_shown(service, offer) | {"tx_code": None}


@router.post("/{offer_id}/link")
async def link(account: Issuer, offer_id: str, service: ServiceOf) -> JsonObject:
    """A link that holds the offer itself, with a fresh code."""
    return await _by_value(service, await Offer.find_or_fail(account.organisation, offer_id))


@router.post("/{offer_id}/release", response_model=OfferShown)
async def release_offer(account: Issuer, offer_id: str, service: ServiceOf) -> JsonObject:
    """Let go of an offer that you held back: a wallet that claimed it gets it when it asks again."""
    return offer_shown(service, await release(service, account, offer_id))


@router.delete("/{offer_id}", status_code=204)
async def withdraw(account: Issuer, offer_id: str, service: ServiceOf) -> Response:
    """Withdraw an offer that nobody took; what was issued is revoked instead."""
    await withdraw_offer(service, account, offer_id)
    return Response(status_code=204)


@router.post("/{offer_id}/again", response_model=OfferShown, dependencies=[once_as_issuer])
async def again(account: Issuer, offer_id: str, service: ServiceOf) -> JsonObject:
    """Hand over an offer again whose credential no wallet kept: the same one, to the same holder.

    Where the credential was revoked, the offer gives another one.
    """
    return offer_shown(service, await hand_over_again(service, account, offer_id))

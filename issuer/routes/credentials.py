"""Credentials: issue to a known holder, list, fetch, revoke, suspend, resume."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from issuer.issuance.claims import Claims
from issuer.issuance.issue import finish, issue
from issuer.issuance.order import order_for
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import credential_of
from issuer.limits import PAGE
from issuer.offers.manage import make_offer
from issuer.organisations.records import Account, Organisation
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf
from issuer.routes.answers import OfferShown
from issuer.routes.offers import offer_shown
from issuer.selection import ORIGINALS, Selected, page
from issuer.service import Service
from issuer.status.withdraw import revoke, suspend
from issuer.status.withdraw import standing as standing_of
from passport import limits
from passport.json import parse_object
from passport.web import Body, strict_body

router = APIRouter(prefix="/api/credentials", tags=["credentials"])


class IssueBody(Claims):
    """Claims for a holder; without `subject` an offer is made instead."""

    subject: Annotated[str, Field(max_length=2_048)] | None = None


class ReasonBody(Body):
    reason: Annotated[str, Field(max_length=256)] = ""
    """For your own system: it is not kept, since it may name people."""


class CredentialShown(BaseModel):
    """An issued credential; the document itself is fetched by its id."""

    id: str
    achievement: str
    subject: str
    standing: str = Field(description="valid, suspended or revoked.")
    signed: bool
    offer: str | None
    batch: str | None
    recorded_at: str


class CredentialMade(CredentialShown):
    credential: dict[str, Any] = Field(description="The signed credential.")


class OfferInstead(BaseModel):
    offer: OfferShown = Field(description="What was made without a `subject`.")


class CredentialList(BaseModel):
    credentials: list[CredentialShown]
    next: str | None


async def _shown(issuance: Issuance) -> CredentialShown:
    return CredentialShown(
        id=issuance.id,
        achievement=issuance.achievement,
        subject=issuance.subject,
        standing=await standing_of(issuance),
        signed=issuance.credential is not None,
        offer=issuance.offer,
        batch=issuance.batch,
        recorded_at=issuance.recorded_at.isoformat(),
    )


@router.post("", status_code=201)
async def create(
    account: Issuer,
    body: Annotated[IssueBody, strict_body(IssueBody)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> CredentialMade | OfferInstead:
    """Issue to a holder's DID and get the signed credential, or without `subject` make an offer."""
    if body.subject is None:
        offer = await make_offer(
            service,
            account,
            body,
            subject=None,
            tx_code=False,
            expires_in=limits.TIME.offer_lifetime,
            idempotency_key=idempotency_key,
        )
        return OfferInstead(offer=OfferShown(**offer_shown(service, offer)))
    issued = await issue(service, await order_for(service, account, body, body.subject, idempotency_key))
    service.faults.reach("before-reply")
    shown = await _shown(issued)
    return CredentialMade(
        **shown.model_dump(), credential=parse_object(credential_of(service.master, issued))
    )


@router.get("")
async def index(
    account: Reader,
    selected: Selected,
    *,
    standing: Annotated[Literal["valid", "suspended", "revoked"] | None, Query()] = None,
    before: Annotated[str | None, Query(max_length=64, description="Page on from this id.")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> CredentialList:
    """Page by id: ask again with `before` as the last id until `next` is null, also where a page is empty."""
    asked = selected.filter(account.organisation, "recorded_at") | dict(ORIGINALS)
    found = await page(Issuance, asked, before, limit)
    shown = [await _shown(item) for item in found]
    return CredentialList(
        credentials=[item for item in shown if standing in {None, item.standing}],
        next=found[-1].id if len(found) == limit else None,
    )


@router.get("/{credential_id}")
async def show(account: Reader, credential_id: str, service: ServiceOf) -> Response:
    """The signed credential, as the bytes that were delivered."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    if issuance.credential is None:
        issuance = await finish(service, issuance, await Organisation.find_or_fail(account.organisation))
    return Response(credential_of(service.master, issuance), media_type="application/vc")


@router.post("/{credential_id}/revoke")
async def revoke_credential(
    account: Issuer,
    credential_id: str,
    service: ServiceOf,
    _body: Annotated[ReasonBody, strict_body(ReasonBody)],
) -> CredentialShown:
    """Withdraw for good. Again is no error."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    await revoke(service, issuance, account.id)
    service.faults.reach("before-reply")
    return await _shown(issuance)


@router.post("/{credential_id}/suspend")
async def suspend_credential(
    account: Issuer,
    credential_id: str,
    service: ServiceOf,
    _body: Annotated[ReasonBody, strict_body(ReasonBody)],
) -> CredentialShown:
    """Withdraw for a while; only for achievements that were made `suspendable`."""
    return await _suspend(service, account, credential_id, on=True)


@router.post("/{credential_id}/resume")
async def resume_credential(
    account: Issuer,
    credential_id: str,
    service: ServiceOf,
    _body: Annotated[ReasonBody, strict_body(ReasonBody)],
) -> CredentialShown:
    """End a suspension."""
    return await _suspend(service, account, credential_id, on=False)


async def _suspend(service: Service, account: Account, credential_id: str, *, on: bool) -> CredentialShown:
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    await suspend(service, issuance, account.id, on=on)
    return await _shown(issuance)

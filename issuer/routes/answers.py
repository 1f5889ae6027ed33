"""What the issuer's routes answer, for the OpenAPI document and the clients that are made from it."""

from typing import Any

from pydantic import BaseModel, Field


class AchievementShown(BaseModel):
    id: str
    name: str
    suspendable: bool
    created_at: str
    achievement: dict[str, Any] = Field(description="As it is published, in the words of Open Badges 3.0.")


class OfferShown(BaseModel):
    id: str
    achievement: str
    state: str = Field(description="open, redeemed, issued, unconfirmed, accepted, failed, deleted, …")
    credential_offer_uri: str
    link: str = Field(description="For the holder's wallet, on their own device.")
    page: str = Field(description="For the holder's browser: the link and its QR code.")
    tx_code: str | None = Field(description="Hand it over by another way than the link.")
    grants: list[str]
    forms: list[str]
    held: bool
    claimed: bool
    tries_left: int
    expires_at: str


class OfferMade(OfferShown):
    link_by_value: str = Field(description="A link that holds the offer itself; it lives for ten minutes.")


class EvidenceKept(BaseModel):
    id: str
    url: str
    digestMultibase: str  # noqa: N815 - as in a credential
    mediaType: str  # noqa: N815
    size: int


class AuditLine(BaseModel):
    id: str
    at: str
    account: str
    action: str
    object: str


class AuditPage(BaseModel):
    events: list[AuditLine]
    next: str | None

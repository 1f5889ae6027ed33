"""A transaction as it is kept: one request over OpenID4VP and what became of it. docs/openid4vp.md."""

from datetime import datetime
from typing import Any

from beanie import Document
from pydantic import BaseModel


class SentRequest(BaseModel):
    """What was asked, as the wallet got it."""

    client_id: str
    response_mode: str
    nonce: str
    state: str
    query: dict[str, Any]
    client_metadata: dict[str, Any]
    of_profile: bool
    """Whether the profile became the query; else a program asks something else."""
    sealed_key: bytes | None
    """The private key that the answer is encrypted for."""


class Transaction(Document):
    """Its id is 128 random bits. The report that answers it stands under the id of its `request`."""

    id: str  # type: ignore[assignment]
    employer: str
    request: str
    """The id of the Request that it is a way to answer."""
    sent: SentRequest
    return_to: str | None = None
    """Where the wallet sends the browser back to (same device)."""
    session: str | None = None
    """The sign-in session that began it, for our own pages."""
    status: str = "created"
    fetches: int = 0
    held: dict[str, Any] | None = None
    """The report's content until the browser that began it collects it."""
    response_code: str | None = None
    """The digest of the code that collects it."""
    error: str | None = None
    created_at: datetime
    valid_until: datetime

    class Settings:
        name = "openid4vp_transactions"

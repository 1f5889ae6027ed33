"""What the verifier keeps. Every state change is one document, found by `_id`."""

from datetime import datetime
from typing import Any, ClassVar

from beanie import Document
from pydantic import BaseModel

from passport import limits
from passport.storage import Once
from passport.storage.counted import Counted
from passport.storage.kept_answers import KeptAnswer
from passport.storage.kept_lists import KeptTrustList
from passport.webhooks import WebhookEndpoint, WebhookMessage
from verifier.openid4vp_records import Transaction


class EmployerKey(BaseModel):
    fragment: str
    public_key: str
    """As `publicKeyMultibase`."""
    sealed: bytes
    created_at: datetime


class Employer(Document):
    """An organisation that asks. Its id is the short name in its addresses and its DID."""

    id: str  # type: ignore[assignment]
    did: str
    name: str
    key_hashes: list[str]
    """Of its API keys (argon2id)."""
    keys: list[EmployerKey]
    """Newest first; the first one signs."""
    retention_days: int | None = None
    """How long its reports are kept; None is what the operator set."""
    created_at: datetime

    class Settings:
        name = "employers"


class Session(Document):
    """Somebody signed in on the pages. Its id is the digest of the cookie's token."""

    id: str  # type: ignore[assignment]
    employer: str
    until: datetime

    class Settings:
        name = "sessions"


class Profile(Document):
    """One version of a published function profile: `<employer>/<key>/<version>`."""

    id: str  # type: ignore[assignment]
    employer: str
    key: str
    version: int
    document: dict[str, Any]
    published_at: datetime
    withdrawn_at: datetime | None = None
    """From then on it is shown to nobody and asked of nobody."""

    class Settings:
        name = "profiles"


class Request(Document):
    """A challenge that was given out. `state` goes from created to answered, once, or it expires."""

    id: str  # type: ignore[assignment]
    employer: str
    profile: str
    """The id of the Profile record."""
    challenge: str
    document: dict[str, Any]
    frames: list[str]
    state: str = "created"
    report: str | None = None
    transaction: str = ""
    """The way to answer it over OpenID4VP that our own page shows, if any."""
    created_at: datetime
    valid_until: datetime

    class Settings:
        name = "requests"


class Report(Document):
    """What a check found. Deleted at `delete_at`, or before by who asked for it."""

    id: str  # type: ignore[assignment]
    employer: str
    request: str | None
    content: dict[str, Any]
    created_at: datetime
    delete_at: datetime

    class Settings:
        name = "reports"


class SeenDocument(Document):
    """A DID document or status list as it was last fetched: what an offline check works with."""

    id: str  # type: ignore[assignment]
    body: bytes
    size: int = limits.FETCH.size
    """Bytes of the body, so that the room is counted without reading it; without, as large as any may be."""
    fetched_at: datetime
    media_type: str = ""
    etag: str = ""

    class Settings:
        name = "seen_documents"
        indexes: ClassVar = ["fetched_at"]


class SeenStatus(Document):
    """The newest validFrom of a status list that was relied on: an older one is refused."""

    id: str  # type: ignore[assignment]
    valid_from: datetime

    class Settings:
        name = "seen_status"


ALL = (
    Once,
    Employer,
    Session,
    Profile,
    Request,
    Report,
    SeenDocument,
    SeenStatus,
    KeptTrustList,
    KeptAnswer,
    WebhookEndpoint,
    WebhookMessage,
    Transaction,
    Counted,
)

"""Webhooks as they are sent and shown: bodies, answers, the log."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from passport.web.body import Body
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.records import Attempt, WebhookEndpoint, WebhookMessage

_ADDRESS = "https://hr.example.org/hooks/passport"


class NewWebhook(Body):
    """Where to tell what, over https."""

    url: Annotated[str, Field(max_length=WEBHOOK.url, examples=[_ADDRESS])]
    events: Annotated[list[str], Field(max_length=64, examples=[["credential.issued", "batch.finished"]])]
    description: Annotated[str, Field(max_length=WEBHOOK.description)] = ""


class WebhookChange(Body):
    """What changes; what is left out stays."""

    events: Annotated[list[str], Field(max_length=64)] | None = None
    description: Annotated[str, Field(max_length=WEBHOOK.description)] | None = None
    on: bool | None = None


class WebhookShown(BaseModel):
    id: str
    url: str
    description: str
    events: list[str]
    on: bool
    off_because: str | None = Field(description="by-hand, failing or gone.")
    failing_since: datetime | None
    old_secret_until: datetime | None = Field(description="Until then the former secret signs as well.")
    created_at: datetime


class WebhookMade(WebhookShown):
    secret: str = Field(description="Shown now and never again: whsec_ and base64.")


class WebhookSecret(BaseModel):
    secret: str = Field(description="Shown now and never again. For a day the former one signs as well.")


class Delivery(BaseModel):
    id: str = Field(description="As webhook-id; it sorts by time.")
    type: str
    object: str = Field(description="The id of what changed.")
    at: datetime
    state: str = Field(description="prepared, waiting, sending, delivered or dead.")
    tries: int
    due_at: datetime | None
    attempts: list[Attempt]


class Deliveries(BaseModel):
    deliveries: list[Delivery]
    next: str | None = Field(description="Give it as `before` for the following page.")


class EventTypes(BaseModel):
    events: list[str]


def webhook_shown(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "description": endpoint.description,
        "events": endpoint.events,
        "on": endpoint.off is None,
        "off_because": None if endpoint.off is None else endpoint.off.value,
        "failing_since": endpoint.failing_since,
        "old_secret_until": endpoint.old_until,
        "created_at": endpoint.created_at,
    }


def delivery_shown(message: WebhookMessage) -> Delivery:
    waits = message.done_at is None
    return Delivery(
        id=message.message,
        type=message.type,
        object=message.object,
        at=message.at,
        state=message.state.value,
        tries=message.tries,
        due_at=message.due_at if waits else None,
        attempts=message.attempts,
    )

"""What an organisation does with its webhooks: add, choose, test, renew the secret, switch, send again."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from passport.errors.fetch import AddressRefused
from passport.errors.webhooks import (
    DeliveryUnderWay,
    NoEventTypes,
    TooManyTests,
    TooManyWebhooks,
    UnknownDelivery,
    UnknownEventType,
    UnknownWebhook,
    WebhookAddressRefused,
    WebhookSwitchedOff,
)
from passport.outbound.address import check_url
from passport.webhooks.events import TEST, Event
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.records import MessageState, SwitchedOff, WebhookEndpoint, WebhookMessage
from passport.webhooks.service import Webhooks, message_of
from passport.webhooks.signature import SECRET_PREFIX

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, for whom."""

    owner: str
    account: str


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def check_address(url: str, *, allow_loopback: bool) -> str:
    """An address that may be told things; it is checked again at each delivery.

    Raises:
        WebhookAddressRefused
    """
    try:
        check_url(url, allow_loopback=allow_loopback)
    except AddressRefused:
        raise WebhookAddressRefused from None
    return url


def check_types(types: Sequence[str], known: Sequence[str]) -> list[str]:
    """Raises NoEventTypes, UnknownEventType."""
    if not types:
        raise NoEventTypes
    if not set(types) <= set(known):
        raise UnknownEventType
    return [each for each in known if each in types]


async def add_webhook(
    webhooks: Webhooks,
    actor: Actor,
    url: str,
    events: Sequence[str],
    description: str = "",
) -> tuple[WebhookEndpoint, str]:
    """A new webhook and its secret, which is told only now.

    Raises:
        WebhookAddressRefused, NoEventTypes, UnknownEventType, TooManyWebhooks
    """
    check_address(url, allow_loopback=webhooks.allow_loopback)
    chosen = check_types(events, webhooks.types)
    if len(await WebhookEndpoint.of_owner(actor.owner, WEBHOOK.endpoints)) >= WEBHOOK.endpoints:
        raise TooManyWebhooks(limit=WEBHOOK.endpoints)
    endpoint_id, secret = secrets.token_hex(16), new_secret()
    endpoint = WebhookEndpoint(
        id=endpoint_id,
        owner=actor.owner,
        url=url,
        description=description,
        events=chosen,
        sealed=webhooks.delivering.seal(endpoint_id, secret),
        created_at=webhooks.clock(),
        account=actor.account,
    )
    await endpoint.insert()
    return endpoint, secret


async def webhook_of(actor: Actor, endpoint_id: str) -> WebhookEndpoint:
    """Raises UnknownWebhook, also for somebody else's."""
    found = await WebhookEndpoint.get(endpoint_id)
    if found is None or found.owner != actor.owner:
        raise UnknownWebhook
    return found


async def change_webhook(
    webhooks: Webhooks,
    actor: Actor,
    endpoint_id: str,
    *,
    events: Sequence[str] | None = None,
    description: str | None = None,
    on: bool | None = None,
) -> WebhookEndpoint:
    """Other events, another description, off or on. What waits while it is off is sent when it is on again.

    Raises:
        UnknownWebhook, NoEventTypes, UnknownEventType
    """
    endpoint = await webhook_of(actor, endpoint_id)
    values: dict[str, Any] = {}
    if events is not None:
        values["events"] = check_types(events, webhooks.types)
    if description is not None:
        values["description"] = description
    if on is not None:
        values |= {"off": None if on else SwitchedOff.BY_HAND.value, "failing_since": None}
    if values:
        await WebhookEndpoint.change(endpoint.id, values)
    webhooks.wake()
    return await webhook_of(actor, endpoint_id)


async def remove_webhook(actor: Actor, endpoint_id: str) -> None:
    """The address, its secret and its log. Raises UnknownWebhook."""
    endpoint = await webhook_of(actor, endpoint_id)
    await WebhookEndpoint.find({"_id": endpoint.id}).delete()
    await WebhookMessage.find({"endpoint": endpoint.id}).delete()


async def renew_secret(webhooks: Webhooks, actor: Actor, endpoint_id: str) -> str:
    """A new secret, told only now; for a day the old one signs beside it. Raises UnknownWebhook."""
    endpoint = await webhook_of(actor, endpoint_id)
    secret = new_secret()
    values = {
        "sealed": webhooks.delivering.seal(endpoint.id, secret),
        "old_sealed": endpoint.sealed,
        "old_until": webhooks.clock() + timedelta(seconds=WEBHOOK.old_secret),
    }
    await WebhookEndpoint.change(endpoint.id, values)
    return secret


async def send_test(webhooks: Webhooks, actor: Actor, endpoint_id: str) -> WebhookMessage:
    """Raises UnknownWebhook, WebhookSwitchedOff, TooManyTests."""
    endpoint = await webhook_of(actor, endpoint_id)
    if endpoint.off is not None:
        raise WebhookSwitchedOff
    if await WebhookMessage.waiting(endpoint.id, TEST) >= WEBHOOK.tests:
        raise TooManyTests
    event = Event(actor.owner, TEST, endpoint.id, occurrence=secrets.token_hex(8))
    message = message_of(endpoint, event, webhooks.clock(), MessageState.WAITING)
    await message.insert()
    webhooks.wake()
    return message


async def deliveries(actor: Actor, endpoint_id: str, before: str | None = None) -> list[WebhookMessage]:
    """The newest, or those before one of them. Raises UnknownWebhook."""
    endpoint = await webhook_of(actor, endpoint_id)
    return await WebhookMessage.of_endpoint(endpoint.id, before, WEBHOOK.shown)


async def send_again(webhooks: Webhooks, actor: Actor, endpoint_id: str, message: str) -> None:
    """Under the same webhook-id, with a new time.

    Raises:
        UnknownWebhook, UnknownDelivery, DeliveryUnderWay, WebhookSwitchedOff
    """
    endpoint = await webhook_of(actor, endpoint_id)
    if endpoint.off is not None:
        raise WebhookSwitchedOff
    found = await WebhookMessage.find_one({"endpoint": endpoint.id, "message": message})
    if found is None:
        raise UnknownDelivery
    if not await WebhookMessage.again(found.id, actor.owner, webhooks.clock()):
        raise DeliveryUnderWay
    webhooks.wake()

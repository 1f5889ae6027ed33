"""Webhooks over the API: the same routes at every service, for whoever may manage them there."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from passport.web.body import strict_body
from passport.web.idempotency import IdempotentRoute
from passport.webhooks import manage
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.manage import Actor
from passport.webhooks.records import WebhookEndpoint
from passport.webhooks.service import Webhooks
from passport.webhooks.shown import (
    Deliveries,
    Delivery,
    EventTypes,
    NewWebhook,
    WebhookChange,
    WebhookMade,
    WebhookSecret,
    WebhookShown,
    delivery_shown,
    webhook_shown,
)

WebhookId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
MessageId = Annotated[str, Path(pattern=r"^msg_[0-9a-f]{32}$")]


def webhooks_of(request: Request) -> Webhooks:
    webhooks: Webhooks = request.app.state.webhooks
    return webhooks


Sender = Annotated[Webhooks, Depends(webhooks_of)]


def webhook_routes(actor: Any, once: Any) -> APIRouter:
    """The routes under /api/webhooks.

    `actor` is a dependency that gives an Actor, `once` one of `passport.web.idempotency.idempotent`.
    """
    asks = Depends(actor)  # before a body is read: whoever may not ask is told nothing of it
    router = APIRouter(
        prefix="/api/webhooks", tags=["webhooks"], route_class=IdempotentRoute, dependencies=[asks]
    )
    _add_webhooks(router, asks, once)
    _add_log(router, asks, once)
    return router


def _add_webhooks(router: APIRouter, asks: Any, once: Any) -> None:
    @router.get("/events", summary="The types of events that are told of")
    async def list_webhook_events(who: Actor = asks, *, webhooks: Sender) -> EventTypes:
        del who
        return EventTypes(events=list(webhooks.types))

    @router.get("", summary="Your webhooks")
    async def list_webhooks(who: Actor = asks) -> list[WebhookShown]:
        found = await WebhookEndpoint.of_owner(who.owner, WEBHOOK.endpoints)
        return [WebhookShown(**webhook_shown(each)) for each in found]

    @router.post("", status_code=201, summary="Add a webhook", dependencies=[once])
    async def create_webhook(
        body: Annotated[NewWebhook, strict_body(NewWebhook)], webhooks: Sender, who: Actor = asks
    ) -> WebhookMade:
        """Its secret is told once, here. What happened before is not told."""
        made, secret = await manage.add_webhook(webhooks, who, body.url, body.events, body.description)
        return WebhookMade(**webhook_shown(made), secret=secret)

    @router.get("/{webhook_id}", summary="A webhook")
    async def get_webhook(webhook_id: WebhookId, who: Actor = asks) -> WebhookShown:
        return WebhookShown(**webhook_shown(await manage.webhook_of(who, webhook_id)))

    @router.patch("/{webhook_id}", summary="Choose other events, or switch off or on")
    async def change_webhook(
        who: Actor = asks,  # first: a stranger's body is not read
        *,
        webhook_id: WebhookId,
        body: Annotated[WebhookChange, strict_body(WebhookChange)],
        webhooks: Sender,
    ) -> WebhookShown:
        changed = await manage.change_webhook(
            webhooks, who, webhook_id, events=body.events, description=body.description, on=body.on
        )
        return WebhookShown(**webhook_shown(changed))

    @router.delete("/{webhook_id}", status_code=204, summary="Remove a webhook with its log")
    async def delete_webhook(webhook_id: WebhookId, who: Actor = asks) -> Response:
        await manage.remove_webhook(who, webhook_id)
        return Response(status_code=204)

    @router.post("/{webhook_id}/secret", summary="A new secret", dependencies=[once])
    async def renew_webhook_secret(
        webhook_id: WebhookId, webhooks: Sender, who: Actor = asks
    ) -> WebhookSecret:
        """For a day every message carries two signatures, by the new secret and by the old one."""
        return WebhookSecret(secret=await manage.renew_secret(webhooks, who, webhook_id))


def _add_log(router: APIRouter, asks: Any, once: Any) -> None:
    @router.post("/{webhook_id}/test", status_code=202, summary="Send a test message", dependencies=[once])
    async def test_webhook(webhook_id: WebhookId, webhooks: Sender, who: Actor = asks) -> Delivery:
        return delivery_shown(await manage.send_test(webhooks, who, webhook_id))

    @router.get("/{webhook_id}/deliveries", summary="What was sent, newest first")
    async def list_deliveries(
        webhook_id: WebhookId,
        before: Annotated[str | None, Query(max_length=64)] = None,
        who: Actor = asks,
    ) -> Deliveries:
        """Page on with `before` until `next` is null. Kept for a month."""
        found = await manage.deliveries(who, webhook_id, before)
        following = found[-1].message if len(found) == WEBHOOK.shown else None
        return Deliveries(deliveries=[delivery_shown(each) for each in found], next=following)

    @router.post(
        "/{webhook_id}/deliveries/{message}/again",
        status_code=202,
        summary="Send one again that is over",
        dependencies=[once],
    )
    async def send_delivery_again(
        webhook_id: WebhookId, message: MessageId, webhooks: Sender, who: Actor = asks
    ) -> Response:
        """Under the same webhook-id, so that a receiver that has it takes it for what it is."""
        await manage.send_again(webhooks, who, webhook_id, message)
        return Response(status_code=202)

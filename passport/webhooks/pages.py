"""Pages for webhooks: the same at every service, in the service's own frame. They work without scripts."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from passport.web.forms import same_origin
from passport.webhooks import manage
from passport.webhooks.http import MessageId, Sender, WebhookId
from passport.webhooks.limits import WEBHOOK
from passport.webhooks.manage import Actor
from passport.webhooks.records import WebhookEndpoint

_FIELDS = 64


def webhook_pages(actor: Any, place: str, frame: str) -> APIRouter:
    """The pages under `place`, for whoever `actor` (a dependency that gives an Actor) lets in.

    `frame` is the template around them.
    """
    asks = Depends(actor)
    router = APIRouter(prefix=place, include_in_schema=False, dependencies=[asks])
    shown = _Shown(place, frame)
    _add_list(router, asks, shown)
    _add_one(router, asks, shown)
    return router


class _Shown:
    def __init__(self, place: str, frame: str) -> None:
        self.place, self._frame = place, frame

    def __call__(self, request: Request, template: str, **values: Any) -> Response:
        response: Response = request.app.state.pages.respond(
            request, template, frame=self._frame, place=self.place, **values
        )
        return response

    def back(self, webhook_id: str = "") -> Response:
        return RedirectResponse(f"{self.place}/{webhook_id}".rstrip("/"), status_code=303)


def _add_list(router: APIRouter, asks: Any, shown: _Shown) -> None:
    @router.get("")
    async def index(request: Request, webhooks: Sender, who: Actor = asks) -> Response:
        found = await WebhookEndpoint.of_owner(who.owner, WEBHOOK.endpoints)
        return shown(request, "webhooks.html", webhooks=found, types=webhooks.types, most=WEBHOOK.endpoints)

    @router.post("", dependencies=[same_origin])
    async def add(request: Request, webhooks: Sender, who: Actor = asks) -> Response:
        """The secret is shown in the answer itself and nowhere else."""
        form = await request.form(max_files=0, max_fields=_FIELDS, max_part_size=WEBHOOK.url)
        events = [str(each) for each in form.getlist("events")]
        description = str(form.get("description", "")).strip()[: WEBHOOK.description]
        made, secret = await manage.add_webhook(
            webhooks, who, str(form.get("url", "")).strip(), events, description
        )
        return shown(request, "webhook-secret.html", webhook=made, secret=secret, renewed=False)


def _add_one(router: APIRouter, asks: Any, shown: _Shown) -> None:
    @router.get("/{webhook_id}")
    async def show(request: Request, webhook_id: WebhookId, webhooks: Sender, who: Actor = asks) -> Response:
        found = await manage.webhook_of(who, webhook_id)
        before = request.query_params.get("before")
        log = await manage.deliveries(who, webhook_id, before)
        following = log[-1].message if len(log) == WEBHOOK.shown else None
        return shown(
            request, "webhook.html", webhook=found, log=log, following=following, types=webhooks.types
        )

    @router.post("/{webhook_id}/secret", dependencies=[same_origin])
    async def renew(request: Request, webhook_id: WebhookId, webhooks: Sender, who: Actor = asks) -> Response:
        secret = await manage.renew_secret(webhooks, who, webhook_id)
        found = await manage.webhook_of(who, webhook_id)
        return shown(request, "webhook-secret.html", webhook=found, secret=secret, renewed=True)

    @router.post("/{webhook_id}/{action}", dependencies=[same_origin])
    async def act(webhook_id: WebhookId, action: str, webhooks: Sender, who: Actor = asks) -> Response:
        match action:
            case "test":
                await manage.send_test(webhooks, who, webhook_id)
            case "on" | "off":
                await manage.change_webhook(webhooks, who, webhook_id, on=action == "on")
            case "remove":
                await manage.remove_webhook(who, webhook_id)
                return shown.back()
            case _:
                await manage.webhook_of(who, webhook_id)
        return shown.back(webhook_id)

    @router.post("/{webhook_id}/deliveries/{message}/again", dependencies=[same_origin])
    async def again(
        webhook_id: WebhookId, message: MessageId, webhooks: Sender, who: Actor = asks
    ) -> Response:
        await manage.send_again(webhooks, who, webhook_id, message)
        return shown.back(webhook_id)

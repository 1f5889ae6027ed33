"""Webhooks: what happened, told to an organisation's own systems, signed, until it arrived.

`Webhooks` is what a service holds, `Event` what it tells, `Telling` the moment in which both are written.
`signature` is also for whoever receives: it needs the standard library alone.
"""

from passport.webhooks.events import Event
from passport.webhooks.records import WebhookEndpoint, WebhookMessage
from passport.webhooks.service import Webhooks

__all__ = ["Event", "WebhookEndpoint", "WebhookMessage", "Webhooks"]

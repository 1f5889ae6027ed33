"""Refusals about webhooks.

Invalid: WebhookAddressRefused, UnknownEventType, NoEventTypes
TooLarge: TooManyWebhooks
RateLimited: TooManyTests
NotFound: UnknownWebhook, UnknownDelivery
Conflict: DeliveryUnderWay, WebhookSwitchedOff
"""

from passport.errors.base import Conflict, Invalid, NotFound, RateLimited, TooLarge


class WebhookAddressRefused(Invalid):
    code = "webhook_address_refused"
    sentence = "The address of a webhook starts with https:// and has a public host name."


class UnknownEventType(Invalid):
    code = "unknown_event_type"
    sentence = "One of the events is not one that this service tells of."


class NoEventTypes(Invalid):
    code = "no_event_types"
    sentence = "Choose at least one event."


class TooManyWebhooks(TooLarge):
    code = "too_many_webhooks"
    sentence = "Your organisation has as many webhooks as it may have."


class TooManyTests(RateLimited):
    code = "too_many_test_messages"
    sentence = "Several test messages wait for this receiver. Wait until they have arrived."


class UnknownWebhook(NotFound):
    code = "unknown_webhook"
    sentence = "Your organisation has no such webhook."


class UnknownDelivery(NotFound):
    code = "unknown_delivery"
    sentence = "There is no such delivery, or it is not kept any more."


class DeliveryUnderWay(Conflict):
    code = "delivery_under_way"
    sentence = "This delivery is still being tried."


class WebhookSwitchedOff(Conflict):
    code = "webhook_switched_off"
    sentence = "This webhook is switched off. Switch it on first."

"""Notification Request: what became of a credential in the wallet (OpenID4VCI 1.0, section 11)."""

from dataclasses import dataclass
from enum import StrEnum

from passport.errors.openid4vc import InvalidNotificationRequest
from passport.json import JsonObject, parse_object

_LENGTH = 512


class Event(StrEnum):
    """What became of it (section 11.1)."""

    ACCEPTED = "credential_accepted"
    """It was verified and is in the wallet."""
    FAILURE = "credential_failure"
    """The wallet could not keep it. The same credential may be offered once more."""
    DELETED = "credential_deleted"
    """The person did not want it, or no longer wants it."""


@dataclass(frozen=True, slots=True)
class NotificationRequest:
    notification_id: str
    event: Event
    event_description: str | None = None

    def to_json(self) -> JsonObject:
        written: JsonObject = {"notification_id": self.notification_id, "event": str(self.event)}
        if self.event_description is not None:
            written["event_description"] = self.event_description
        return written


def parse_notification_request(body: bytes) -> NotificationRequest:
    """Read a notification; members that we don't know are ignored, as the specification asks.

    The description is anybody's text: it is bounded here and shown to nobody.

    Raises:
        MalformedJson and its kinds.
        InvalidNotificationRequest: no id, or an event that the specification does not name.
    """
    value = parse_object(body)
    identifier, event = value.get("notification_id"), value.get("event")
    if not isinstance(identifier, str) or not 0 < len(identifier) <= _LENGTH:
        raise InvalidNotificationRequest
    if not isinstance(event, str) or event not in set(Event):
        raise InvalidNotificationRequest
    description = value.get("event_description")
    if description is not None and not isinstance(description, str):
        raise InvalidNotificationRequest
    return NotificationRequest(identifier, Event(event), description)

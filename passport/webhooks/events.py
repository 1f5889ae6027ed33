"""What may be told: a change of state that happened, by the ids of what it is about and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from passport.clock import format_datetime
from passport.json import dump

TEST = "webhook.test"
"""Sent by the button, to this address alone."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change of state. Nobody's name, mail address or DID stands in it: who needs them asks the API."""

    owner: str
    """Whose it is: the short name of an organisation or employer."""
    type: str
    object: str
    """The id of what changed."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Further ids: of the batch, of the achievement."""
    occurrence: str = ""
    """Tells apart what may happen to one object several times."""


def body_of(type_: str, at: datetime, object_: str, data: Mapping[str, str]) -> bytes:
    """The payload (Standard Webhooks 1.0.0, "Payload structure"), as the bytes that are signed and sent."""
    return dump({"type": type_, "timestamp": format_datetime(at), "data": {"id": object_, **data}})

"""Notification Request (OpenID4VCI 1.0, section 11.1)."""

import json

import pytest

from passport.errors import Invalid
from passport.errors.openid4vc import InvalidNotificationRequest
from passport.openid4vc import Event, NotificationRequest, parse_notification_request


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("description", [None, "Could not be stored."])
def test_a_notification_is_read_as_it_was_made(event, description):
    made = NotificationRequest("note", event, description)
    assert parse_notification_request(json.dumps(made.to_json()).encode()) == made


@pytest.mark.parametrize(
    "change",
    [
        {"notification_id": None},
        {"notification_id": ""},
        {"notification_id": 1},
        {"notification_id": "x" * 513},
        {"event": None},
        {"event": "credential_eaten"},
        {"event": ["credential_accepted"]},
        {"event_description": 1},
    ],
)
def test_a_malformed_notification_is_refused(change):
    body = NotificationRequest("note", Event.ACCEPTED).to_json() | change
    with pytest.raises(InvalidNotificationRequest):
        parse_notification_request(json.dumps(body).encode())


def test_what_the_specification_adds_later_is_ignored():
    body = NotificationRequest("note", Event.FAILURE).to_json() | {"later": True}
    assert parse_notification_request(json.dumps(body).encode()).event is Event.FAILURE


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"event":1,"event":2}'])
def test_what_is_no_json_object_is_refused(body):
    with pytest.raises(Invalid):
        parse_notification_request(body)

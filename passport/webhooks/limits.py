"""Limits of webhooks, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebhookLimits:
    endpoints: int = 8
    """Of one organisation: its HR system, its learning system, and tests of both."""
    description: int = 120
    """Characters that say what an address is for."""
    url: int = 2_048
    """Characters of an address."""
    seconds: int = 5
    """For a whole delivery, from name to status. Who works longer answers first and works then."""
    at_once: int = 16
    """Deliveries under way, of all organisations together: slow receivers hold up each other at most."""
    to_one: int = 4
    """Deliveries under way to one receiver."""
    failing_days: int = 5
    """Without one success: then the address is switched off, and the console says so."""
    old_secret: int = 86_400
    """Seconds (a day) that the old secret signs beside the new one."""
    kept_days: int = 30
    """That the log of deliveries is kept, and that one can be sent again."""
    shown: int = 100
    """Deliveries in one answer to a list request."""
    tests: int = 8
    """Test messages that wait for one receiver: who presses the button again and again floods nobody."""
    unconfirmed: int = 3_600
    """Seconds after which an event whose change never came about is dropped; a change takes one at most."""


WEBHOOK = WebhookLimits()

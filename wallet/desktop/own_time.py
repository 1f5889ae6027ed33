"""Moments in the time zone of this computer, for people. What programs read stays in UTC (RFC 3339)."""

from datetime import datetime

from passport.clock import parse_datetime


def own_time(moment: datetime) -> datetime:
    """The same moment in the computer's own zone, with summer time as it is on that day."""
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment  # a stranger's moment at the edge of the calendar


def on_the_terminal(moment: datetime | str) -> str:
    """As commands print it: `2026-01-31 10:00`."""
    if isinstance(moment, str):
        moment = parse_datetime(moment)
    return f"{own_time(moment):%Y-%m-%d %H:%M}"

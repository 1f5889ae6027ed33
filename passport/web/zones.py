"""The time zone of the people who look at a service's pages: a setting of the service, named on the page.

Documents and programs have moments in UTC; days in documents stay as they are. Only what is told as a moment
on a page, and the days that somebody filters by there, are those of the zone.
"""

from datetime import UTC, date, datetime, time, tzinfo
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

HOME: Final = "Europe/Amsterdam"


def _known(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # a folder of zones is an OSError
        raise ValueError from error
    return name


ZoneName = Annotated[str, AfterValidator(_known)]
"""A name of the IANA time zone database, such as `Europe/Amsterdam`, or `UTC`."""


def zone_of(name: str) -> tzinfo:
    """The zone of that name; UTC on a machine that knows no zones."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return UTC


def place_of(zone: tzinfo) -> str:
    """What people call a zone by: its city; nothing for UTC."""
    return "" if zone is UTC else str(zone).rpartition("/")[2].replace("_", " ")


def day_starts(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day there, in UTC; the first day of all begins in UTC."""
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time(), UTC)


def day_ends(day: date, zone: tzinfo) -> datetime:
    """The last moment of a day there, in UTC; the last day of all ends in UTC."""
    try:
        return datetime.combine(day, time.max, zone).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.max, UTC)

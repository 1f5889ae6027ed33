"""Days as people write them: 22 november 2026, 22 November 2026."""

import re
from datetime import date
from typing import Final

from passport.clock import parse_datetime
from passport.errors import MalformedDateTime

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(rf"{_DAY.pattern}T[0-9:.]{{8,18}}(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})")


def day_in_words(moment: date | str, language: str) -> str:
    """The day of a date or a moment, for people.

    Args:
        moment: a date, a moment in the zone that is meant, or a moment as a document has it.
        language: `en` or `nl`.

    Raises:
        MalformedDateTime: a text that is no XML Schema dateTimeStamp.
    """
    if isinstance(moment, str):
        moment = parse_datetime(moment)
    return f"{moment.day} {_MONTHS[language].split()[moment.month - 1]} {moment.year}"


def with_days_in_words(value: str | int, language: str) -> str | int:
    """A value of a sentence: a day or a moment as documents write it becomes a day in words.

    The moment loses its hours: what ends or begins within a day is told with `moment` on pages.
    """
    if not isinstance(value, str):
        return value
    try:
        if _DAY.fullmatch(value):
            return day_in_words(date.fromisoformat(value), language)
        if _MOMENT.fullmatch(value):
            return day_in_words(value, language)
    except (ValueError, MalformedDateTime):
        return value  # looks like one, and is none: the thirtieth of February
    return value

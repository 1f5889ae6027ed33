"""Whose figures of demand a check-up used, about when, and until when their publisher stood by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matching.market.errors import MalformedWindow
from matching.market.periods import Window, parse_window
from passport.clock import format_datetime
from passport.json import JsonObject
from passport.statements import Members


@dataclass(frozen=True, slots=True)
class MarketThen:
    """A set of labour-market data, without its figures."""

    id: str
    version: int
    publisher: str
    name: str
    synthetic: bool
    last: str
    """The last window of the figures."""
    first: str = ""
    """The first one; empty where a check-up did not say."""
    dated: datetime | None = None
    """When the publisher dated them."""
    until: datetime | None = None
    """Until when the publisher stood by them."""

    @property
    def window(self) -> tuple[Window | None, Window | None]:
        """From the first to the last; None for what is no window, as a newer program may write."""
        return _window(self.first), _window(self.last)

    @property
    def year(self) -> Window | None:
        """The first window of the last year, whose vacancies stand beside those of the year before."""
        last = _window(self.last)
        return None if last is None else last.later(1 - last.period.a_year)

    def in_force(self, at: datetime) -> bool:
        return self.until is None or at < self.until


def market_json(one: MarketThen) -> JsonObject:
    days: Mapping[str, datetime | None] = {"dated": one.dated, "until": one.until}
    return {
        "id": one.id,
        "version": one.version,
        "publisher": one.publisher,
        "name": one.name,
        "synthetic": one.synthetic,
        "last": one.last,
        **({"first": one.first} if one.first else {}),
        **{name: format_datetime(day) for name, day in days.items() if day is not None},
    }


def read_market(members: Members) -> MarketThen:
    """Raises the refusal of `members`."""
    found = MarketThen(
        id=members.url("id"),
        version=members.integer("version"),
        publisher=members.did("publisher"),
        name=members.text("name"),
        synthetic=members.boolean("synthetic"),
        last=members.text("last"),
        first=members.maybe("first", members.text) or "",
        dated=members.maybe("dated", members.moment),
        until=members.maybe("until", members.moment),
    )
    members.close()
    return found


def _window(text: str) -> Window | None:
    try:
        return parse_window(text)
    except MalformedWindow:
        return None

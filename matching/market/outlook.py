"""What a set says of one occupation: did demand grow, hold or shrink, how sure is that, and by whose figures.

This is what a plan and a check-up ask. `State.SHRINKING` says what happened; whether it goes on is said only
where the back-test of the same set shows that such a trend was worth something, and `forecast` is that.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from matching.market.backtest import Tested, backtest
from matching.market.chances import Chances, chances
from matching.market.document import Market
from matching.market.series import Series, series
from matching.market.trend import Change, State, change
from matching.market.wording import windows
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason

__all__ = ["Outlook", "OutlookOf", "State", "no_outlook", "outlook", "outlook_of"]

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Outlook:
    """One occupation in one set. `market` None: no source is loaded, and nothing is said."""

    occupation: str
    state: State
    reasons: tuple[Reason, ...]
    market: Market | None = None
    series: Series | None = None
    chances: Chances | None = None
    change: Change | None = None
    tested: Tested | None = None
    """The back-test of this state."""

    @property
    def forecast(self) -> State:
        """Where it is likely to go; cannot tell unless the back-test holds."""
        return self.state if self.tested is not None and self.tested.holds else State.CANNOT_TELL

    @property
    def source(self) -> str:
        """The publisher of the figures, in words; empty without a source."""
        return "" if self.market is None else self.market.publisher_name

    @property
    def synthetic(self) -> bool:
        return self.market is not None and self.market.synthetic


OutlookOf = Callable[[str], Outlook]
"""From an occupation's IRI to what is known of its demand: the port for those who plan."""


_NONE = Reason("market.none")


def no_outlook(occupation: str, why: Reason = _NONE, market: Market | None = None) -> Outlook:
    """Without a source, or with one of which nothing may be said: an `OutlookOf` by itself."""
    return Outlook(occupation, State.CANNOT_TELL, (why,), market)


def unchecked_outlook(market: Market) -> OutlookOf:
    """Of a set whose signature can't be checked now: nothing is said."""
    return lambda occupation: no_outlook(occupation, Reason("market.not_checked"), market)


def outlook_of(
    market: Market | None, taxonomy: Taxonomy, *, now: datetime, regions: Collection[str] = ()
) -> OutlookOf:
    """The port over one set and some regions; over no set it says so for every occupation."""
    if market is None:
        return no_outlook
    return lambda occupation: outlook(occupation, market, taxonomy, now=now, regions=regions)


def outlook(
    occupation: str,
    market: Market,
    taxonomy: Taxonomy,
    *,
    now: datetime,
    regions: Collection[str] = (),
) -> Outlook:
    """What a set says of an occupation, over the regions (all, where none is given)."""
    if not market.in_force(now):
        expired = Reason("market.expired", {"day": market.valid_until.date().isoformat()})
        return no_outlook(occupation, expired, market)
    found = series(market, occupation, taxonomy, regions)
    if found is None:
        return no_outlook(occupation, Reason("market.no_figures"), market)
    moved, chance = change(found, market), chances(found, market)
    state = State.CANNOT_TELL if moved is None else moved.state
    tested = None if state is State.CANNOT_TELL else backtest(market, regions).of(state)
    reasons = [
        _trend_reason(moved, state, found, market),
        *([] if tested is None else [_tested_reason(tested)]),
        Reason("market.no_chances") if chance is None else _chances_reason(chance),
        *([] if found.exact else [_group_reason(found, taxonomy)]),
        *([Reason("market.synthetic")] if market.synthetic else []),
    ]
    return Outlook(occupation, state, tuple(reasons), market, found, chance, moved, tested)


def _trend_reason(moved: Change | None, state: State, found: Series, market: Market) -> Reason:
    if moved is None:
        years = found.vacancies[-2 * market.first.period.a_year :]
        nothing = len(years) == 2 * market.first.period.a_year and set(years) == {0}
        return Reason("market.no_vacancies" if nothing else "market.too_short")
    return Reason(
        f"market.trend.{state}",
        {
            "before": round(moved.before),
            "after": round(moved.after),
            "percent": percent(moved.ratio.value),
            "low": percent(moved.ratio.low),
            "high": percent(moved.ratio.high),
            **windows(first=moved.first, last=moved.last),
        },
    )


def percent(part: float | None) -> str:
    """A ratio as the change that it is, with its sign: 0.8 is "-20 %"; None has no bound."""
    return "∞" if part is None else f"{round((part - 1) * _HUNDRED):+d} %".replace("+0 %", "0 %")


def _tested_reason(tested: Tested) -> Reason:
    code = "market.backtest.holds" if tested.holds else "market.backtest.unproven"
    return Reason(
        code,
        {
            "said": tested.said,
            "right": tested.right,
            "base": round(tested.base * _HUNDRED),
            "years": sum(1 for year in tested.years if year[1]),
        },
    )


def _chances_reason(chance: Chances) -> Reason:
    """In hundredths: "62 vacancies for 100 people who look" reads better than 0.62."""
    value, high = chance.ratio.value, chance.ratio.high
    values: dict[str, str | int] = {
        "vacancies": round(chance.vacancies),
        "seekers": round(chance.seekers),
        "low": round(chance.ratio.low * _HUNDRED),
        **windows(first=chance.first, last=chance.last),
    }
    if value is None or high is None:
        return Reason("market.chances.nobody", values)
    return Reason(
        "market.chances", {**values, "hundred": round(value * _HUNDRED), "high": round(high * _HUNDRED)}
    )


def _group_reason(found: Series, taxonomy: Taxonomy) -> Reason:
    labels: dict[str, str | int] = {
        f"group.{language}": taxonomy.label(found.occupation, language) for language in ("nl", "en")
    }
    return Reason("market.group", labels)

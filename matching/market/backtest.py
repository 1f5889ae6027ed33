"""How often a trend went on, in the same set: what a forecast is worth.

For every year of the past that has two years before it and for every occupation: what the trend said at the
end of the second year, and which way the third year went. Beside each share of right answers stands how often
that outcome came whatever was said. A trend that does no better than that forecasts nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from matching.market.document import Market
from matching.market.interval import Interval, share
from matching.market.periods import Window
from matching.market.regions import apart, chosen_or_all
from matching.market.series import added
from matching.market.trend import State, change, direction

LEAST = 30
"""Cases in which the trend said the same; fewer prove nothing."""
LEAST_YEARS = 2
"""One year is one event: what drives all occupations at once looks like thirty proofs."""
SAID = (State.GROWING, State.STABLE, State.SHRINKING)


@dataclass(frozen=True, slots=True)
class Tested:
    """What one word of the trend was worth."""

    state: State
    said: int
    right: int
    share: Interval | None
    """Of right answers; None where it was never said."""
    base: float
    """How often that outcome came, whatever was said."""
    years: tuple[tuple[Window, int, int, float], ...]
    """For each year that was foretold, by its first window: said, right, and how often it came anyway."""

    @property
    def holds(self) -> bool:
        """Better than guessing, by the lower bound of all years together and by itself in every year."""
        tried = [year for year in self.years if year[1]]
        return (
            self.share is not None
            and self.said >= LEAST
            and len(tried) >= LEAST_YEARS
            and self.share.low > self.base
            and all(right / said > base for _, said, right, base in tried)
        )


@dataclass(frozen=True, slots=True)
class Backtest:
    """Of the whole set, over the regions that were asked for."""

    cases: int
    years: int
    tested: tuple[Tested, ...]

    def of(self, state: State) -> Tested | None:
        return next((each for each in self.tested if each.state is state), None)


def backtest(market: Market, regions: Collection[str] = ()) -> Backtest:
    """Hold every trend of the past against what came after it."""
    return _backtest(market, chosen_or_all(market, regions))


@lru_cache(maxsize=8)
def _backtest(market: Market, codes: tuple[str, ...]) -> Backtest:
    a_year = market.first.period.a_year
    ends = list(range(market.windows - a_year, 2 * a_year - 1, -a_year))[::-1]
    cases: list[tuple[int, State, State]] = []
    for occupation, figures in market.by_occupation.items():
        here = [figures[code] for code in apart(market, [code for code in codes if code in figures])]
        if not here:
            continue
        one = added(occupation, here, market, exact=True)
        for end in ends:
            said, came = change(one, market, end=end), change(one, market, end=end + a_year)
            if said is not None and came is not None:
                cases.append((end, said.state, direction(came)))
    tested = tuple(_tested(state, cases, market) for state in SAID)
    return Backtest(len(cases), len({end for end, _, _ in cases}), tested)


def _tested(state: State, cases: list[tuple[int, State, State]], market: Market) -> Tested:
    years = []
    for end in sorted({end for end, _, _ in cases}):
        came = [(said, outcome) for year, said, outcome in cases if year == end]
        years.append((market.first.later(end), *_counted(state, came)))
    said, right, base = _counted(state, [(said, outcome) for _, said, outcome in cases])
    return Tested(state, said, right, share(right, said), base, tuple(years))


def _counted(state: State, cases: list[tuple[State, State]]) -> tuple[int, int, float]:
    said = [outcome for word, outcome in cases if word is state]
    base = sum(outcome is state for _, outcome in cases) / len(cases) if cases else 0.0
    return len(said), said.count(state), base

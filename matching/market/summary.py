"""A set, an outlook and a back-test as JSON for programs, and what a publisher should look at once more."""

from collections.abc import Callable, Iterator

from matching.market.backtest import Backtest
from matching.market.document import Market
from matching.market.interval import Interval
from matching.market.outlook import Outlook
from passport.answers import Reason
from passport.clock import format_datetime
from passport.json import JsonObject

Say = Callable[[Reason], str]
_FEW_YEARS = 4
"""Two years for a trend and two more that it is held against."""


def market_json(market: Market) -> JsonObject:
    """Whose figures, about when and where, how they were counted: everything but the figures."""
    return {
        "id": market.id,
        "version": market.version,
        "name": dict(market.name),
        "publisher": {"id": market.publisher, "name": market.publisher_name},
        "source": {
            "name": dict(market.source.name),
            "url": market.source.url,
            "licence": market.source.licence,
        },
        "synthetic": market.synthetic,
        "method": dict(market.method),
        "measure": str(market.measure),
        "designEffect": market.design_effect,
        "windows": {"first": str(market.first), "last": str(market.last)},
        "regionScheme": market.region_scheme,
        "regions": len(market.regions),
        "figures": len(market.figures),
        "occupations": len(market.by_occupation),
        "dropped": dict(market.dropped),
        "validFrom": format_datetime(market.valid_from),
        "validUntil": format_datetime(market.valid_until),
    }


def interval_json(found: Interval | None) -> JsonObject | None:
    """None stands for a bound that there is not."""
    if found is None:
        return None
    return {"value": _rounded(found.value), "low": _rounded(found.low), "high": _rounded(found.high)}


def outlook_json(found: Outlook, say: Say) -> JsonObject:
    """One occupation: state, forecast, the numbers with their bounds, and the sentences."""
    figures, moved, chance = found.series, found.change, found.chances
    return {
        "occupation": found.occupation,
        "state": str(found.state),
        "forecast": str(found.forecast),
        "source": found.source,
        "synthetic": found.synthetic,
        "figures": None
        if figures is None
        else {
            "of": figures.occupation,
            "exact": figures.exact,
            "regions": list(figures.regions),
            "first": str(figures.first),
            "last": str(figures.last),
            "vacancies": list(figures.vacancies),
            "seekers": list(figures.seekers),
        },
        "change": None
        if moved is None
        else {**_bounds(moved.ratio), "before": moved.before, "after": moved.after},
        "chances": None
        if chance is None
        else {
            **_bounds(chance.ratio),
            "vacancies": chance.vacancies,
            "seekers": chance.seekers,
            "tension": None if chance.low is None else [str(chance.low), str(chance.high)],
        },
        "sentences": [say(reason) for reason in found.reasons],
    }


def backtest_json(found: Backtest) -> JsonObject:
    """What each word of the trend was worth."""
    return {
        "cases": found.cases,
        "years": found.years,
        "tested": [
            {
                "state": str(each.state),
                "said": each.said,
                "right": each.right,
                "share": interval_json(each.share),
                "base": _rounded(each.base),
                "holds": each.holds,
                "years": [
                    {"from": str(window), "said": said, "right": right, "base": _rounded(base)}
                    for window, said, right, base in each.years
                ],
            }
            for each in found.tested
        ],
    }


def look_again(market: Market) -> Iterator[str]:
    """Codes of what makes a set say less than it could; sentences for them stand in matching.texts."""
    years = market.windows / market.first.period.a_year
    if years < 2:  # noqa: PLR2004  # a year beside a year
        yield "market.look.no-trend"
    elif years < _FEW_YEARS:
        yield "market.look.no-backtest"
    if not any(region.latitude is not None for region in market.regions):
        yield "market.look.no-places"
    if all(count is None for figure in market.figures for count in figure.seekers):
        yield "market.look.no-seekers"
    if market.design_effect == 1:
        yield "market.look.design-effect"
    if market.dropped:
        yield "market.look.dropped"


def _bounds(found: Interval) -> JsonObject:
    return {"ratio": _rounded(found.value), "low": _rounded(found.low), "high": _rounded(found.high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

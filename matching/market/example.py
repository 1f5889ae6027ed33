"""A made-up set, to see how everything works: every count comes from a digest, none from the world.

The groups are those of ISCO-08 with three digits, the regions the Dutch provinces. Demand of a group grows or
shrinks, part of that goes on the next year, and there are seasons and noise, so that a back-test has work
to do. It says in itself that it is made up, and every screen repeats it.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from matching.bundle import load_bundle
from matching.market.about import About
from matching.market.document import Figure, Measure, Region, Source
from matching.market.making import Made, make_market
from matching.market.periods import Period, Window
from matching.market.series import GROUP
from matching.market.table import Table
from passport.keys import Signer

_YEARS = 5
_A_YEAR = Period.QUARTER.a_year
_LASTS = timedelta(days=365)
_DIGITS = 3
_GOES_ON = 0.7
"""Of a year's growth, the part that the next year has too."""
_SEASONS = (0.94, 1.05, 1.08, 0.93)
_PROVINCES = (
    ("NL11", "Groningen", 53.22, 6.74, 34),
    ("NL12", "Friesland", 53.11, 5.85, 36),
    ("NL13", "Drenthe", 52.90, 6.62, 27),
    ("NL21", "Overijssel", 52.45, 6.45, 66),
    ("NL22", "Gelderland", 52.06, 5.94, 118),
    ("NL23", "Flevoland", 52.53, 5.60, 25),
    ("NL31", "Utrecht", 52.08, 5.17, 78),
    ("NL32", "Noord-Holland", 52.58, 4.87, 166),
    ("NL33", "Zuid-Holland", 52.02, 4.49, 212),
    ("NL34", "Zeeland", 51.45, 3.84, 22),
    ("NL41", "Noord-Brabant", 51.56, 5.19, 147),
    ("NL42", "Limburg", 51.21, 5.93, 64),
)
"""Codes of NUTS 2021, middles to two decimals, and a weight."""
ABOUT = About(
    id="urn:example:made-up-labour-market",
    version=1,
    name={"en": "Made-up labour market (example)", "nl": "Verzonnen arbeidsmarkt (voorbeeld)"},
    publisher="Example, made up / Voorbeeld, verzonnen",
    source=Source(
        {"en": "None: made by a program", "nl": "Geen: gemaakt door een programma"},
        "urn:example:none",
        "CC0",
    ),
    synthetic=True,
    method={
        "en": "Made-up counts, to show how it works. They say nothing about real work.",
        "nl": "Verzonnen aantallen, om te laten zien hoe het werkt. Ze zeggen niets over echt werk.",
    },
    measure=Measure.OPEN,
    design_effect=4.0,
    region_scheme="NUTS 2021",
)


def make_example(signer: Signer, created: datetime) -> Made:
    """The set up to the last whole quarter: the same key and moment give the same bytes."""
    number = (created.year * 12 + created.month - 1) // 3 - 1
    last = Window(Period.QUARTER, number)
    first = last.later(1 - _YEARS * _A_YEAR)
    figures = tuple(_figures(first))
    rows = len(figures) * _YEARS * _A_YEAR
    return make_market(
        Table(first, last, figures, rows, {}, {}),
        ABOUT,
        tuple(Region(code, name, latitude, longitude) for code, name, latitude, longitude, _ in _PROVINCES),
        signer=signer,
        created=created,
        lasts=_LASTS,
    )


def _figures(first: Window) -> Iterator[Figure]:
    for group in load_bundle().occupation_groups.iris:
        if not group.startswith(GROUP) or len(group) != len(GROUP) + _DIGITS:
            continue
        size = 30.0 * 60 ** _draw(group, "size")
        looking = 0.3 * 8 ** _draw(group, "looking")
        years = list(_growing(group))
        for code, *_, weight in _PROVINCES:
            here = size * weight / 80 * (0.7 + 0.6 * _draw(group, code))
            vacancies, seekers = [], []
            for place in range(_YEARS * _A_YEAR):
                year, quarter = divmod(place, _A_YEAR)
                season = _SEASONS[(first.number + place) % _A_YEAR]
                noise = 0.85 + 0.3 * _draw(group, code, str(place))
                within = years[year] + (years[year + 1] - years[year]) * quarter / _A_YEAR
                vacancies.append(round(here * within * season * noise))
                seekers.append(
                    round(here * looking * (0.9 + 0.2 * _draw(group, code, str(place), "seekers")))
                )
            yield Figure(group, code, tuple(vacancies), tuple(seekers))


def _growing(group: str) -> Iterator[float]:
    """How much demand there is at the start of each year, beside the first."""
    demand, growth = 1.0, 0.5 * (_draw(group, "growth") - 0.5)
    for year in range(_YEARS + 1):
        yield demand
        demand *= 1 + growth
        growth = _GOES_ON * growth + 0.25 * (_draw(group, "year", str(year)) - 0.5)


def _draw(*names: str) -> float:
    """A number from 0 to 1 that follows from the names."""
    digest = hashlib.sha256("\n".join(names).encode("utf-8")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48

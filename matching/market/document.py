"""The format of a set of labour-market data (docs/labour-market.md): JSON, secured with eddsa-jcs-2022.

A set says whose figures they are, about which windows of time, which regions, how they were counted, how much
they vary, and until when its publisher stands by it. Counts are per occupation (ESCO) or group (ISCO-08).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Unpack

from matching.limits import MARKET
from matching.market.errors import MalformedMarketData, MalformedWindow
from matching.market.periods import Window, parse_window
from passport.json import JsonObject
from passport.statements import Head, HeadGiven, Members, open_statement, read_head, write_head

TYPE = "LabourMarketData"
_TEXT = 2_000
Counts = tuple[int | None, ...]
"""One count a window, the oldest first; None where the source has none."""


class Measure(StrEnum):
    """What a count of vacancies is of."""

    OPEN = "open"
    """Vacancies that are open at a moment in the window."""
    PUBLISHED = "published"
    """Vacancies that were published in the window."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from."""

    name: Mapping[str, str]
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    latitude: float | None = None
    """Of its middle, in degrees; without it the region can't be found by distance."""
    longitude: float | None = None
    within: str = ""
    """The code of the region that it is a part of."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One occupation or group in one region."""

    occupation: str
    region: str
    vacancies: Counts
    seekers: Counts


@dataclass(frozen=True, eq=False, repr=False)
class Market(Head):
    """A set as parsed. `signed.verify_market` says whether its publisher signed it."""

    source: Source
    synthetic: bool
    """Made up, to show how it works: said wherever a number of it is shown."""
    method: Mapping[str, str]
    measure: Measure
    design_effect: float
    first: Window
    last: Window
    region_scheme: str
    regions: tuple[Region, ...]
    figures: tuple[Figure, ...]
    dropped: Mapping[str, int]
    """Rows of the publisher's table that could not be used: the rule and how many."""

    @property
    def windows(self) -> int:
        return self.last.number - self.first.number + 1

    def in_force(self, now: datetime) -> bool:
        """Whether its publisher still stands by it."""
        return now < self.valid_until

    @cached_property
    def by_occupation(self) -> Mapping[str, Mapping[str, Figure]]:
        """Occupation or group to region to figure."""
        found: dict[str, dict[str, Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.occupation, {})[figure.region] = figure
        return found

    @cached_property
    def by_code(self) -> Mapping[str, Region]:
        return {region.code: region for region in self.regions}


def parse_market(source: bytes | JsonObject) -> Market:
    """Read a set strictly: no region or figure twice, every list as long as there are windows.

    Raises:
        MalformedMarketData: a member that is missing, unknown or of the wrong form, or too many of them.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    members = open_statement(source, TYPE, MalformedMarketData)
    first, last = _windows(members.nested("windows"))
    regions = tuple(_region(each) for each in members.nested_list("regions", most=MARKET.regions))
    length = last.number - first.number + 1
    found = Market(
        **read_head(members),
        source=_source(members.nested("source")),
        synthetic=members.boolean("synthetic"),
        method=members.names("method", most=_TEXT),
        measure=members.word("measure", Measure),
        design_effect=_number(members, "designEffect", least=1, most=MARKET.design_effect),
        first=first,
        last=last,
        region_scheme=members.text("regionScheme"),
        regions=regions,
        figures=tuple(_figure(each, length) for each in members.nested_list("figures", most=MARKET.figures)),
        dropped=_dropped(members),
    )
    members.close()
    _check_together(found, members)
    return found


def build_market(
    *,
    set_id: str,
    source: Source,
    synthetic: bool,
    method: Mapping[str, str],
    measure: Measure,
    design_effect: float,
    first: Window,
    last: Window,
    region_scheme: str,
    regions: Sequence[Region],
    figures: Sequence[Figure],
    dropped: Mapping[str, int],
    **head: Unpack[HeadGiven],
) -> JsonObject:
    """Write an unsigned set; sign it with `sign_statement`.

    Raises:
        MalformedMarketData: what was given would not be read back.
    """
    document: JsonObject = {
        **write_head(TYPE, set_id, **head),
        "source": {"name": dict(source.name), "url": source.url, "licence": source.licence},
        "synthetic": synthetic,
        "method": dict(method),
        "measure": str(measure),
        "designEffect": int(design_effect) if design_effect == int(design_effect) else design_effect,
        "windows": {"first": str(first), "last": str(last)},
        "regionScheme": region_scheme,
        "regions": [_write_region(region) for region in regions],
        "figures": [
            {
                "occupation": figure.occupation,
                "region": figure.region,
                "vacancies": list(figure.vacancies),
                "seekers": list(figure.seekers),
            }
            for figure in figures
        ],
        "dropped": dict(sorted(dropped.items())),
    }
    parse_market(document)
    return document


def _windows(members: Members) -> tuple[Window, Window]:
    try:
        first, last = parse_window(members.raw("first")), parse_window(members.raw("last"))
    except MalformedWindow:
        raise members.refuse("windows") from None
    members.close()
    if first.period is not last.period or not 0 <= last.number - first.number < MARKET.windows:
        raise members.refuse("windows")
    return first, last


def _source(members: Members) -> Source:
    found = Source(members.names("name"), members.url("url"), members.text("licence"))
    members.close()
    return found


def _region(members: Members) -> Region:
    placed = "latitude" in members or "longitude" in members
    found = Region(
        code=members.text("code", most=64),
        name=members.text("name"),
        latitude=_number(members, "latitude", least=-90, most=90) if placed else None,
        longitude=_number(members, "longitude", least=-180, most=180) if placed else None,
        within=members.maybe("within", members.text, most=64) or "",
    )
    members.close()
    return found


def _figure(members: Members, windows: int) -> Figure:
    found = Figure(
        occupation=members.url("occupation"),
        region=members.text("region", most=64),
        vacancies=_counts(members, "vacancies", windows),
        seekers=_counts(members, "seekers", windows),
    )
    members.close()
    return found


def _counts(members: Members, name: str, windows: int) -> Counts:
    value = members.raw(name)
    if not isinstance(value, list) or len(value) != windows:
        raise members.refuse(name)
    for each in value:
        if each is not None and (type(each) is not int or not 0 <= each <= MARKET.count):
            raise members.refuse(name)
    return tuple(value)


def _number(members: Members, name: str, *, least: float, most: float) -> float:
    value = members.raw(name)
    if type(value) not in {int, float} or not math.isfinite(value) or not least <= value <= most:
        raise members.refuse(name)
    return float(value)


def _dropped(members: Members) -> Mapping[str, int]:
    value = members.raw("dropped")
    if not isinstance(value, dict) or len(value) > MARKET.rules:
        raise members.refuse("dropped")
    if any(type(count) is not int or count < 0 for count in value.values()):
        raise members.refuse("dropped")
    return value


def _check_together(found: Market, members: Members) -> None:
    """Every region once and inside one that is there, without going round; every figure once."""
    codes = {region.code for region in found.regions}
    if len(codes) != len(found.regions):
        raise members.refuse("regions")
    above = {region.code: region.within for region in found.regions if region.within}
    for code in above:
        seen = {code}
        while (code := above.get(code, "")) and code not in seen:
            seen.add(code)
        if code or not seen <= codes:
            raise members.refuse("regions")
    places = {(figure.occupation, figure.region) for figure in found.figures}
    if len(places) != len(found.figures) or not {region for _, region in places} <= codes:
        raise members.refuse("figures")


def _write_region(region: Region) -> JsonObject:
    found: JsonObject = {"code": region.code, "name": region.name}
    if region.latitude is not None and region.longitude is not None:
        found |= {"latitude": region.latitude, "longitude": region.longitude}
    return found | ({"within": region.within} if region.within else {})

"""Where a person wants to work: a home region and how far to travel, looked up on the device.

The distance is as the crow flies between the middles of two regions: it says which regions are near, not how
long a journey takes.
"""

import math
from collections.abc import Collection

from matching.market.document import Market, Region
from matching.market.errors import UnknownRegion

_RADIUS = 6_371.0
"""Kilometres: the earth's mean radius (IUGG)."""


def distance(one: Region, other: Region) -> float | None:
    """Kilometres between the middles; None where one of them is not known."""
    places = (one.latitude, one.longitude, other.latitude, other.longitude)
    if any(place is None for place in places):
        return None
    south, west, north, east = (math.radians(place) for place in places if place is not None)
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))


def within_reach(market: Market, home: str, kilometres: float) -> tuple[str, ...]:
    """The codes of the home region and of those whose middle is near enough, in order of distance.

    Regions that the home region is a part of, or that are a part of it, are the same place and left out.

    Raises:
        UnknownRegion
    """
    here = market.by_code.get(home)
    if here is None:
        raise UnknownRegion
    near = []
    for region in market.regions:
        far = distance(here, region)
        if region.code == home or far is None or far > kilometres:
            continue
        if region.code not in _above(market, home) and home not in _above(market, region.code):
            near.append((far, region.code))
    return (home, *(code for _, code in sorted(near)))


def chosen_or_all(market: Market, codes: Collection[str]) -> tuple[str, ...]:
    """The regions that were chosen and that the set has; where there are none, those that no other holds."""
    chosen = tuple(region.code for region in market.regions if region.code in codes)
    return chosen or tuple(region.code for region in market.regions if not region.within)


def apart(market: Market, codes: Collection[str]) -> tuple[str, ...]:
    """Those that are a part of no other of them: what is counted in both is counted once."""
    every = frozenset(codes)
    return tuple(code for code in codes if every.isdisjoint(_above(market, code)))


def _above(market: Market, code: str) -> Collection[str]:
    found: list[str] = []
    while code := market.by_code[code].within:
        found.append(code)
    return found

"""What a publisher writes about a set (TOML) and its regions (CSV), beside the table of figures."""

import csv
import io
import tomllib
from dataclasses import dataclass
from typing import Any

from matching.limits import MARKET
from matching.market.document import Measure, Region, Source
from matching.market.errors import MalformedMarketAbout, MalformedRegionTable

_STRINGS = ("id", "publisher", "measure", "region_scheme")


@dataclass(frozen=True, slots=True)
class About:
    """Everything of a set that is not a count, a date or a key."""

    id: str
    version: int
    name: dict[str, str]
    publisher: str
    source: Source
    synthetic: bool
    method: dict[str, str]
    measure: Measure
    design_effect: float
    region_scheme: str


def read_about(data: bytes) -> About:
    """Read the description of a set; docs/labour-market.md lists its members. Raises MalformedMarketAbout."""
    if len(data) > MARKET.about:
        raise MalformedMarketAbout(limit=MARKET.about)
    try:
        return _about(tomllib.loads(data.decode("utf-8")))
    except KeyError as missing:
        raise MalformedMarketAbout(member=str(missing.args[0])) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, ValueError, AttributeError):
        raise MalformedMarketAbout from None


def _about(found: dict[str, Any]) -> About:
    source, effect = found["source"], found.get("design_effect", 1)
    for name in _STRINGS:
        if not isinstance(found[name], str):
            raise MalformedMarketAbout(member=name)
    if type(found["version"]) is not int or type(found["synthetic"]) is not bool:
        raise MalformedMarketAbout
    return About(
        id=found["id"],
        version=found["version"],
        name=dict(found["name"]),
        publisher=found["publisher"],
        source=Source(dict(source["name"]), source["url"], source["licence"]),
        synthetic=found["synthetic"],
        method=dict(found["method"]),
        measure=Measure(found["measure"]),
        design_effect=float(effect),
        region_scheme=found["region_scheme"],
    )


def read_regions(data: bytes) -> tuple[Region, ...]:
    """Read `code,name,latitude,longitude,within`, of which the last three may be empty.

    Raises:
        MalformedRegionTable
    """
    if len(data) > MARKET.about:
        raise MalformedRegionTable(limit=MARKET.about)
    try:
        text = data.decode("utf-8-sig")
        delimiter = ";" if text.partition("\n")[0].count(";") else ","
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return tuple(_region(row) for row in rows)
    except (UnicodeDecodeError, csv.Error, KeyError, ValueError, AttributeError, TypeError):
        raise MalformedRegionTable from None


def _region(row: dict[str, str | None]) -> Region:
    cells = {name: (text or "").strip() for name, text in row.items()}
    latitude, longitude = cells.get("latitude", ""), cells.get("longitude", "")
    placed = bool(latitude and longitude)
    return Region(
        code=cells["code"],
        name=cells["name"],
        latitude=float(latitude) if placed else None,
        longitude=float(longitude) if placed else None,
        within=cells.get("within", ""),
    )

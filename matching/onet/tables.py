"""O*NET's tables as they are published, read into one release; what does not fit is counted and left out."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from matching.onet.items import KNOWLEDGE, SKILLS, OnetItem
from matching.onet.model import OnetOccupation
from matching.onet.packing import HIGHEST_IMPORTANCE, HIGHEST_LEVEL, HIGHEST_ZONE
from matching.taxonomy.tables import Row, read_gzip_table

VERSION = "29.3"
LICENCE = "CC BY 4.0"
ATTRIBUTION = (
    "O*NET 29.3 Database by the U.S. Department of Labor, Employment and Training Administration "
    "(USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a trademark of USDOL/ETA. Modified."
)
_CODE = "O*NET-SOC Code"
_FORM = re.compile(r"\d\d-\d{4}\.\d\d")
_RATING = re.compile(r"\d(\.\d{1,2})?")
Ratings = Mapping[str, tuple["array[float]", "array[float]"]]


def read_titles(folder: Path, dropped: Counter[str]) -> dict[str, str]:
    """Every occupation's title by its code."""
    titles: dict[str, str] = {}
    for row in read_gzip_table(folder / "Occupation_Data.csv.gz", (_CODE, "Title"), dropped):
        code, title = row[_CODE], " ".join(row["Title"].split())
        if not _FORM.fullmatch(code) or not title:
            dropped["onet-occupation-malformed"] += 1
        elif code in titles:
            dropped["onet-occupation-twice"] += 1
        else:
            titles[code] = title
    return titles


def read_occupations(
    folder: Path, titles: Mapping[str, str], dropped: Counter[str]
) -> tuple[OnetOccupation, ...]:
    """The occupations that are rated on all 68 items, in the order of their codes.

    Raises:
        TaxonomyFileMissing, MalformedTaxonomyArchive, TaxonomyArchiveTooLarge: a table is not as expected.
    """
    skills = _read_ratings(folder / "skills_wide.csv.gz", SKILLS, titles, dropped)
    knowledge = _read_ratings(folder / "knowledge_wide.csv.gz", KNOWLEDGE, titles, dropped)
    zones = _read_zones(folder / "Job_Zones.csv.gz", dropped)
    rated = sorted(skills.keys() & knowledge.keys())
    dropped["onet-occupation-without-ratings"] += len(titles) - len(rated)
    return tuple(
        OnetOccupation(
            code,
            titles[code],
            skills[code][0] + knowledge[code][0],
            skills[code][1] + knowledge[code][1],
            zones.get(code),
        )
        for code in rated
    )


def _read_ratings(
    path: Path, items: Iterable[OnetItem], titles: Mapping[str, str], dropped: Counter[str]
) -> Ratings:
    importance = [f"{item.name} [IM]" for item in items]
    level = [f"{item.name} [LV]" for item in items]
    found: dict[str, tuple[array[float], array[float]]] = {}
    for row in read_gzip_table(path, (_CODE, *importance, *level), dropped):
        mine = _numbers(row, importance, 1, HIGHEST_IMPORTANCE)
        high = _numbers(row, level, 0, HIGHEST_LEVEL)
        if row[_CODE] not in titles:
            dropped["onet-ratings-of-unknown-occupation"] += 1
        elif row[_CODE] in found:
            dropped["onet-ratings-twice"] += 1
        elif mine is None or high is None:
            dropped["onet-rating-out-of-range"] += 1
        else:
            found[row[_CODE]] = mine, high
    return found


def _numbers(row: Row, columns: list[str], least: int, most: int) -> "array[float] | None":
    cells = [row[column] for column in columns]
    if not all(map(_RATING.fullmatch, cells)):
        return None
    numbers = array("d", map(float, cells))
    return numbers if least <= min(numbers) and max(numbers) <= most else None


def _read_zones(path: Path, dropped: Counter[str]) -> dict[str, int]:
    zones: dict[str, int] = {}
    for row in read_gzip_table(path, (_CODE, "Job Zone"), dropped):
        zone = row["Job Zone"]
        if zone.isascii() and zone.isdigit() and 1 <= int(zone) <= HIGHEST_ZONE:
            zones[row[_CODE]] = int(zone)
        else:
            dropped["onet-job-zone-out-of-range"] += 1
    return zones

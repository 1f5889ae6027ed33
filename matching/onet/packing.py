"""O*NET as the parts of a bundle, and back: hundredths in 16 bits, nothing rounded away."""

from array import array
from collections.abc import Mapping, Sequence

from matching.errors import MalformedTaxonomyBundle
from matching.onet.crosswalk import Crosswalk, MatchType, Pair
from matching.onet.items import ITEMS
from matching.onet.model import Onet, OnetOccupation
from matching.taxonomy.packing import pack_lines, pack_numbers, unpack_lines, unpack_numbers

HIGHEST_IMPORTANCE, HIGHEST_LEVEL, HIGHEST_ZONE = 5, 7, 5
_CENT = 100
_INHERITED = "i"


def to_parts(onet: Onet) -> dict[str, bytes]:
    """The parts of a release. Ratings are written item by item: those of one item resemble each other."""
    return {
        "occupations": pack_lines([f"{one.code}\t{one.title}" for one in onet.occupations]),
        "job-zones": bytes(one.job_zone or 0 for one in onet.occupations),
        "importance": _pack_ratings([one.importance for one in onet.occupations]),
        "level": _pack_ratings([one.level for one in onet.occupations]),
        "items": pack_lines([item.id for item in onet.items]),
        "crosswalk": pack_lines([_pack_pair(pair) for pair in onet.crosswalk.pairs]),
    }


def from_parts(parts: Mapping[str, bytes]) -> tuple[tuple[OnetOccupation, ...], Crosswalk]:
    """Build occupations and crosswalk; raises MalformedTaxonomyBundle where the parts do not fit."""
    try:
        if parts["items"] != pack_lines([item.id for item in ITEMS]):
            raise MalformedTaxonomyBundle
        named = [_cells(line, 2) for line in _lines(parts["occupations"])]
        zones = parts["job-zones"]
        importance = _unpack_ratings(parts["importance"], len(named), HIGHEST_IMPORTANCE)
        level = _unpack_ratings(parts["level"], len(named), HIGHEST_LEVEL)
        if len(zones) != len(named) or any(zone > HIGHEST_ZONE for zone in zones):
            raise MalformedTaxonomyBundle
        pairs = [_unpack_pair(line) for line in _lines(parts["crosswalk"])]
    except (KeyError, ValueError):
        raise MalformedTaxonomyBundle from None
    rated = zip(named, importance, level, zones, strict=True)
    return (
        tuple(
            OnetOccupation(code, title, mine, high, zone or None) for (code, title), mine, high, zone in rated
        ),
        Crosswalk(pairs),
    )


def _lines(data: bytes) -> list[str]:
    return unpack_lines(data, data.count(b"\n") + 1 if data else 0)[0]


def _cells(line: str, count: int) -> list[str]:
    cells = line.split("\t")
    if len(cells) != count:
        raise MalformedTaxonomyBundle
    return cells


def _pack_ratings(rows: Sequence[Sequence[float]]) -> bytes:
    return pack_numbers(round(value * _CENT) for column in zip(*rows, strict=True) for value in column)


def _unpack_ratings(data: bytes, count: int, highest: int) -> "list[array[float]]":
    numbers = unpack_numbers(data)
    if len(numbers) != count * len(ITEMS) or (numbers and max(numbers) > highest * _CENT):
        raise MalformedTaxonomyBundle
    values = array("d", [number / _CENT for number in numbers])
    return [values[place::count] for place in range(count)]


def _pack_pair(pair: Pair) -> str:
    inherited = _INHERITED if pair.inherited else ""
    return "\t".join((pair.esco, pair.onet, pair.match_type, f"{pair.confidence:g}", inherited))


def _unpack_pair(line: str) -> Pair:
    esco, onet, kind, confidence, inherited = _cells(line, 5)
    return Pair(esco, onet, MatchType(kind), float(confidence), inherited == _INHERITED)

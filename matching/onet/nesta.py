"""Nesta's crosswalk from ESCO to O*NET, read honestly.

Its makers give the best O*NET occupation for every ESCO occupation of the highest level, with a confidence
of 0.5, 1 or 2, and codes of 2010. No table leads from those codes to the release's, so a code is followed
by its title. What the confidence says about the kind of match is decided here (docs/decisions/0034).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.folding import fold, words
from matching.onet.crosswalk import Crosswalk, MatchType, Pair
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.tables import read_gzip_table

LEAST, MOST = 0.5, 2.0
_CONFIDENCE = {"0.5": LEAST, "1.0": 1.0, "1": 1.0, "2.0": MOST, "2": MOST}
_COLUMNS = ("concept_uri", "onet_code", "onet_occupation", "confidence")


@dataclass(frozen=True, slots=True)
class _Read:
    """A row whose code was found in the release."""

    esco: str
    onet: str
    confidence: float
    broader: bool
    """Only the broader occupation is left of the one that was matched."""


def read_crosswalk(
    path: Path,
    titles: Mapping[str, str],
    rated: Collection[str],
    esco: Taxonomy,
    dropped: Counter[str],
) -> Crosswalk:
    """Read the crosswalk against the titles of an O*NET release and the occupations of an ESCO release.

    Raises:
        TaxonomyFileMissing, MalformedTaxonomyArchive, TaxonomyArchiveTooLarge: the table is not as expected.
    """
    rows = {row.esco: row for row in _read(path, titles, rated, esco, dropped)}
    pairs = {
        iri: Pair(iri, row.onet, _match_type(row, esco, titles), row.confidence) for iri, row in rows.items()
    }
    return Crosswalk((*_shared(pairs.values()), *_inherited(pairs, esco)))


def _read(
    path: Path, titles: Mapping[str, str], rated: Collection[str], esco: Taxonomy, dropped: Counter[str]
) -> Iterator[_Read]:
    by_title = {_plain(title): code for code, title in titles.items()}
    seen: set[str] = set()
    for row in read_gzip_table(path, _COLUMNS, dropped):
        iri, confidence = row["concept_uri"], _CONFIDENCE.get(row["confidence"])
        code, broader = _follow(row["onet_code"], row["onet_occupation"], titles, by_title)
        if confidence is None:
            dropped["crosswalk-confidence-unknown"] += 1
        elif iri not in esco.occupations:
            dropped["crosswalk-of-unknown-occupation"] += 1
        elif iri in seen:
            dropped["crosswalk-twice"] += 1
        elif code is None:
            dropped["crosswalk-to-code-that-is-gone"] += 1
        elif code not in rated:
            dropped["crosswalk-to-occupation-without-ratings"] += 1
        else:
            seen.add(iri)
            yield _Read(iri, code, confidence, broader)


def _follow(
    code: str, title: str, titles: Mapping[str, str], by_title: Mapping[str, str]
) -> tuple[str | None, bool]:
    """The release's code for one of 2010: by its title, or else itself, or else the broader .00 of it."""
    same = by_title.get(_plain(title))
    if same is not None:
        return same, False
    if code in titles:
        return code, False
    broader = f"{code[:7]}.00"
    return (broader, True) if broader in titles else (None, False)


def _match_type(row: _Read, esco: Taxonomy, titles: Mapping[str, str]) -> MatchType:
    if row.confidence == LEAST:
        return MatchType.RELATED
    if row.broader:
        return MatchType.BROAD
    same = _plain(esco.label(row.esco)) == _plain(titles[row.onet])
    return MatchType.EXACT if same and row.confidence == MOST else MatchType.CLOSE


def _shared(pairs: Iterable[Pair]) -> list[Pair]:
    """Where several ESCO occupations have one O*NET occupation, that one is broader than each of them."""
    sharing: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        sharing[pair.onet].append(pair)
    return [
        Pair(pair.esco, pair.onet, MatchType.BROAD, pair.confidence)
        if pair.match_type is MatchType.CLOSE and len(others) > 1
        else pair
        for others in sharing.values()
        for pair in others
    ]


def _inherited(pairs: Mapping[str, Pair], esco: Taxonomy) -> Iterator[Pair]:
    """What ESCO has below a matched occupation inherits its match, as its makers allow: a broader one."""
    for number, iri in enumerate(esco.occupations):
        above = None if iri in pairs else _nearest(number, pairs, esco)
        if above is not None:
            related = above.match_type is MatchType.RELATED
            kind = MatchType.RELATED if related else MatchType.BROAD
            yield Pair(iri, above.onet, kind, above.confidence, inherited=True)


def _nearest(number: int, pairs: Mapping[str, Pair], esco: Taxonomy) -> Pair | None:
    level, seen = [number], {number}
    while level:
        above = sorted({one for below in level for one in esco.occupation_broader[below]} - seen)
        level = [one for one in above if one < len(esco.occupations)]
        seen.update(level)
        for one in level:
            found = pairs.get(esco.occupations.iris[one])
            if found is not None:
                return found
    return None


def _plain(title: str) -> str:
    """One spelling of a title: the words in their singular, without case."""
    return " ".join(word.removesuffix("s") for word in words(fold(title)))

"""Which ESCO occupation is which O*NET occupation, and how well they fit: the match type is always shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class MatchType(StrEnum):
    """How one concept lies to another (SKOS, section 10), the best first.

    Read from the concept that was asked about: BROAD means that what was found is broader.
    """

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"
    """Near each other, and no more: its makers were the least sure of it."""

    @property
    def turned(self) -> "MatchType":
        """The same match, asked from the other side."""
        return _TURNED.get(self, self)


_TURNED = {MatchType.BROAD: MatchType.NARROW, MatchType.NARROW: MatchType.BROAD}


@dataclass(frozen=True, slots=True)
class CrossMatch:
    """A concept of the other taxonomy, and how it lies to the one that was asked about."""

    iri: str
    """ESCO's IRI, or O*NET's code."""
    match_type: MatchType
    confidence: float = 0.0
    """Its makers' own number: 0.5, 1 or 2. Theirs is no probability."""
    inherited: bool = False
    """The match is that of a broader ESCO occupation: its makers matched only the highest level."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of a crosswalk, read from ESCO."""

    esco: str
    onet: str
    match_type: MatchType
    confidence: float
    inherited: bool = False


class Crosswalk:
    """Both ways at once; the best match first, equal ones in the order of their identifiers."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.pairs = tuple(sorted(pairs, key=lambda pair: (pair.esco, pair.onet)))
        self._onet: dict[str, list[CrossMatch]] = {}
        self._esco: dict[str, list[CrossMatch]] = {}
        for pair in self.pairs:
            kind, rest = pair.match_type, (pair.confidence, pair.inherited)
            self._onet.setdefault(pair.esco, []).append(CrossMatch(pair.onet, kind, *rest))
            self._esco.setdefault(pair.onet, []).append(CrossMatch(pair.esco, kind.turned, *rest))

    def esco_of(self, code: str) -> tuple[CrossMatch, ...]:
        """The ESCO occupations of an O*NET code; none where the crosswalk has none."""
        return _best_first(self._esco, code)

    def onet_of(self, iri: str) -> tuple[CrossMatch, ...]:
        """The O*NET occupations of an ESCO occupation; none where the crosswalk has none."""
        return _best_first(self._onet, iri)


_ORDER = {kind: place for place, kind in enumerate(MatchType)}


def _best_first(found: Mapping[str, list[CrossMatch]], key: str) -> tuple[CrossMatch, ...]:
    return tuple(
        sorted(
            found.get(key, ()),
            key=lambda match: (match.inherited, _ORDER[match.match_type], -match.confidence, match.iri),
        )
    )

"""Vocational qualifications as they are used: found by their code or by words, with typing errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

from matching.errors import SearchTextTooLong
from matching.folding import fold
from matching.limits import PROFILE
from matching.words import WordIndex
from passport.answers import Answer


@dataclass(frozen=True, slots=True)
class Qualification:
    crebo: str
    """The code in the central register: five digits."""
    name: str
    dossier: str
    """The family of qualifications that it belongs to."""
    domain: str
    level: int
    """1 to 4."""
    route: str = ""
    """BOL (at school), BBL (at work), or both."""


@dataclass(frozen=True, eq=False, repr=False)
class Mbo:
    """The qualifications of one year, in the order of their codes."""

    year: str
    licence: str
    attribution: tuple[str, ...]
    qualifications: tuple[Qualification, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
    publisher: str = ""
    authentic: Answer = Answer.CANNOT_TELL

    @cached_property
    def by_crebo(self) -> Mapping[str, Qualification]:
        return {one.crebo: one for one in self.qualifications}

    @cached_property
    def _index(self) -> WordIndex:
        names = [one.name for one in self.qualifications]
        return WordIndex(names, [f"{one.dossier}\t{one.domain}" for one in self.qualifications])

    def search(self, text: str, *, top: int = 10) -> tuple[Qualification, ...]:
        """The qualifications for a code or some words, the best first; raises SearchTextTooLong."""
        if len(text) > PROFILE.search:
            raise SearchTextTooLong(limit=PROFILE.search)
        known = self.by_crebo.get(text.strip())
        if known is not None:
            return (known,)
        scores = self._index.scores(fold(text))
        best = nsmallest(top, scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(self.qualifications[number] for number, _ in best)

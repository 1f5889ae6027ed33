"""English names by what they say: which of a taxonomy's names has most of what some Dutch words mean.

A name is compared as a whole: how much of it the words explain, and how much of the words it has.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from heapq import nlargest

from matching.dutch.dictionary import Alternative
from matching.dutch.reading import Meaning
from matching.dutch.stems import stem
from matching.folding import fold, words
from matching.taxonomy.compact import Concepts, Taxonomy
from matching.taxonomy.model import SkillKind

_EMPTY = frozenset(words("a an the of in for with and to on or by at from into their other"))
_WIDE = frozenset(words("use perform provide carry conduct apply ensure work equipment type do be make"))
"""Words that a name may have or lack: they hardly tell one skill from another."""
_LIGHT = 0.35
"""What such a word weighs."""
_LOOKED_AT = 160
"""Concepts that are compared name by name, of those that have anything of the words."""
_OTHER_NAME = 0.8
"""What an alternative name counts for."""
_NEXT = 0.94
"""What each further alternative of the dictionary counts for."""
_ENOUGH = 2.0
"""Meanings that a name needs to have: a verb and what it is done to."""
_TELLING = 9.0
"""Rarity, together, of the words that a name needs to have: one ordinary word tells little."""
_COMMON = 0.1
"""What the logarithm of the number of occupations adds: people do common things."""
_KNOWLEDGE = 0.75
"""What knowledge counts for: people tell what they do."""


class EnglishNames:
    """The names of concepts by number: the label first, then the other names."""

    def __init__(self, names: Sequence[Sequence[str]], more: Sequence[float]) -> None:
        self._names = names
        self._more = array("d", more)
        self._stems: dict[str, str] = {}
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        for number, each in enumerate(names):
            for found in {self._stem(word) for word in words(fold(" ".join(each)))} - _EMPTY:
                self._postings[found].append(number)
        self._rarity = {
            found: math.log((len(names) + 1) / (len(numbers) + 0.5))
            * (_LIGHT if found in _WIDE_STEMS else 1.0)
            for found, numbers in self._postings.items()
        }

    @property
    def stems(self) -> Collection[str]:
        """All words that names use, without their endings."""
        return self._rarity.keys()

    def scores(self, meant: Sequence[Meaning]) -> dict[int, tuple[float, tuple[str, ...]]]:
        """Per number how well its best name fits (0 to 1), and which of the typed words it has."""
        asked = [
            (one, [(tuple(map(stem, each)), _NEXT**at) for at, each in enumerate(one.english)])
            for one in meant
        ]
        rough: defaultdict[int, float] = defaultdict(float)
        for one, alternatives in asked:
            for number, value in self._having(alternatives).items():
                rough[number] += one.sure * value
        first = nlargest(
            _LOOKED_AT, rough.items(), key=lambda pair: (pair[1] * self._more[pair[0]], -pair[0])
        )
        return {number: self._best(number, asked) for number, _ in first}

    def _having(self, alternatives: Sequence[tuple[Alternative, float]]) -> dict[int, float]:
        """The concepts that have all words of an alternative."""
        found: dict[int, float] = {}
        for wanted, share in alternatives:
            rows = [self._postings.get(each) for each in wanted]
            if not rows or any(row is None for row in rows):
                continue
            value = share * sum(self._rarity[each] for each in wanted)
            numbers = set(rows[0] or ())
            for row in rows[1:]:
                numbers &= set(row or ())
            for number in numbers:
                if found.get(number, 0.0) < value:
                    found[number] = value
        return found

    def _best(
        self, number: int, asked: Sequence[tuple[Meaning, Sequence[tuple[Alternative, float]]]]
    ) -> tuple[float, tuple[str, ...]]:
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for place, name in enumerate(self._names[number]):
            whole = {self._stem(word) for word in words(fold(name))} - _EMPTY
            score, typed = self._fits(whole, asked)
            score *= (_OTHER_NAME if place else 1.0) * self._more[number]
            if score > best[0]:
                best = score, typed
        return min(best[0], 1.0), best[1]

    def _fits(
        self, whole: set[str], asked: Sequence[tuple[Meaning, Sequence[tuple[Alternative, float]]]]
    ) -> tuple[float, tuple[str, ...]]:
        explained: dict[str, float] = {}
        met, typed = 0.0, dict[str, None]()
        for one, alternatives in asked:
            for wanted, share in alternatives:
                if whole.issuperset(wanted):
                    for each in wanted:
                        explained[each] = max(explained.get(each, 0.0), share * one.sure)
                    met += one.sure * share * len(one.typed) ** 0.5
                    typed.update(dict.fromkeys(one.typed))
                    break
        mass = sum(self._rarity[each] for each in whole)
        if not explained or not mass:
            return 0.0, ()
        told = sum(self._rarity[each] * value for each, value in explained.items())
        enough = min(1.0, met / _ENOUGH) * min(1.0, told / _TELLING)
        return told / mass * math.sqrt(enough), tuple(typed)

    def _stem(self, word: str) -> str:
        found = self._stems.get(word)
        if found is None:
            found = self._stems[word] = stem(word)
        return found


_KNOWS = tuple(SkillKind).index(SkillKind.KNOWLEDGE)
_WIDE_STEMS = frozenset(map(stem, _WIDE))


@lru_cache(maxsize=2)
def skill_names(taxonomy: Taxonomy) -> EnglishNames:
    """The English names of the skills; built on first use, in about a quarter of a second."""
    having = [0] * len(taxonomy.skills)
    for links in taxonomy.needed_by.values():
        for number, occupations in enumerate(links):
            having[number] += len(occupations)
    more = [
        (1 + _COMMON * math.log(1 + count)) * (_KNOWLEDGE if kind & 0xF == _KNOWS else 1.0)
        for count, kind in zip(having, taxonomy.kinds, strict=True)
    ]
    return EnglishNames(_names(taxonomy.skills), more)


@lru_cache(maxsize=2)
def work_names(taxonomy: Taxonomy) -> EnglishNames:
    """The English names of the occupations."""
    return EnglishNames(_names(taxonomy.occupations), [1.0] * len(taxonomy.occupations))


def _names(concepts: Concepts) -> list[list[str]]:
    labels, others = concepts.labels["en"], concepts.alternates.get("en", [""] * len(concepts))
    return [
        [label, *(each for each in other.split("\t") if each)]
        for label, other in zip(labels, others, strict=True)
    ]

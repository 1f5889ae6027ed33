"""English names by what they say: which of a taxonomy's names has most of what some Dutch words mean.

A name is compared as a whole: how much of it the words explain, and how much of the words it has.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache, partial
from heapq import nlargest
from itertools import chain

from matching.dutch.dictionary import Alternative
from matching.dutch.reading import Meaning
from matching.dutch.stems import stem
from matching.folding import fold, words
from matching.taxonomy.compact import Concepts, Taxonomy
from matching.taxonomy.model import SkillKind
from matching.word_indexes import DUTCH, FALLBACK, Table, word_index
from matching.words import WordIndex

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
    """The names of concepts by number, the label first; `index` has the words of these names, and maybe more.

    `more`: what the score of each is multiplied by.
    """

    def __init__(
        self, names: Callable[[int], Sequence[str]], more: Sequence[float], index: WordIndex
    ) -> None:
        self._names = names
        self._more = array("d", more)
        self._index = index
        self._having_stem: dict[str, frozenset[int]] = {}
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        for word in index.vocabulary:
            self._words[stem(word)].append(word)

    @property
    def stems(self) -> Collection[str]:
        """All words that names use, without their endings."""
        return self._words.keys()

    def _numbers(self, found: str) -> frozenset[int]:
        """The concepts of which a name has a word with this stem."""
        if found not in self._having_stem:
            spelled = self._words.get(found, ())
            self._having_stem[found] = frozenset(chain(*map(self._index.numbers, spelled)))
        return self._having_stem[found]

    def _rarity(self, found: str) -> float:
        rare = math.log((len(self._more) + 1) / (len(self._numbers(found)) + 0.5))
        return rare * (_LIGHT if found in _WIDE_STEMS else 1.0)

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
            value = share * sum(map(self._rarity, wanted))
            for number in frozenset.intersection(*map(self._numbers, wanted)):
                if found.get(number, 0.0) < value:
                    found[number] = value
        return found

    def _best(
        self, number: int, asked: Sequence[tuple[Meaning, Sequence[tuple[Alternative, float]]]]
    ) -> tuple[float, tuple[str, ...]]:
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for place, name in enumerate(self._names(number)):
            whole = {stem(word) for word in words(fold(name))} - _EMPTY
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
        mass = sum(self._rarity(each) for each in whole)
        if not explained or not mass:
            return 0.0, ()
        told = sum(self._rarity(each) * value for each, value in explained.items())
        enough = min(1.0, met / _ENOUGH) * min(1.0, told / _TELLING)
        return told / mass * math.sqrt(enough), tuple(typed)


_KNOWS = tuple(SkillKind).index(SkillKind.KNOWLEDGE)
_WIDE_STEMS = frozenset(map(stem, _WIDE))


@lru_cache(maxsize=2)
def skill_names(taxonomy: Taxonomy) -> EnglishNames:
    """The English names of the skills, beside the index of words that the search in Dutch uses."""
    having = [0] * len(taxonomy.skills)
    for links in taxonomy.needed_by.values():
        for number, occupations in enumerate(links):
            having[number] += len(occupations)
    more = [
        (1 + _COMMON * math.log(1 + count)) * (_KNOWLEDGE if kind & 0xF == _KNOWS else 1.0)
        for count, kind in zip(having, taxonomy.kinds, strict=True)
    ]
    index = word_index(taxonomy, Table.SKILLS, DUTCH)
    return EnglishNames(partial(_names, taxonomy.skills), more, index)


@lru_cache(maxsize=2)
def work_names(taxonomy: Taxonomy) -> EnglishNames:
    """The English names of the occupations."""
    index = word_index(taxonomy, Table.OCCUPATIONS, DUTCH)
    return EnglishNames(partial(_names, taxonomy.occupations), [1.0] * len(taxonomy.occupations), index)


def _names(concepts: Concepts, number: int) -> list[str]:
    others = concepts.alternates.get(FALLBACK)
    return [concepts.labels[FALLBACK][number], *(filter(None, others[number].split("\t")) if others else ())]

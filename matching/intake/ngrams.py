"""Find skills in running text by character n-grams: a word that is spelled otherwise shares most of them.

Each skill is one document: its label and alternative labels. Words are cut into runs of four characters; a
run weighs by its rarity, and documents and queries are compared by their cosine.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from matching.folding import fold, words
from matching.taxonomy.compact import Concepts, Taxonomy

LENGTH = 4
"""Characters of a run. Runs of three find no more and take four times as long (benchmarks/intake_text.py)."""
COMMON = 0.1
"""What the logarithm of the number of occupations adds: of the skills that real sentences offer, four in ten
more belong to the work, and one in forty fewer of the rare ones is found (benchmarks/intake_text.py)."""


class TextToSkills(Protocol):
    """Whatever tells how much a text is like each skill: n-grams here, a language model on some hosts."""

    def scores(self, text: str) -> dict[int, float]:
        """By the skill's number in the taxonomy: above 0, and 1 where the text is all that the skill says."""
        ...


class NgramIndex:
    """Texts by number, such as the labels of skills."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(runs(text)) for text in texts]
        having = Counter(run for counts in counted for run in counts)
        self._rarity = {run: math.log((len(texts) + 1) / (count + 0.5)) for run, count in having.items()}
        self._numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        self._weights: defaultdict[str, array[float]] = defaultdict(lambda: array("f"))
        for number, counts in enumerate(counted):
            for run, weight in self._vector(counts).items():
                self._numbers[run].append(number)
                self._weights[run].append(weight)

    def scores(self, text: str) -> dict[int, float]:
        found: defaultdict[int, float] = defaultdict(float)
        for run, weight in self._vector(Counter(runs(text))).items():
            if run in self._numbers:
                for number, other in zip(self._numbers[run], self._weights[run], strict=True):
                    found[number] += weight * other
        return dict(found)

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        """Runs with their weights, brought to length 1; runs that no text has count for nothing."""
        weighed = {
            run: self._rarity[run] * (1 + math.log(count))
            for run, count in counts.items()
            if run in self._rarity
        }
        length = math.sqrt(math.fsum(each * each for each in weighed.values()))
        return {run: each / length for run, each in weighed.items()} if length else {}


def runs(text: str) -> Iterator[str]:
    """The runs of four characters of each word, its beginning and end marked."""
    for word in words(fold(text)):
        marked = f"^{word}$"
        for at in range(max(1, len(marked) - LENGTH + 1)):
            yield marked[at : at + LENGTH]


class CommonFirst:
    """An index in which what many occupations need counts a little more: people do common things."""

    def __init__(self, index: NgramIndex, having: Sequence[int]) -> None:
        self._index = index
        self._more = array("d", (1 + COMMON * math.log(1 + count) for count in having))

    def scores(self, text: str) -> dict[int, float]:
        found = self._index.scores(text).items()
        return {number: min(1.0, score * self._more[number]) for number, score in found}


@lru_cache(maxsize=2)
def skill_index(taxonomy: Taxonomy, language: str) -> CommonFirst:
    """The names of the skills in a language; built on first use, in about a second for English.

    A skill without a name in the language is not found in it: an English name beside Dutch text resembles
    only by accident.
    """
    having = [0] * len(taxonomy.skills)
    for links in taxonomy.needed_by.values():
        for number, occupations in enumerate(links):
            having[number] += len(occupations)
    return CommonFirst(NgramIndex(_names(taxonomy.skills, language)), having)


@lru_cache(maxsize=2)
def work_index(taxonomy: Taxonomy, language: str) -> NgramIndex:
    """The names of the occupations in a language; most have a Dutch one."""
    return NgramIndex(_names(taxonomy.occupations, language))


def _names(concepts: Concepts, language: str) -> list[str]:
    empty = [""] * len(concepts)
    own, others = concepts.labels.get(language, empty), concepts.alternates.get(language, empty)
    return [f"{label} {names}" for label, names in zip(own, others, strict=True)]

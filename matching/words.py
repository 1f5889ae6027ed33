"""An index of words that forgives typing errors.

A word of a query stands for words of the index: itself, words that begin with it or share its stem, words
that hold it (Dutch compounds), and words at a small edit distance. Words weigh by their rarity.
"""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from matching.folding import fold, words

_ALTERNATE = 0.8
"""What a word counts for that stands in an alternative label only."""
_STEM = 5
"""Letters that two forms of one word share at least: manage, managing, manager."""
_SIMILAR = 0.4
"""Share of trigrams (Dice) below which two words are not compared letter by letter."""
_KNOWN = 0.6
"""What a resemblance counts for when the word itself is in the index: it is hardly a typing error."""
_QUERY_WORDS = 24
"""Words of a query that are looked at."""
_FORMS = 24
"""Words of the index that one word of a query may stand for."""
_LENGTH = 0.3
"""How much a label suffers from words that were not asked for."""


class WordIndex:
    """Labels and alternative labels by number; titles: labels in other languages, whole ones come first."""

    def __init__(
        self, labels: Sequence[str], alternates: Sequence[str], titles: Sequence[Sequence[str]] = ()
    ) -> None:
        self._labels: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        self._alternates: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._lengths = array("H", bytes(2 * len(labels)))
        folded = fold("\n".join(labels)).split("\n")
        others = fold("\n".join(alternates)).split("\n")
        for number, (label, other) in enumerate(zip(folded, others, strict=True)):
            own = set(words(label))
            for name in {label, label.partition(" (")[0]}:
                self._exact[" ".join(words(name))].append(number)
            self._lengths[number] = len(own)
            for word in own:
                self._labels[word].append(number)
            for word in set(words(other)) - own:
                self._alternates[word].append(number)
        for title in titles:
            for number, label in enumerate(fold("\n".join(title)).split("\n")):
                if label and number not in (same := self._exact[" ".join(words(label))]):
                    same.append(number)
        self._count = len(labels)

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        empty = array("H")
        return {
            word: math.log(
                (self._count + 1)
                / (len(self._labels.get(word, empty)) + len(self._alternates.get(word, empty)) + 0.5)
            )
            for word in self._labels.keys() | self._alternates.keys()
        }

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._rarity)

    @cached_property
    def _trigrams(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            for trigram in trigrams(word):
                found[trigram].append(word)
        return found

    def scores(self, query: str) -> dict[int, float]:
        """The numbers that have something in common with a folded text, each with its score."""
        asked = list(dict.fromkeys(words(query)))[:_QUERY_WORDS]
        sums: dict[int, float] = {}
        met: dict[int, int] = {}
        for word in asked:
            for number, value in self._best(word).items():
                sums[number] = sums.get(number, 0.0) + value
                met[number] = met.get(number, 0) + 1
        for number, count in met.items():
            extra = max(0, self._lengths[number] - len(asked))
            sums[number] *= (count / len(asked)) ** 0.5 / (1.0 + _LENGTH * extra**0.5)
        highest = max(sums.values(), default=0.0)
        for number in self._exact.get(" ".join(words(query)), ()) if asked else ():
            sums[number] = sums.get(number, 0.0) + highest + 1.0
        return sums

    def _best(self, word: str) -> dict[int, float]:
        """Per number the rarest and most alike form of one word of a query."""
        best: dict[int, float] = {}
        for form, similar in self.forms(word).items():
            value = self._rarity[form] * similar
            for share, postings in ((1.0, self._labels), (_ALTERNATE, self._alternates)):
                for number in postings.get(form, ()):
                    if best.get(number, 0.0) < value * share:
                        best[number] = value * share
        return best

    def forms(self, word: str) -> dict[str, float]:
        """The words of the index that a word of a query may stand for, with how alike they are (0 to 1)."""
        alike = {word: 1.0} if word in self._rarity else {}
        trust = _KNOWN if alike else 1.0
        for found, share in ((self._begun(word), 1.0), (self._resembling(word), trust)):
            for form, similar in found.items():
                alike[form] = max(similar * share, alike.get(form, 0.0))
        most = sorted(alike.items(), key=lambda pair: (-pair[1], pair[0]))[:_FORMS]
        return dict(most)

    def _begun(self, word: str) -> dict[str, float]:
        """Words with the same beginning: the word as typed so far, or another form of it."""
        if len(word) < 3:  # noqa: PLR2004
            return {}
        stem = word[: max(_STEM, len(word) - 3)] if len(word) > _STEM else word
        found = {}
        for place in range(bisect_left(self._sorted, stem), len(self._sorted)):
            form = self._sorted[place]
            if not form.startswith(stem):
                break
            same = len(word) if form.startswith(word) else len(stem)
            found[form] = 0.9 * same / max(len(word), len(form))
        return found

    def _resembling(self, word: str) -> dict[str, float]:
        """Words with a typing error or two, and compounds that hold the word."""
        mine = trigrams(word)
        shared: defaultdict[str, int] = defaultdict(int)
        for trigram in mine:
            for form in self._trigrams.get(trigram, ()):
                shared[form] += 1
        found = {}
        for form, count in shared.items():
            if len(word) >= _STEM and word in form:
                found[form] = 0.8 * (len(word) / len(form)) ** 0.5
            elif 2 * count >= _SIMILAR * (len(mine) + len(form) + 2):
                most = 1 if len(word) <= _STEM else 2
                distance = edit_distance(word, form, most)
                if distance <= most:
                    found[form] = 0.9 - 0.2 * distance
        return found


def trigrams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def edit_distance(left: str, right: str, most: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; `most` + 1 where there are more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before = before, row
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)

"""An index of words that forgives typing errors.

A word of a query stands for words of the index: itself, words that begin with it or share its stem, words
that hold it (Dutch compounds), and words at a small edit distance. Words weigh by their rarity.
"""

import math
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest

from matching.folding import fold, words

_ALTERNATE = 0.8
"""What a word counts for that stands in an alternative label only."""
_STEM = 5
"""Letters that two forms of one word share at least: manage, managing, manager."""
_SHORT = 3
"""Letters below which another letter makes another word."""
_SIMILAR = 0.4
"""Share of trigrams (Dice) below which two words are not compared letter by letter."""
_KNOWN = 0.6
"""What a resemblance counts for when the word itself is in the index: it is hardly a typing error."""
_QUERY_WORDS = 24
"""Words of a query that are looked at."""
_FORMS = 24
"""Words of the index that one word of a query may stand for."""
_COMPARED = 60
"""Concepts of which every name is compared with the whole query."""
_SAME = 0.6
"""How alike each word of a name has to be to what was asked, for the name to be it."""
_NEAREST = 0.05
"""Forms that differ by less in likeness are equally near."""
_LENGTH = 0.3
"""How much a label suffers from words that were not asked for."""


class WordIndex:
    """Labels and alternative labels (joined by tabs) by number; titles: labels in other languages."""

    def __init__(
        self, labels: Sequence[str], alternates: Sequence[str], titles: Sequence[Sequence[str]] = ()
    ) -> None:
        self._labels: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        self._alternates: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        self._lengths = array("H", bytes(2 * len(labels)))
        self._names = (labels, *titles), alternates
        for number, (label, other) in enumerate(zip(labels, alternates, strict=True)):
            own = set(words(fold(label)))
            self._lengths[number] = len(own)
            for word in own:
                self._labels[word].append(number)
            if other:
                for word in set(words(fold(other))) - own:
                    self._alternates[word].append(number)
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
    def _spelled(self) -> Mapping[str, Sequence[str]]:
        """Words by how they sound, about."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word, sound in zip(self._sorted, sounds(self._sorted), strict=True):
            found[sound].append(word)
        return found

    @cached_property
    def _trigrams(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for sound in self._spelled:
            for trigram in trigrams(sound):
                found[trigram].append(sound)
        return found

    def numbers(self, word: str) -> Iterator[int]:
        """All that have this very word in a name, each once."""
        yield from self._labels.get(word, ())
        yield from self._alternates.get(word, ())

    @property
    def vocabulary(self) -> Collection[str]:
        """All words of all names."""
        return self._rarity.keys()

    def scores(self, query: str, known: Collection[str] = ()) -> dict[int, float]:
        """The numbers that have something in common with a folded text, each with its score.

        `known`: words of it that are surely no typing error. A name that is the whole text comes first, with
        a typing error too.
        """
        asked = list(dict.fromkeys(words(query)))[:_QUERY_WORDS]
        alike = {word: self.forms(word, known=word in known) for word in asked}
        sums: dict[int, float] = {}
        met: dict[int, int] = {}
        for forms in alike.values():
            for number, value in self._best(forms).items():
                sums[number] = sums.get(number, 0.0) + value
                met[number] = met.get(number, 0) + 1
        for number, count in met.items():
            extra = max(0, self._lengths[number] - len(asked))
            sums[number] *= (count / len(asked)) ** 0.5 / (1.0 + _LENGTH * extra**0.5)
        highest = max(sums.values(), default=0.0)
        for number in nlargest(_COMPARED, sums, key=lambda each: (sums[each], -each)):
            sums[number] += (highest + 1.0) * self._whole(number, alike)
        return sums

    def _whole(self, number: int, alike: Mapping[str, Mapping[str, float]]) -> float:
        """How much one of the names is all that was asked, and nothing more: 1 where it is the same."""
        labels, others = self._names
        best = 0.0
        named = [(labels[0][number], 1.0), (labels[0][number].partition(" (")[0], 1.0)]
        named += [(title[number], 1.0) for title in labels[1:]]
        named += [(each, _ALTERNATE) for each in others[number].split("\t")]
        for name, share in named:
            have = words(fold(name))
            if len(have) == len(alike) and share > best:
                each = [max((forms.get(word, 0.0) for word in have), default=0.0) for forms in alike.values()]
                if min(each) >= _SAME:
                    best = max(best, share * math.prod(each))
        return best

    def _best(self, forms: Mapping[str, float]) -> dict[int, float]:
        """Per number the most alike form of one word of a query.

        A form weighs no more than the nearest ones do: that a compound or a misspelling is rare makes it no
        better an answer.
        """
        best: dict[int, float] = {}
        nearest = max(forms.values(), default=0.0) - _NEAREST
        most = min((self._rarity[form] for form, similar in forms.items() if similar >= nearest), default=0.0)
        for form, similar in forms.items():
            value = min(self._rarity[form], most) * similar
            for share, postings in ((1.0, self._labels), (_ALTERNATE, self._alternates)):
                for number in postings.get(form, ()):
                    if best.get(number, 0.0) < value * share:
                        best[number] = value * share
        return best

    def forms(self, word: str, *, known: bool = False) -> dict[str, float]:
        """The words of the index that a word of a query may stand for, with how alike they are (0 to 1)."""
        alike = {word: 1.0} if word in self._rarity else {}
        trust = _KNOWN if alike or known else 1.0
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
        """Words with a typing error or two, and compounds that hold the word; compared by how they sound."""
        mine = next(iter(sounds([word])))
        parts = trigrams(mine)
        shared: defaultdict[str, int] = defaultdict(int)
        for trigram in parts:
            for sound in self._trigrams.get(trigram, ()):
                shared[sound] += 1
        found: dict[str, float] = {}
        for sound, count in shared.items():
            if len(mine) >= _STEM and mine in sound:
                found |= {form: 0.8 * (len(mine) / len(sound)) ** 0.5 for form in self._spelled[sound]}
            elif 2 * count >= _SIMILAR * (len(parts) + len(sound)):
                most = 0 if len(mine) < _SHORT else 1 if len(mine) <= _STEM else 2
                distance = edit_distance(mine, sound, most)
                if distance <= most:
                    near = (form for form in self._spelled[sound] if abs(len(form) - len(word)) <= most + 1)
                    found |= dict.fromkeys(near, 0.9 - 0.2 * distance)
        return found


_DOUBLED = re.compile(r"([^\W\d])\1+")
_SOUNDS = (("ij", "ei"), ("y", "ei"), ("ou", "au"), ("ck", "k"), ("ph", "f"), ("dt\n", "t\n"), ("d\n", "t\n"))


def sounds(listed: Sequence[str]) -> list[str]:
    """Words as they sound, about: doubled letters once, and what Dutch often confuses written one way."""
    text = _DOUBLED.sub(r"\1", "\n".join(listed)) + "\n"
    for written, meant in _SOUNDS:
        text = text.replace(written, meant)
    return text.split("\n")[:-1]


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

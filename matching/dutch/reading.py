"""What Dutch words mean, one after another: phrases and separable verbs first, then words, then compounds.

"Ik pak dozen in" is inpakken and dozen. Nothing is guessed of a word that is in no dictionary, but for a
typing error or two.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from matching.dutch.dictionary import Alternative, Dictionary, Entry, load_dictionary
from matching.dutch.forms import root, verb_roots
from matching.folding import words
from matching.words import WordIndex

_PREPOSITIONS = frozenset(words("in op aan uit om over door voor bij na onder tegen"))
"""Particles that are mostly something else: only at the end of a clause, or before another of these."""
_CLAUSE_GOES_ON = _PREPOSITIONS | frozenset(words("te met van naar als en of die zodat per tot"))
_SMALL = _CLAUSE_GOES_ON | frozenset({"de", "het", "een"})
"""Words whose place in a phrase matters."""
_HEAD = 4
"""Letters of each half of a compound; one less of the last one, where the dictionary has it as it stands."""
_LINKS = ("", "s", "en", "e", "n")
_LONGEST = 40
"""Letters of a word that is looked at: longer ones are no words."""
_APART = 12
"""Words that a verb and its particle are apart at most."""
_MEANINGS = 24
"""Meanings that one clause has at most."""
_TYPED = 5
"""Letters of a word in which a typing error is looked for, at least."""
_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class Meaning:
    """Some words of a text, and what they may be called in English."""

    typed: tuple[str, ...]
    """The words as they were typed, folded."""
    english: tuple[Alternative, ...]
    """The nearest first."""
    sure: float = 1.0
    """Less for a part of a compound and for a typing error."""


def meanings(tokens: Sequence[str]) -> tuple[Meaning, ...]:
    """What one clause says, in its order; words that say nothing are left out."""
    tokens = [token[: _LONGEST + 1] for token in tokens]
    dictionary = load_dictionary()
    left = dict(enumerate(tokens))
    found: dict[int, list[Meaning]] = {}
    for places, entries in (*_phrases(tokens, dictionary), *_separable(tokens, dictionary)):
        if all(place in left for place in places):
            typed = tuple(tokens[place] for place in places)
            found[places[0]] = [Meaning(typed, _english(entries))]
            for place in places:
                del left[place]
    for place, token in left.items():
        found[place] = list(word_meanings(token))
    return tuple(islice((each for place in sorted(found) for each in found[place]), _MEANINGS))


@cache
def _vocabulary() -> WordIndex:
    """To look for typing errors in; built for the first word that is not known."""
    names = sorted(name for name in load_dictionary().exact if len(name) >= _TYPED)
    return WordIndex(names, [""] * len(names))


def word_meanings(token: str) -> Iterator[Meaning]:
    """A word by itself: as it stands, as a form of one, as a compound, or with a typing error."""
    dictionary = load_dictionary()
    if token in dictionary.empty or not 1 < len(token) <= _LONGEST:
        return
    entries = _entries(token, dictionary)
    if entries:
        yield Meaning((token,), _english(entries))
        return
    halves = tuple(_compound(token, dictionary))
    if halves:
        yield from halves
    else:
        yield from _misspelled(token, dictionary)


def _entries(token: str, dictionary: Dictionary) -> list[Entry]:
    found = list(dictionary.exact.get(token, ()))
    for verb in sorted(verb_roots(token)):
        found += dictionary.verbs.get(verb, ())
    found = found or list(dictionary.roots.get(root(token), ()))
    return found or [
        entry
        for at in range(2, len(token) - 2)
        for verb in sorted(verb_roots(token[at:]))
        for entry in dictionary.separable.get((token[:at], verb), ())
    ]


def _english(entries: Collection[Entry]) -> tuple[Alternative, ...]:
    return tuple(dict.fromkeys(each for entry in entries for each in entry.english))


def _phrases(
    tokens: Sequence[str], dictionary: Dictionary
) -> Iterator[tuple[tuple[int, ...], Sequence[Entry]]]:
    """Words that mean something together, in any order unless a small word is among them."""
    having: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        for each in {token, root(token), *verb_roots(token)}:
            having.setdefault(each, []).append(place)
    for phrase in dictionary.phrases:
        if all(each in having for each in phrase.roots):
            small = not _SMALL.isdisjoint(phrase.words)
            places = _in_order([having[each] for each in phrase.roots])
            if places is None and not small:
                places = sorted({having[each][0] for each in phrase.roots})
            if places is not None and len(places) == len(phrase.roots):
                yield tuple(places), (phrase.entry,)


def _in_order(rows: Sequence[Sequence[int]]) -> list[int] | None:
    """The first places of some words, each after the one before; None where their order is another."""
    found: list[int] = []
    for row in rows:
        place = next((each for each in row if not found or each > found[-1]), None)
        if place is None:
            return None
        found.append(place)
    return found


def _separable(
    tokens: Sequence[str], dictionary: Dictionary
) -> Iterator[tuple[tuple[int, ...], Sequence[Entry]]]:
    """A verb and its particle apart: pak ... in, in te pakken, schoon maken."""
    particles = {particle for particle, _ in dictionary.separable}
    for place, token in enumerate(tokens):
        if token not in particles:
            continue
        after = [at for at in (place + 1, place + 2) if tokens[place + 1 : at] in ([], ["te"])]
        apart = _ends(tokens, place) or token not in _PREPOSITIONS
        for at in (*(range(place - 1, max(-1, place - _APART), -1) if apart else ()), *after):
            if at < len(tokens):
                entries = [
                    entry
                    for verb in sorted(verb_roots(tokens[at]))
                    for entry in dictionary.separable.get((token, verb), ())
                ]
                if entries:
                    yield tuple(sorted((place, at))), entries
                    break


def _ends(tokens: Sequence[str], place: int) -> bool:
    return place + 1 == len(tokens) or tokens[place + 1] in _CLAUSE_GOES_ON


def _compound(token: str, dictionary: Dictionary) -> Iterator[Meaning]:
    """Two words written as one, the longest first word that leaves another; "ziekenhuisbedden"."""
    for at in range(len(token) - _HEAD + 1, _HEAD - 1, -1):
        head = _entries_of_noun(token[:at], dictionary)
        if not head:
            continue
        short = len(token) - at < _HEAD
        tail = dictionary.exact.get(token[at:], []) if short else _entries(token[at:], dictionary)
        typed = [Meaning((token,), _english(tail))] if tail else list(_misspelled(token[at:], dictionary))
        if typed:
            yield replace(typed[0], typed=(token,), sure=typed[0].sure * 0.9)
            yield Meaning((token,), _english(head), 0.9)
            return


def _entries_of_noun(head: str, dictionary: Dictionary) -> list[Entry]:
    for link in _LINKS:
        word = head[: len(head) - len(link)]
        if head.endswith(link) and len(word) >= _HEAD - 1:
            found = dictionary.exact.get(word) or dictionary.roots.get(root(word))
            if found:
                return list(found)
    return []


def _misspelled(token: str, dictionary: Dictionary) -> Iterator[Meaning]:
    if len(token) < _TYPED:
        return
    alike = {
        form: value
        for form, value in _vocabulary().forms(token).items()
        if value >= _LIKE and abs(len(form) - len(token)) <= 1 and form[0] == token[0]
    }
    if alike:
        nearest = min(alike, key=lambda form: (-alike[form], form))
        yield Meaning((token,), _english(dictionary.exact[nearest]), alike[nearest])

"""From what somebody wrote to skills to tick: each with the sentence that it was found in. Nothing is added.

The same for a vacancy: then the skills are what the vacancy asks, and not what the person can do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from matching.dutch.dictionary import load_dictionary
from matching.dutch.names import skill_names, work_names
from matching.dutch.reading import meanings
from matching.folding import fold, words
from matching.intake.errors import FreeTextTooLong
from matching.intake.limits import INTAKE
from matching.intake.ngrams import TextToSkills, skill_index, work_index
from matching.score import rank
from matching.taxonomy.compact import Taxonomy

PER_PART = 4
"""Skills that one part of a sentence offers."""
LEAST = 0.3
"""A likeness below this is nearly always chance (benchmarks/intake_text.py)."""
NEAR = 0.7
"""Beside the best of a part only what is nearly as much like it."""
_SENTENCE = re.compile(r"[.!?;:\n\r\u2022\u00b7]+(?:\s+|$)|[\n\r\u2022]+")
_PART = re.compile(r",| and | en | or | of | then | daarna | also | ook ", re.IGNORECASE)
_FEWEST_LETTERS = 4
_LONG, _PIECE = 24, 12
"""Words of a part that is read as one; a longer one is read by pieces: many people write without points."""
_BEGINNING = 3
"""Letters: as many as a run at the beginning of a word has (ngrams.py)."""
_ENGLISH = frozenset(
    words(
        "i we you they he she it my our your the a an to of in on at for with and or is are am be do does "
        "have has this that these those all also then from by as day work working people things mostly"
    )
)
_DUTCH = frozenset(
    words(
        "ik wij we u zij hij het de een mijn ons onze uw te van in op aan voor met en of is zijn ben doe "
        "doet heb heeft dit dat deze die alle ook dan bij als dag werk werkdag mensen dingen veel vaak"
    )
)
_EMPTY = _ENGLISH | _DUTCH
"""Words without a skill in them."""
WORKS = 4
"""Occupations that a text offers."""
_BY_SKILLS = 2.0
"""What the rank by the skills that a text offers counts for, beside the names of the work."""
_RANKED = 200
_TRANSLATED = 0.8
"""What an English name of the work counts for that only the dictionary leads to."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A skill that a text seems to be about, for the person to tick."""

    skill: str
    score: float
    """How much alike, above 0 and at most 1, in three decimals."""
    quote: str
    """The sentence, or its beginning."""
    words: tuple[str, ...] = ()
    """The words of it that found the skill, in their order and in small letters; none where a model did."""


_Scored = dict[int, tuple[float, tuple[str, ...]]]
"""By number how much alike, and which words found it."""


def read_text(text: str, taxonomy: Taxonomy, *, reader: TextToSkills | None = None) -> tuple[Offered, ...]:
    """The skills that a text seems to be about, in the order of the text, the most alike of a sentence first.

    `reader` is another way to compare than n-grams. A skill that is found twice is offered once, where it is
    most alike.

    Raises FreeTextTooLong.
    """
    if len(text) > INTAKE.text:
        raise FreeTextTooLong(limit=INTAKE.text)
    language = written_in(text)
    best: dict[int, tuple[float, int, str, tuple[str, ...]]] = {}
    for place, (sentence, clause) in enumerate(clauses_of(text)):
        if place == INTAKE.sentences:
            break
        found = _by_reader(clause, reader) if reader else _by_names(clause, taxonomy, language)
        for number, (score, typed) in _best(found):
            if number not in best or best[number][0] < score:
                best[number] = (score, place, sentence, typed)
    most = nsmallest(INTAKE.offered, best.items(), key=lambda pair: (-pair[1][0], pair[0]))
    ordered = sorted(most, key=lambda pair: (pair[1][1], -pair[1][0], pair[0]))
    return tuple(
        Offered(taxonomy.skills.iris[number], score, sentence[: INTAKE.quote], _as_typed(sentence, typed))
        for number, (score, _, sentence, typed) in ordered
    )


def _by_reader(clause: Sequence[str], reader: TextToSkills) -> _Scored:
    return {number: (score, ()) for number, score in reader.scores(_telling(clause, "en")).items()}


def _by_names(clause: Sequence[str], taxonomy: Taxonomy, language: str) -> _Scored:
    """By the names in the language of the text, and in Dutch also by what the words are called in English."""
    telling = _telling(clause, language)
    found: _Scored = {}
    for number, score in skill_index(taxonomy, language).scores(telling).items():
        if score >= LEAST and (typed := _begin_alike(telling, number, taxonomy, language)):
            found[number] = score, typed
    if language == "nl":
        for number, (score, typed) in skill_names(taxonomy).scores(meanings(clause)).items():
            if number not in found or found[number][0] < score:
                found[number] = score, typed
    return found


def read_work(text: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The occupations that a text names or resembles, or whose skills it tells of, the most alike first.

    Raises FreeTextTooLong.
    """
    offered = {one.skill: one.score for one in read_text(text, taxonomy)}
    language = written_in(text)
    index, dutch = work_index(taxonomy, language), language == "nl"
    best: dict[int, float] = {}
    for place, (_, clause) in enumerate(clauses_of(text)):
        if place == INTAKE.sentences:
            break
        named = index.scores(_telling(clause, language))
        for number, (score, _) in (work_names(taxonomy).scores(meanings(clause)) if dutch else {}).items():
            named[number] = max(score * _TRANSLATED, named.get(number, 0.0))
        for number, score in named.items():
            best[number] = max(score, best.get(number, 0.0))
    if offered:
        for one in rank(offered, taxonomy)[:_RANKED]:
            number = taxonomy.occupations.numbers[one.occupation]
            best[number] = best.get(number, 0.0) + _BY_SKILLS * one.score
    first = nsmallest(WORKS, best.items(), key=lambda pair: (-round(pair[1], 3), pair[0]))
    return tuple(taxonomy.occupations.iris[number] for number, score in first if score >= LEAST)


def written_in(text: str) -> str:
    """Dutch or English, by which small words are more; Dutch where that says nothing."""
    found = words(fold(text))
    english = sum(word in _ENGLISH - _DUTCH for word in found)
    return "en" if english > sum(word in _DUTCH - _ENGLISH for word in found) else "nl"


def clauses_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with the words of its parts; parts without a word that says something are left out."""
    for raw in _SENTENCE.split(text):
        sentence = " ".join(raw.split())
        for part in _PART.split(sentence):
            found = words(fold(part))
            pieces = (found[at : at + _PIECE] for at in range(0, len(found), _PIECE))
            for each in [found] if len(found) <= _LONG else pieces:
                if sum(len(word) for word in each if word not in _EMPTY) >= _FEWEST_LETTERS:
                    yield sentence, each


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with its parts, without the words that say nothing."""
    for sentence, clause in clauses_of(text):
        yield sentence, _telling(clause, "en")


def _as_typed(sentence: str, found: Sequence[str]) -> tuple[str, ...]:
    """The words as they stand in the sentence, in its order."""
    return tuple(dict.fromkeys(word.lower() for word in words(sentence) if fold(word) in found))


def _telling(clause: Sequence[str], language: str) -> str:
    empty = load_dictionary().empty
    return " ".join(word for word in clause if word not in _EMPTY and (language == "en" or word not in empty))


def _best(scores: _Scored) -> list[tuple[int, tuple[float, tuple[str, ...]]]]:
    first = nsmallest(PER_PART, scores.items(), key=lambda pair: (-round(pair[1][0], 3), pair[0]))
    least = max(LEAST, NEAR * first[0][1][0]) if first else LEAST
    return [(number, (round(score, 3), typed)) for number, (score, typed) in first if score >= least]


def _begin_alike(part: str, number: int, taxonomy: Taxonomy, language: str) -> tuple[str, ...]:
    """The words of the text that begin as a word of the skill's names. Endings alone are alike by accident:
    "pallets" is no reason to offer the language Lets (Latvian).
    """
    skills = taxonomy.skills
    named = (names[language][number] for names in (skills.labels, skills.alternates) if language in names)
    beginnings = {word[:_BEGINNING] for name in named for word in words(fold(name)) if word not in _EMPTY}
    return tuple(word for word in words(part) if word[:_BEGINNING] in beginnings)

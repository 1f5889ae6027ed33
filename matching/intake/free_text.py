"""From what somebody wrote to skills to tick: each with the sentence that it was found in. Nothing is added.

The same for a vacancy: then the skills are what the vacancy asks, and not what the person can do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from matching.folding import fold, words
from matching.intake.errors import FreeTextTooLong
from matching.intake.limits import INTAKE
from matching.intake.ngrams import TextToSkills, skill_index, work_index
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


@dataclass(frozen=True, slots=True)
class Offered:
    """A skill that a text seems to be about, for the person to tick."""

    skill: str
    score: float
    """How much alike, above 0 and at most 1, in three decimals."""
    quote: str
    """The sentence, or its beginning."""


def read_text(text: str, taxonomy: Taxonomy, *, reader: TextToSkills | None = None) -> tuple[Offered, ...]:
    """The skills that a text seems to be about, in the order of the text, the most alike of a sentence first.

    `reader` is another way to compare than n-grams. A skill that is found twice is offered once, where it is
    most alike.

    Raises FreeTextTooLong.
    """
    if len(text) > INTAKE.text:
        raise FreeTextTooLong(limit=INTAKE.text)
    language = written_in(text)
    index = reader or skill_index(taxonomy, language)
    best: dict[int, tuple[float, int, str]] = {}
    for place, (sentence, part) in enumerate(parts_of(text)):
        if place == INTAKE.sentences:
            break
        for number, score in _best(index.scores(part)):
            if reader is None and not _begins_alike(part, number, taxonomy, language):
                continue
            if number not in best or best[number][0] < score:
                best[number] = (score, place, sentence)
    most = nsmallest(INTAKE.offered, best.items(), key=lambda pair: (-pair[1][0], pair[0]))
    ordered = sorted(most, key=lambda pair: (pair[1][1], -pair[1][0], pair[0]))
    return tuple(
        Offered(taxonomy.skills.iris[number], score, sentence[: INTAKE.quote])
        for number, (score, _, sentence) in ordered
    )


def read_work(text: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The occupations that a text names or resembles, the most alike first. Raises FreeTextTooLong."""
    if len(text) > INTAKE.text:
        raise FreeTextTooLong(limit=INTAKE.text)
    index = work_index(taxonomy, written_in(text))
    best: dict[int, float] = {}
    for place, (_, part) in enumerate(parts_of(text)):
        if place == INTAKE.sentences:
            break
        for number, score in _best(index.scores(part)):
            best[number] = max(score, best.get(number, 0.0))
    first = nsmallest(WORKS, best, key=lambda number: (-best[number], number))
    return tuple(taxonomy.occupations.iris[number] for number in first)


def written_in(text: str) -> str:
    """Dutch or English, by which small words are more; Dutch where that says nothing."""
    found = words(fold(text))
    english = sum(word in _ENGLISH - _DUTCH for word in found)
    return "en" if english > sum(word in _DUTCH - _ENGLISH for word in found) else "nl"


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with its parts, without the words that say nothing; empty parts are left out."""
    for raw in _SENTENCE.split(text):
        sentence = " ".join(raw.split())
        for part in _PART.split(sentence):
            telling = [word for word in words(fold(part)) if word not in _EMPTY]
            if sum(map(len, telling)) >= _FEWEST_LETTERS:
                yield sentence, " ".join(telling)


def _best(scores: dict[int, float]) -> list[tuple[int, float]]:
    first = nsmallest(PER_PART, scores.items(), key=lambda pair: (-round(pair[1], 3), pair[0]))
    least = max(LEAST, NEAR * first[0][1]) if first else LEAST
    return [(number, round(score, 3)) for number, score in first if score >= least]


def _begins_alike(part: str, number: int, taxonomy: Taxonomy, language: str) -> bool:
    """Does a word of the text begin as a word of the skill's names? Endings alone are alike by accident:
    "pallets" is no reason to offer the language Lets (Latvian).
    """
    skills = taxonomy.skills
    named = (names[language][number] for names in (skills.labels, skills.alternates) if language in names)
    return not _beginnings(part).isdisjoint(each for name in named for each in _beginnings(name))


def _beginnings(text: str) -> set[str]:
    return {word[:_BEGINNING] for word in words(fold(text)) if word not in _EMPTY}

"""Everything that people read is in short sentences and short words: level B1, by measure.

Reading ease is Flesch's (1948) in English and Douma's (1960) in Dutch: 206.84 less a share for syllables in a
word and one for words in a sentence; 100 is very easy, and from 60 to 70 it reads like a newspaper. Vowel groups
stand for syllables.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from passport.texts import Language

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 20
"""Words in a sentence."""
EASE = {Language.NL: 78.0, Language.EN: 70.0}
WEIGHTS = {Language.NL: (77.0, 0.93), Language.EN: (84.6, 1.015)}
ROOMS = ("issuer", "matching", "passport", "verifier", "wallet")
END = re.compile(r"(?<=[.!?:;])\s+|\n+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
VOWELS = re.compile(r"[aeiouyáéëïöü]+")


def texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for inner in found.values():
            yield from texts(inner)


def sentences(room: str, language: Language) -> list[list[str]]:
    """The words of each sentence; what has fewer than four is a name or a button."""
    found = []
    for file in sorted((ROOT / room).rglob(f"*.{language}.toml")):
        for text in texts(tomllib.loads(file.read_text("utf-8"))):
            found += [WORD.findall(sentence) for sentence in END.split(text)]
    return [words for words in found if len(words) > 3]


def syllables(word: str) -> int:
    return max(1, len(VOWELS.findall(word.lower())))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("room", ROOMS)
def test_sentences_and_words_are_short(room, language):
    found = sentences(room, language)
    assert [" ".join(words) for words in found if len(words) > LONGEST] == []
    words = [word for sentence in found for word in sentence]
    by_syllable, by_word = WEIGHTS[language]
    ease = 206.84 - by_syllable * sum(map(syllables, words)) / len(words) - by_word * len(words) / len(found)
    assert ease >= EASE[language]


def test_hard_sentences_are_told_from_easy_ones():
    assert [syllables(word) for word in ("werk", "vaardigheden", "credential")] == [1, 4, 3]
    assert END.split("Kort. Ook kort: ja")[0] == "Kort."

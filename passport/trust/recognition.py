"""What somebody is recognised as: one of five words, or a registrar's own class that counts as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Recognition(StrEnum):
    """What somebody is recognised as."""

    EDUCATOR = "educator"
    VALIDATOR = "validator"
    """EVC provider, exam body, accredited assessor."""
    WORK_PLACEMENT_COMPANY = "work-placement-company"
    EMPLOYER = "employer"
    ADVISER = "adviser"


@dataclass(frozen=True, slots=True)
class RecognitionClass:
    """A registrar's own class, on one list: for whoever reads it a name, for whoever weighs it a word.

    It counts exactly as `counts_as`, so it adds nothing that the registrar could not give with that word.
    """

    id: str
    counts_as: Recognition
    name: Mapping[str, str] = field(hash=False)
    """In Dutch, in English or in both."""


Recognised: TypeAlias = Recognition | RecognitionClass
"""What an entry names."""


def counted(recognised: Recognised) -> Recognition:
    """The word that counts."""
    return recognised.counts_as if isinstance(recognised, RecognitionClass) else recognised


def word_of(recognised: Recognised) -> str:
    """As a list writes it: the word, or the id of the class."""
    return recognised.id if isinstance(recognised, RecognitionClass) else str(recognised)


def in_order(recognised: Iterable[Recognised]) -> list[Recognised]:
    """By the word that counts; each word before the classes that count as it."""
    return sorted(
        recognised, key=lambda each: (counted(each), isinstance(each, RecognitionClass), word_of(each))
    )


def by_word(classes: Iterable[RecognitionClass]) -> Mapping[str, Recognised]:
    """Whatever an entry beside these classes may name, as it writes it."""
    return {word_of(each): each for each in (*classes, *Recognition)}

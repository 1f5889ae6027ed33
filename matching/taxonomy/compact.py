"""A taxonomy as it is used: concepts numbered in the order of their IRIs, relations in arrays."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from matching.errors import UnknownOccupation
from matching.taxonomy.model import Grade, Retired, Reuse, SkillKind
from passport.answers import Answer

if TYPE_CHECKING:
    from matching.search import Found

Numbers = Sequence[int]
"""Numbers of concepts, ascending, held in an array of 16-bit integers."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Concepts:
    """One table of concepts. A concept's number is its place in the order of the IRIs."""

    iris: tuple[str, ...]
    labels: Mapping[str, Sequence[str]]
    """By language; an empty string where that language has none. English is complete."""
    alternates: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By language: other names joined by tabs, those that add a word to the label."""
    numbers: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", {iri: number for number, iri in enumerate(self.iris)})

    def __len__(self) -> int:
        return len(self.iris)

    def __iter__(self) -> Iterator[str]:
        return iter(self.iris)

    def __contains__(self, iri: object) -> bool:
        return iri in self.numbers

    def label(self, number: int, language: str) -> str:
        """The label in a language, or else in English."""
        own = self.labels.get(language)
        return (own[number] if own else "") or self.labels["en"][number]


class Links:
    """For each of n things an ascending list of numbers, in two arrays."""

    __slots__ = ("_ends", "_flat")

    def __init__(self, counts: Numbers, flat: "array[int]") -> None:
        self._ends = array("I", accumulate(counts, initial=0))
        self._flat = flat

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> "array[int]":
        return self._flat[self._ends[number] : self._ends[number + 1]]

    def __iter__(self) -> Iterator["array[int]"]:
        return (self[number] for number in range(len(self)))

    def turned(self, width: int) -> "Links":
        """The same links seen from the other side, where there are `width` things."""
        rows: list[list[int]] = [[] for _ in range(width)]
        for number, row in enumerate(self):
            for other in row:
                rows[other].append(number)
        return Links([len(row) for row in rows], array("H", [number for row in rows for number in row]))


@dataclass(frozen=True, eq=False, repr=False)
class Taxonomy:
    """One release of one taxonomy, in the compact form of a bundle."""

    scheme: str
    version: str
    licence: str
    attribution: tuple[str, ...]
    occupations: Concepts
    skills: Concepts
    skill_groups: Concepts
    occupation_groups: Concepts
    needed_by: Mapping[Grade, Links]
    """Per grade: skill to the occupations that need it."""
    skill_broader: Links
    """Skill or skill group to its broader ones; groups are numbered after the skills."""
    occupation_broader: Links
    """Occupation or occupation group to its broader ones; groups are numbered after the occupations."""
    codes: tuple[str, ...]
    """The occupations' codes (ISCO-08 and ESCO's own)."""
    kinds: bytes
    """Per skill the place of its kind in SkillKind and, times 16, of its reuse level in Reuse."""
    retired: Mapping[str, Retired] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    publisher: str = ""
    """The DID that signed the bundle."""
    authentic: Answer = Answer.CANNOT_TELL
    """Whether the publisher's signature was checked on this host."""

    @property
    def name(self) -> str:
        """As a credential's targetFramework writes it: "ESCO 1.1.1"."""
        return f"{self.scheme} {self.version}"

    @cached_property
    def needs(self) -> Mapping[Grade, Links]:
        """Per grade: occupation to the skills that it needs."""
        return {grade: links.turned(len(self.occupations)) for grade, links in self.needed_by.items()}

    def occupation_number(self, iri: str) -> int:
        """Raises UnknownOccupation."""
        number = self.occupations.numbers.get(iri)
        if number is None:
            raise UnknownOccupation
        return number

    def skills_of(self, occupation: str, grade: Grade) -> tuple[str, ...]:
        """The IRIs of the skills that an occupation needs in one grade; raises UnknownOccupation."""
        number = self.occupation_number(occupation)
        links = self.needs.get(grade)
        return () if links is None else tuple(self.skills.iris[skill] for skill in links[number])

    def label(self, iri: str, language: str = "en") -> str:
        """What a concept is called: in the language, or else in English, or else its IRI."""
        number = self.skills.numbers.get(iri)
        if number is not None:
            return self.skills.label(number, language)
        for table in (self.occupations, self.skill_groups, self.occupation_groups):
            number = table.numbers.get(iri)
            if number is not None:
                return table.label(number, language)
        gone = self.retired.get(iri)
        return iri if gone is None else gone.label

    def has_label(self, iri: str, language: str) -> bool:
        """Whether a skill or an occupation has a label in this language, and `label` need not fall back."""
        for table in (self.skills, self.occupations):
            number = table.numbers.get(iri)
            if number is not None:
                own = table.labels.get(language)
                return bool(own and own[number])
        return False

    def labels(self, language: str) -> Mapping[str, str]:
        """The labels of all occupations and skills that a language has, by IRI."""
        return {
            iri: label
            for table in (self.occupations, self.skills)
            for iri, label in zip(table.iris, table.labels.get(language, ()), strict=False)
            if label
        }

    def kind(self, skill: str) -> SkillKind:
        return tuple(SkillKind)[self.kinds[self.skills.numbers[skill]] & 0xF]

    def reuse(self, skill: str) -> Reuse:
        return tuple(Reuse)[self.kinds[self.skills.numbers[skill]] >> 4]

    def search_skills(self, text: str, language: str = "en", *, top: int = 10) -> "tuple[Found, ...]":
        """Skills for some words, typing errors forgiven; raises SearchTextTooLong."""
        from matching.search import Table, search

        return search(self, Table.SKILLS, text, language, top=top)

    def search_occupations(self, text: str, language: str = "en", *, top: int = 10) -> "tuple[Found, ...]":
        """Occupations for some words, typing errors forgiven; raises SearchTextTooLong."""
        from matching.search import Table, search

        return search(self, Table.OCCUPATIONS, text, language, top=top)

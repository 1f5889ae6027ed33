"""Two releases of one taxonomy beside each other: what appeared, went, was renamed or merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matching.taxonomy.compact import Concepts, Taxonomy
from matching.taxonomy.model import Grade


class Fate(StrEnum):
    """What became of a concept."""

    APPEARED = "appeared"
    GONE = "gone"
    """Nothing stands in its place."""
    RENAMED = "renamed"
    REPLACED = "replaced"
    """Its name stayed and has another identifier."""
    MERGED = "merged"
    """It became part of a concept with another name."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A concept that is not in both releases under one name."""

    fate: Fate
    iri: str
    label: str
    """Its name in the release that has it, the newer one where both do."""
    before: str = ""
    """Where it was renamed: its older name."""
    into: str = ""
    """The identifier of what stands in its place."""
    into_label: str = ""


@dataclass(frozen=True, slots=True)
class NeedChanged:
    """A skill that an occupation asks in one release and not, or otherwise, in the other."""

    skill: str
    before: Grade | None
    after: Grade | None


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """Everything that differs, by table; `needs` by the occupations that are in both."""

    older: str
    newer: str
    occupations: tuple[Changed, ...]
    skills: tuple[Changed, ...]
    groups: tuple[Changed, ...]
    needs: Mapping[str, tuple[NeedChanged, ...]]

    def counts(self) -> dict[str, dict[str, int]]:
        """Per table how many concepts had which fate."""
        tables = {"occupations": self.occupations, "skills": self.skills, "groups": self.groups}
        return {
            name: {str(fate): sum(one.fate is fate for one in changed) for fate in Fate}
            for name, changed in tables.items()
        }


@lru_cache(maxsize=4)
def diff_releases(older: Taxonomy, newer: Taxonomy, language: str = "en") -> ReleaseDiff:
    """Compare two releases, in the order of the identifiers. What went is looked up among `newer.retired`."""
    return ReleaseDiff(
        older.name,
        newer.name,
        occupations=tuple(_changed(newer, older.occupations, newer.occupations, language)),
        skills=tuple(_changed(newer, older.skills, newer.skills, language)),
        groups=tuple(
            one
            for old, new in (
                (older.skill_groups, newer.skill_groups),
                (older.occupation_groups, newer.occupation_groups),
            )
            for one in _changed(newer, old, new, language)
        ),
        needs=_needs(older, newer),
    )


def _changed(newer: Taxonomy, old: Concepts, new: Concepts, language: str) -> Iterator[Changed]:
    for iri in sorted(old.numbers.keys() | new.numbers.keys()):
        if iri not in old:
            yield Changed(Fate.APPEARED, iri, newer.label(iri, language))
        elif iri not in new:
            yield _gone(iri, old.label(old.numbers[iri], language), newer, language)
        else:
            before, after = old.label(old.numbers[iri], language), new.label(new.numbers[iri], language)
            if before != after:
                yield Changed(Fate.RENAMED, iri, after, before=before)


def _gone(iri: str, label: str, newer: Taxonomy, language: str) -> Changed:
    retired = newer.retired.get(iri)
    if retired is None or retired.successor is None:
        return Changed(Fate.GONE, iri, label)
    into = newer.label(retired.successor, language)
    same = newer.label(retired.successor).casefold() == retired.label.casefold()
    return Changed(
        Fate.REPLACED if same else Fate.MERGED, iri, label, into=retired.successor, into_label=into
    )


def _needs(older: Taxonomy, newer: Taxonomy) -> dict[str, tuple[NeedChanged, ...]]:
    found: dict[str, tuple[NeedChanged, ...]] = {}
    for iri in older.occupations:
        if iri in newer.occupations:
            before, after = _asked(older, iri), _asked(newer, iri)
            if before != after:
                found[iri] = tuple(
                    NeedChanged(skill, before.get(skill), after.get(skill))
                    for skill in sorted(before.keys() | after.keys())
                    if before.get(skill) is not after.get(skill)
                )
    return found


def _asked(taxonomy: Taxonomy, occupation: str) -> dict[str, Grade]:
    number, iris = taxonomy.occupations.numbers[occupation], taxonomy.skills.iris
    return {iris[skill]: grade for grade, links in taxonomy.needs.items() for skill in links[number]}

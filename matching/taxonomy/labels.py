"""One more language for a release: the publisher's archive of it, or any other table of labels by IRI."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from matching.errors import MalformedTaxonomyArchive
from matching.taxonomy.archive import Archive
from matching.taxonomy.cleaning import count, is_iri, plain_label, split_labels
from matching.taxonomy.model import Concept, Release

Named = TypeVar("Named", bound=Concept)

STEMS = ("occupations", "skills", "skillGroups", "ISCOGroups")
"""The tables of a classification archive that have labels: skills_nl.csv and so on."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What one language calls the concepts, by IRI."""

    preferred: Mapping[str, str]
    alternates: Mapping[str, tuple[str, ...]]


def read_labels(archive: Archive, language: str, dropped: Counter[str]) -> Labels:
    """The labels of ESCO's classification archive in one language; its columns are those of the English one.

    Raises:
        MalformedTaxonomyArchive: none of its tables is there, or one is damaged.
        TaxonomyArchiveTooLarge: a table is beyond the bounds.
    """
    tables = [f"{stem}_{language}.csv" for stem in STEMS]
    if not any(table in archive for table in tables):
        raise MalformedTaxonomyArchive
    preferred: dict[str, str] = {}
    alternates: dict[str, tuple[str, ...]] = {}
    for table in tables:
        if count(dropped, "table-missing", when=table not in archive):
            continue
        for row in archive.table(table, "conceptUri", "preferredLabel", "altLabels", dropped=dropped):
            iri, label = row["conceptUri"], plain_label(row["preferredLabel"])
            if (
                count(dropped, "iri-malformed", when=not is_iri(iri))
                or count(dropped, "label-missing", when=not label)
                or count(dropped, "concept-twice", when=iri in preferred)
            ):
                continue
            preferred[iri] = label
            alternates[iri] = tuple(other for other in split_labels(row["altLabels"]) if other != label)
    return Labels(preferred, alternates)


def joined(first: Labels, second: Labels) -> Labels:
    """Both, and the first where both have a label: the more complete source goes first."""
    return Labels(
        {**second.preferred, **first.preferred},
        {**second.alternates, **first.alternates},
    )


def with_labels(release: Release, language: str, labels: Labels) -> Release:
    """The release with one more language; what that language does not name keeps falling back."""

    def named(concept: Named) -> Named:
        preferred = labels.preferred.get(concept.iri)
        if preferred is None:
            return concept
        return replace(
            concept,
            labels={**concept.labels, language: preferred},
            alternates={**concept.alternates, language: labels.alternates.get(concept.iri, ())},
        )

    return replace(
        release,
        occupations=tuple(map(named, release.occupations)),
        skills=tuple(map(named, release.skills)),
        skill_groups=tuple(map(named, release.skill_groups)),
        occupation_groups=tuple(map(named, release.occupation_groups)),
    )

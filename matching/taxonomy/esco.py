"""ESCO, from the European Commission's own download archives (releases 1.1.0 and 1.1.1)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from matching.errors import MalformedTaxonomyArchive, TaxonomyFileMissing
from matching.taxonomy.archive import Archive
from matching.taxonomy.model import Concept, Grade, Occupation, Release, Retired, Reuse, Skill, SkillKind

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
LICENCE = "CC BY 4.0; reuse under Commission Decision 2011/833/EU"

Named = TypeVar("Named", bound=Concept)

_KINDS = {"knowledge": SkillKind.KNOWLEDGE, "skill/competence": SkillKind.SKILL, "": SkillKind.SKILL}
_REUSE = {"": Reuse.SECTOR_SPECIFIC} | {str(level): level for level in Reuse}
_VERSION = re.compile(r"esco-v(\d+\.\d+\.\d+)-en\.zip")


@dataclass(frozen=True, slots=True)
class Labels:
    """What one language calls the concepts, by IRI."""

    preferred: Mapping[str, str]
    alternates: Mapping[str, tuple[str, ...]]


def versions(folder: Path) -> tuple[str, ...]:
    """The releases whose archives are in a folder, oldest first."""
    found = (_VERSION.fullmatch(path.name) for path in folder.iterdir())
    return tuple(sorted((match[1] for match in found if match), key=_ordered))


def _ordered(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def open_archives(folder: Path, version: str) -> tuple[Archive, Archive]:
    """The classification in English and the relations of one release."""
    paths = [folder / f"esco-v{version}-{part}.zip" for part in ("en", "relations")]
    if not all(path.is_file() for path in paths):
        raise TaxonomyFileMissing(release=version)
    return Archive(paths[0]), Archive(paths[1])


def read_release(classification: Archive, relations: Archive, version: str) -> Release:
    """Read one release.

    Relations and broader links to a concept that the release does not hold are dropped and counted.

    Raises:
        MalformedTaxonomyArchive, TaxonomyFileMissing, TaxonomyArchiveTooLarge: the archives are not ESCO's.
    """
    dropped: Counter[str] = Counter()
    skills = _read_skills(classification)
    occupations = _read_occupations(classification)
    skill_groups = _read_concepts(classification, "skillGroups_en.csv")
    occupation_groups = _read_concepts(classification, "ISCOGroups_en.csv")
    skill_broader = _read_broader(
        relations, "broaderRelationsSkillPillar.csv", skills.keys() | skill_groups.keys(), dropped
    )
    occupation_broader = _read_broader(
        relations,
        "broaderRelationsOccPillar.csv",
        occupations.keys() | occupation_groups.keys(),
        dropped,
    )
    needed = _read_needed(relations, occupations, skills, dropped)
    return Release(
        scheme="ESCO",
        version=version,
        licence=LICENCE,
        attribution=(ATTRIBUTION,),
        occupations=tuple(
            replace(found, broader=occupation_broader.get(iri, ()), skills=needed.get(iri, {}))
            for iri, found in sorted(occupations.items())
        ),
        skills=tuple(
            replace(found, broader=skill_broader.get(iri, ())) for iri, found in sorted(skills.items())
        ),
        skill_groups=_with_broader(skill_groups, skill_broader),
        occupation_groups=_with_broader(occupation_groups, occupation_broader),
        dropped=dict(sorted(dropped.items())),
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


def with_retired(release: Release, older: Release) -> Release:
    """The release with what an older one had and this one lacks.

    A concept of the same kind and the same English label is its successor: ESCO publishes no list of its own.
    """
    retired: list[Retired] = []
    for old, new in (
        (older.occupations, release.occupations),
        (older.skills, release.skills),
        (older.skill_groups, release.skill_groups),
    ):
        kept = {concept.iri for concept in new}
        by_label = {concept.labels["en"].casefold(): concept.iri for concept in new}
        retired.extend(
            Retired(concept.iri, concept.labels["en"], by_label.get(concept.labels["en"].casefold()))
            for concept in old
            if concept.iri not in kept
        )
    return replace(release, retired=tuple(sorted(retired, key=lambda gone: gone.iri)))


def split_labels(text: str) -> tuple[str, ...]:
    """ESCO writes alternative labels one a line, in no order that means anything."""
    cleaned = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(sorted({line for line in cleaned if line}))


def _read_skills(archive: Archive) -> dict[str, Skill]:
    found: dict[str, Skill] = {}
    columns = ("conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels")
    for row in archive.table("skills_en.csv", *columns):
        if row["skillType"] not in _KINDS or row["reuseLevel"] not in _REUSE:
            raise MalformedTaxonomyArchive
        found[row["conceptUri"]] = Skill(
            row["conceptUri"],
            {"en": " ".join(row["preferredLabel"].split())},
            {"en": split_labels(row["altLabels"])},
            kind=_KINDS[row["skillType"]],
            reuse=_REUSE[row["reuseLevel"]],
        )
    return found


def _read_occupations(archive: Archive) -> dict[str, Occupation]:
    columns = ("conceptUri", "preferredLabel", "altLabels", "code")
    return {
        row["conceptUri"]: Occupation(
            row["conceptUri"],
            {"en": " ".join(row["preferredLabel"].split())},
            {"en": split_labels(row["altLabels"])},
            code=row["code"],
        )
        for row in archive.table("occupations_en.csv", *columns)
    }


def _read_concepts(archive: Archive, table: str) -> dict[str, Concept]:
    return {
        row["conceptUri"]: Concept(row["conceptUri"], {"en": " ".join(row["preferredLabel"].split())})
        for row in archive.table(table, "conceptUri", "preferredLabel")
    }


def _read_broader(
    archive: Archive, table: str, known: Iterable[str], dropped: Counter[str]
) -> dict[str, tuple[str, ...]]:
    concepts = frozenset(known)
    broader: defaultdict[str, set[str]] = defaultdict(set)
    for row in archive.table(table, "conceptUri", "broaderUri"):
        if row["conceptUri"] in concepts and row["broaderUri"] in concepts:
            broader[row["conceptUri"]].add(row["broaderUri"])
        else:
            dropped["broader-to-unknown-concept"] += 1
    return {iri: tuple(sorted(found)) for iri, found in broader.items()}


def _read_needed(
    archive: Archive,
    occupations: Mapping[str, Occupation],
    skills: Mapping[str, Skill],
    dropped: Counter[str],
) -> dict[str, dict[Grade, tuple[str, ...]]]:
    needed: defaultdict[str, dict[str, Grade]] = defaultdict(dict)
    for row in archive.table("occupationSkillRelations.csv", "occupationUri", "relationType", "skillUri"):
        if row["relationType"] not in {Grade.ESSENTIAL, Grade.OPTIONAL}:
            raise MalformedTaxonomyArchive
        if row["occupationUri"] not in occupations:
            dropped["relation-to-unknown-occupation"] += 1
        elif row["skillUri"] not in skills:
            dropped["relation-to-unknown-skill"] += 1
        else:
            grades = needed[row["occupationUri"]]
            if grades.get(row["skillUri"]) is not Grade.ESSENTIAL:
                grades[row["skillUri"]] = Grade(row["relationType"])
    return {
        iri: {
            grade: tuple(sorted(skill for skill, found in grades.items() if found is grade))
            for grade in (Grade.ESSENTIAL, Grade.OPTIONAL)
        }
        for iri, grades in needed.items()
    }


def _with_broader(
    concepts: Mapping[str, Concept], broader: Mapping[str, tuple[str, ...]]
) -> tuple[Concept, ...]:
    return tuple(replace(concept, broader=broader.get(iri, ())) for iri, concept in sorted(concepts.items()))

"""ESCO, from the European Commission's own download archives (releases 1.1.0 and 1.1.1).

A row, relation or table that does not fit is counted by its rule and left out; the rest still works. Only
an archive without skills, occupations or relations between them is refused.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from matching.errors import MalformedTaxonomyArchive, TaxonomyFileMissing
from matching.taxonomy.archive import Archive
from matching.taxonomy.cleaning import count, is_iri, look_alikes, plain_label, split_labels
from matching.taxonomy.hierarchy import without_circles
from matching.taxonomy.model import Concept, Grade, Occupation, Release, Reuse, Skill, SkillKind
from matching.taxonomy.tables import Row

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
LICENCE = "CC BY 4.0; reuse under Commission Decision 2011/833/EU"

_KINDS = {"knowledge": SkillKind.KNOWLEDGE, "skill/competence": SkillKind.SKILL, "": SkillKind.SKILL}
_REUSE = {"": Reuse.SECTOR_SPECIFIC} | {str(level): level for level in Reuse}
_GRADES = {"essential": Grade.ESSENTIAL, "optional": Grade.OPTIONAL}
_VERSION = re.compile(r"esco-v(\d+\.\d+\.\d+)-en\.zip")

Counts = Counter[str]


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

    Raises:
        MalformedTaxonomyArchive, TaxonomyFileMissing, TaxonomyArchiveTooLarge: the archives are not ESCO's.
    """
    dropped: Counts = Counter()
    dropped["file-aside"] += classification.aside + relations.aside
    skills = _read_skills(classification, dropped)
    occupations = _read_occupations(classification, skills.keys(), dropped)
    known = skills.keys() | occupations.keys()
    skill_groups = _read_groups(classification, "skillGroups_en.csv", known, dropped)
    occupation_groups = _read_groups(
        classification, "ISCOGroups_en.csv", known | skill_groups.keys(), dropped
    )
    skill_broader = _read_broader(
        relations, "broaderRelationsSkillPillar", skills.keys() | skill_groups.keys(), dropped
    )
    occupation_broader = _read_broader(
        relations, "broaderRelationsOccPillar", occupations.keys() | occupation_groups.keys(), dropped
    )
    needed = _read_needed(relations, occupations.keys(), skills.keys(), dropped)
    tables: list[Collection[Concept]] = [skills.values(), occupations.values()]
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
        dropped={rule: times for rule, times in sorted(dropped.items()) if times},
        look_alikes=sum(look_alikes(concept.labels["en"] for concept in table) for table in tables),
    )


def _rows(archive: Archive, table: str, columns: tuple[str, ...], dropped: Counts) -> Iterator[Row]:
    """The rows of a table of concepts that name a concept that was not there yet."""
    seen: set[str] = set()
    for row in archive.table(table, *columns, dropped=dropped):
        iri = row["conceptUri"]
        if (
            count(dropped, "iri-malformed", when=not is_iri(iri))
            or count(dropped, "concept-twice", when=iri in seen)
            or count(dropped, "label-missing", when=not plain_label(row["preferredLabel"]))
        ):
            continue
        seen.add(iri)
        yield row


def _read_skills(archive: Archive, dropped: Counts) -> dict[str, Skill]:
    found: dict[str, Skill] = {}
    columns = ("conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels")
    for row in _rows(archive, "skills_en.csv", columns, dropped):
        kind, reuse = _KINDS.get(row["skillType"]), _REUSE.get(row["reuseLevel"])
        if kind is None or reuse is None:
            dropped["skill-of-unknown-kind"] += 1
            continue
        found[row["conceptUri"]] = Skill(
            row["conceptUri"],
            {"en": plain_label(row["preferredLabel"])},
            {"en": split_labels(row["altLabels"])},
            kind=kind,
            reuse=reuse,
        )
    if not found:
        raise MalformedTaxonomyArchive
    return found


def _read_occupations(archive: Archive, skills: Collection[str], dropped: Counts) -> dict[str, Occupation]:
    columns = ("conceptUri", "preferredLabel", "altLabels", "code")
    found = {
        row["conceptUri"]: Occupation(
            row["conceptUri"],
            {"en": plain_label(row["preferredLabel"])},
            {"en": split_labels(row["altLabels"])},
            code=plain_label(row["code"]),
        )
        for row in _rows(archive, "occupations_en.csv", columns, dropped)
        if not count(dropped, "concept-in-two-tables", when=row["conceptUri"] in skills)
    }
    if not found:
        raise MalformedTaxonomyArchive
    return found


def _read_groups(archive: Archive, table: str, known: Collection[str], dropped: Counts) -> dict[str, Concept]:
    if count(dropped, "table-missing", when=table not in archive):
        return {}
    return {
        row["conceptUri"]: Concept(row["conceptUri"], {"en": plain_label(row["preferredLabel"])})
        for row in _rows(archive, table, ("conceptUri", "preferredLabel"), dropped)
        if not count(dropped, "concept-in-two-tables", when=row["conceptUri"] in known)
    }


def _relations(archive: Archive, stem: str) -> str:
    """The publisher adds the language to the name in some releases, though relations have none."""
    return next((name for name in (f"{stem}.csv", f"{stem}_en.csv") if name in archive), f"{stem}.csv")


def _read_broader(
    archive: Archive, stem: str, known: Collection[str], dropped: Counts
) -> dict[str, tuple[str, ...]]:
    table = _relations(archive, stem)
    if count(dropped, "table-missing", when=table not in archive):
        return {}
    broader: defaultdict[str, set[str]] = defaultdict(set)
    for row in archive.table(table, "conceptUri", "broaderUri", dropped=dropped):
        if row["conceptUri"] in known and row["broaderUri"] in known:
            broader[row["conceptUri"]].add(row["broaderUri"])
        else:
            dropped["broader-to-unknown-concept"] += 1
    found, closing = without_circles({iri: tuple(sorted(above)) for iri, above in broader.items()})
    dropped["broader-in-a-circle"] += closing
    return found


def _read_needed(
    archive: Archive, occupations: Collection[str], skills: Collection[str], dropped: Counts
) -> dict[str, dict[Grade, tuple[str, ...]]]:
    needed: defaultdict[str, dict[str, Grade]] = defaultdict(dict)
    table = _relations(archive, "occupationSkillRelations")
    columns = ("occupationUri", "relationType", "skillUri")
    for row in archive.table(table, *columns, dropped=dropped):
        grade = _GRADES.get(row["relationType"])
        if grade is None:
            dropped["relation-of-unknown-kind"] += 1
        elif row["occupationUri"] not in occupations:
            dropped["relation-to-unknown-occupation"] += 1
        elif row["skillUri"] not in skills:
            dropped["relation-to-unknown-skill"] += 1
        else:
            grades = needed[row["occupationUri"]]
            before = grades.setdefault(row["skillUri"], grade)
            if before is not grade:
                dropped["relation-graded-twice"] += 1
                grades[row["skillUri"]] = Grade.ESSENTIAL  # the stronger of the two that ESCO has
    if not needed:
        raise MalformedTaxonomyArchive
    return {
        iri: {
            grade: tuple(sorted(skill for skill, found in grades.items() if found is grade))
            for grade in _GRADES.values()
        }
        for iri, grades in needed.items()
    }


def _with_broader(
    concepts: Mapping[str, Concept], broader: Mapping[str, tuple[str, ...]]
) -> tuple[Concept, ...]:
    return tuple(replace(concept, broader=broader.get(iri, ())) for iri, concept in sorted(concepts.items()))

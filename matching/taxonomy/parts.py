"""A release as named parts, and back: what a bundle holds. Descriptions are not shipped."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from matching.errors import MalformedTaxonomyBundle
from matching.limits import BUNDLE
from matching.taxonomy.compact import Concepts, Taxonomy
from matching.taxonomy.model import Concept, Grade, Release, Retired, Reuse, SkillKind
from matching.taxonomy.packing import (
    pack_iris,
    pack_lines,
    pack_links,
    unpack_iris,
    unpack_lines,
    unpack_links,
)

Parts = Mapping[str, bytes]
TABLES = ("occupations", "skills", "skill-groups", "occupation-groups")
_WORD = re.compile(r"[^\W_]+")
_STEM = 6
"""Letters by which two words count as one when alternative labels are chosen."""


def to_parts(release: Release) -> dict[str, bytes]:
    """The parts of a release, in the order in which a bundle holds them."""
    tables: tuple[Sequence[Concept], ...] = (
        release.occupations,
        release.skills,
        release.skill_groups,
        release.occupation_groups,
    )
    skills = {skill.iri: number for number, skill in enumerate(release.skills)}
    languages = sorted({language for table in tables for concept in table for language in concept.labels})
    parts = {
        f"iris.{name}": pack_iris([concept.iri for concept in table])
        for name, table in zip(TABLES, tables, strict=True)
    }
    for grade in _grades(release):
        lists: list[list[int]] = [[] for _ in skills]
        for number, occupation in enumerate(release.occupations):
            for skill in occupation.skills.get(grade, ()):
                lists[skills[skill]].append(number)
        parts[f"needed-by.{grade}"] = pack_links(lists)
    parts["broader.skills"] = _pack_broader(release.skills, release.skill_groups)
    parts["broader.occupations"] = _pack_broader(release.occupations, release.occupation_groups)
    parts["codes"] = pack_lines([occupation.code for occupation in release.occupations])
    parts["kinds"] = bytes(
        tuple(SkillKind).index(skill.kind) | tuple(Reuse).index(skill.reuse) << 4 for skill in release.skills
    )
    parts["retired"] = pack_lines(
        ["\t".join((gone.iri, gone.label, gone.successor or "")) for gone in release.retired]
    )
    for language in languages:
        parts[f"labels.{language}"] = pack_lines([c.labels.get(language, "") for c in chain(*tables)])
        parts[f"alternates.{language}"] = pack_lines(
            [
                "\t".join(telling(c.labels.get(language, ""), c.alternates.get(language, ())))
                for c in chain(release.occupations, release.skills)
            ]
        )
    return parts


def telling(label: str, alternates: Iterable[str]) -> list[str]:
    """The alternative labels that bring a word the others lack, the shortest first.

    Of ESCO's 97,000 alternative skill labels 55,000 are left, and no word is lost.
    """
    seen = _stems(label)
    kept = []
    for alternate in sorted(alternates, key=lambda text: (len(text), text)):
        new = _stems(alternate) - seen
        if new:
            kept.append(alternate)
            seen |= new
    return kept


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold())}


def _grades(release: Release) -> list[Grade]:
    used = {grade for occupation in release.occupations for grade in occupation.skills}
    return [grade for grade in Grade if grade in used]


def _pack_broader(concepts: Sequence[Concept], groups: Sequence[Concept]) -> bytes:
    together = (*concepts, *groups)
    numbers = {concept.iri: number for number, concept in enumerate(together)}
    return pack_links([sorted(numbers[iri] for iri in concept.broader) for concept in together])


def from_parts(parts: Parts, describe: Callable[..., Taxonomy]) -> Taxonomy:
    """Build the taxonomy from its inflated parts; `describe` adds what the manifest says.

    Raises:
        MalformedTaxonomyBundle: a part is missing, or its lengths and numbers do not fit together.
    """
    iris = [unpack_iris(_part(parts, f"iris.{name}")) for name in TABLES]
    if any(len(table) > BUNDLE.concepts for table in iris):
        raise MalformedTaxonomyBundle
    sizes = [len(table) for table in iris]
    occupations, skills, skill_groups, occupation_groups = sizes
    languages = [name.partition(".")[2] for name in parts if name.startswith("labels.")]
    if "en" not in languages:
        raise MalformedTaxonomyBundle
    labels = {language: unpack_lines(parts[f"labels.{language}"], *sizes) for language in languages}
    alternates = {
        language: unpack_lines(_part(parts, f"alternates.{language}"), occupations, skills)
        for language in languages
    }
    tables = [
        Concepts(
            table,
            {language: labels[language][place] for language in languages},
            {language: alternates[language][place] for language in languages} if place < 2 else {},  # noqa: PLR2004
        )
        for place, table in enumerate(iris)
    ]
    skill_nodes, occupation_nodes = skills + skill_groups, occupations + occupation_groups
    kinds = _part(parts, "kinds")
    if len(kinds) != skills or any(kind & 0xF >= len(SkillKind) or kind >> 4 >= len(Reuse) for kind in kinds):
        raise MalformedTaxonomyBundle
    return describe(
        occupations=tables[0],
        skills=tables[1],
        skill_groups=tables[2],
        occupation_groups=tables[3],
        needed_by={
            grade: unpack_links(parts[f"needed-by.{grade}"], skills, occupations)
            for grade in Grade
            if f"needed-by.{grade}" in parts
        },
        skill_broader=unpack_links(_part(parts, "broader.skills"), skill_nodes, skill_nodes),
        occupation_broader=unpack_links(
            _part(parts, "broader.occupations"), occupation_nodes, occupation_nodes
        ),
        codes=tuple(unpack_lines(_part(parts, "codes"), occupations)[0]),
        kinds=kinds,
        retired=_unpack_retired(_part(parts, "retired")),
    )


def _part(parts: Parts, name: str) -> bytes:
    if name not in parts:
        raise MalformedTaxonomyBundle
    return parts[name]


def _unpack_retired(data: bytes) -> dict[str, Retired]:
    retired = {}
    for line in unpack_lines(data, data.count(b"\n") + 1 if data else 0)[0]:
        cells = line.split("\t")
        if len(cells) != 3:  # noqa: PLR2004
            raise MalformedTaxonomyBundle
        iri, label, successor = cells
        retired[iri] = Retired(iri, label, successor or None)
    return retired

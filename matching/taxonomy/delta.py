"""The way from a release back to the one before it: small, so that an upgrade can be explained on any device.

What both have is taken from the newer one. So old rankings are computed, not remembered, and a person can
see what a new release changes for them also when nobody kept the old one.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from matching.errors import MalformedTaxonomyBundle
from matching.taxonomy.compact import Concepts, Links, Taxonomy
from matching.taxonomy.model import Grade, Reuse, SkillKind
from matching.taxonomy.packing import (
    pack_lines,
    pack_links,
    pack_numbers,
    unpack_lines,
    unpack_links,
    unpack_numbers,
)
from matching.taxonomy.parts import TABLES

_GRADES = tuple(Grade)
_ABSENT = 0
"""In place of a grade: the older release has no such relation. Else a grade's place, counted from 1."""


def delta_parts(older: Taxonomy, newer: Taxonomy) -> dict[str, bytes]:
    """What has to be changed in the newer release to get the older one back."""
    parts: dict[str, bytes] = {}
    for name, old, new in zip(TABLES, _tables(older), _tables(newer), strict=True):
        parts[f"gone.{name}"] = pack_lines([_row(iri, old, older) for iri in old if iri not in new])
        parts[f"appeared.{name}"] = pack_lines([iri for iri in new if iri not in old])
        parts[f"renamed.{name}"] = pack_lines(list(_renamed(old, new)))
    parts["codes"] = pack_lines(
        [
            f"{iri}\t{code}"
            for iri, code in zip(older.occupations.iris, older.codes, strict=True)
            if iri in newer.occupations and newer.codes[newer.occupations.numbers[iri]] != code
        ]
    )
    parts["kinds"] = pack_lines(
        [
            f"{iri}\t{kind}"
            for iri, kind in zip(older.skills.iris, older.kinds, strict=True)
            if iri in newer.skills and newer.kinds[newer.skills.numbers[iri]] != kind
        ]
    )
    parts["needs"] = _pack_needs(older, newer)
    parts["broader.skills"] = pack_links(list(older.skill_broader))
    parts["broader.occupations"] = pack_links(list(older.occupation_broader))
    return parts


def apply_delta(newer: Taxonomy, parts: Mapping[str, bytes], describe: Callable[..., Taxonomy]) -> Taxonomy:
    """The older release; `describe` adds what the manifest says.

    Raises:
        MalformedTaxonomyBundle: a part is missing, or does not fit this release.
    """
    try:
        tables = [_table(parts, name, new) for name, new in zip(TABLES, _tables(newer), strict=True)]
        occupations, skills, skill_groups, occupation_groups = tables
        gone = {cells[0]: cells for name in TABLES for cells in _cells(parts[f"gone.{name}"], 5)}
        codes = dict(zip(newer.occupations.iris, newer.codes, strict=True))
        codes |= dict(_cells(parts["codes"], 2))
        codes |= {iri: cells[3] for iri, cells in gone.items()}
        kinds = dict(zip(newer.skills.iris, newer.kinds, strict=True))
        kinds |= {iri: _kind(kind) for iri, kind in _cells(parts["kinds"], 2)}
        kinds |= {iri: _kind(cells[4]) for iri, cells in gone.items()}
        skill_nodes = len(skills) + len(skill_groups)
        occupation_nodes = len(occupations) + len(occupation_groups)
        return describe(
            occupations=occupations,
            skills=skills,
            skill_groups=skill_groups,
            occupation_groups=occupation_groups,
            needed_by=_unpack_needs(parts["needs"], newer, occupations, skills),
            skill_broader=unpack_links(parts["broader.skills"], skill_nodes, skill_nodes),
            occupation_broader=unpack_links(parts["broader.occupations"], occupation_nodes, occupation_nodes),
            codes=tuple(codes[iri] for iri in occupations),
            kinds=bytes(kinds[iri] for iri in skills),
        )
    except (KeyError, IndexError, ValueError):
        raise MalformedTaxonomyBundle from None


def _tables(taxonomy: Taxonomy) -> tuple[Concepts, ...]:
    return taxonomy.occupations, taxonomy.skills, taxonomy.skill_groups, taxonomy.occupation_groups


def _row(iri: str, table: Concepts, taxonomy: Taxonomy) -> str:
    """IRI, English and Dutch label, an occupation's code and a skill's kind."""
    number = table.numbers[iri]
    dutch = table.labels.get("nl")
    code = taxonomy.codes[number] if table is taxonomy.occupations else ""
    kind = str(taxonomy.kinds[number]) if table is taxonomy.skills else "0"
    return "\t".join((iri, table.labels["en"][number], dutch[number] if dutch else "", code, kind))


def _renamed(old: Concepts, new: Concepts) -> Iterable[str]:
    for language in sorted(old.labels.keys() & new.labels.keys()):
        for number, iri in enumerate(old):
            label, other = old.labels[language][number], new.numbers.get(iri)
            if other is not None and new.labels[language][other] != label:
                yield f"{language}\t{iri}\t{label}"


def _table(parts: Mapping[str, bytes], name: str, new: Concepts) -> Concepts:
    gone = {cells[0]: cells for cells in _cells(parts[f"gone.{name}"], 5)}
    appeared = {cells[0] for cells in _cells(parts[f"appeared.{name}"], 1)}
    renamed = {(language, iri): label for language, iri, label in _cells(parts[f"renamed.{name}"], 3)}
    iris = tuple(sorted((new.numbers.keys() - appeared) | gone.keys()))

    def label(iri: str, language: str, names: Sequence[str]) -> str:
        if iri in gone:
            return gone[iri][{"en": 1, "nl": 2}[language]]
        own = renamed.get((language, iri))
        return names[new.numbers[iri]] if own is None else own

    return Concepts(
        iris,
        {language: [label(iri, language, names) for iri in iris] for language, names in new.labels.items()},
        {
            language: ["" if iri in gone else names[new.numbers[iri]] for iri in iris]
            for language, names in new.alternates.items()
        },
    )


def _cells(data: bytes, count: int) -> list[list[str]]:
    lines = unpack_lines(data, data.count(b"\n") + 1 if data else 0)[0]
    found = [line.split("\t") for line in lines]
    if any(len(cells) != count for cells in found):
        raise MalformedTaxonomyBundle
    return found


def _kind(text: str) -> int:
    kind = int(text)
    if not 0 <= kind & 0xF < len(SkillKind) or not 0 <= kind >> 4 < len(Reuse):
        raise MalformedTaxonomyBundle
    return kind


Needs = dict[tuple[int, int], int]
"""Occupation and skill by their numbers in the older release, to the grade's place counted from 1."""


def needs_of(taxonomy: Taxonomy, occupations: Concepts, skills: Concepts) -> Needs:
    """All relations of a release, in the numbers of other tables; without concepts not there."""
    found: Needs = {}
    mine = [skills.numbers.get(iri) for iri in taxonomy.skills]
    theirs = [occupations.numbers.get(iri) for iri in taxonomy.occupations]
    for grade, links in taxonomy.needed_by.items():
        place = _GRADES.index(grade) + 1
        for skill, row in zip(mine, links, strict=True):
            if skill is None:
                continue
            for number in row:
                occupation = theirs[number]
                if occupation is not None:
                    found[occupation, skill] = place
    return found


def _pack_needs(older: Taxonomy, newer: Taxonomy) -> bytes:
    before = needs_of(older, older.occupations, older.skills)
    after = needs_of(newer, older.occupations, older.skills)
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    rows = [(*key, before.get(key, _ABSENT)) for key in changed]
    return pack_numbers(chain.from_iterable(zip(*rows, strict=True)))


def _unpack_needs(
    data: bytes, newer: Taxonomy, occupations: Concepts, skills: Concepts
) -> dict[Grade, Links]:
    numbers = unpack_numbers(data)
    third, rest = divmod(len(numbers), 3)
    if rest:
        raise MalformedTaxonomyBundle
    needs = needs_of(newer, occupations, skills)
    for place in range(third):
        occupation, skill, grade = numbers[place], numbers[place + third], numbers[place + 2 * third]
        if occupation >= len(occupations) or skill >= len(skills) or grade > len(_GRADES):
            raise MalformedTaxonomyBundle
        needs.pop((occupation, skill), None)
        if grade != _ABSENT:
            needs[occupation, skill] = grade
    return _links(needs, len(skills))


def _links(needs: Needs, width: int) -> dict[Grade, Links]:
    rows: dict[Grade, list[list[int]]] = {}
    for (occupation, skill), place in sorted(needs.items()):
        grade = _GRADES[place - 1]
        if grade not in rows:
            rows[grade] = [[] for _ in range(width)]
        rows[grade][skill].append(occupation)
    return {
        grade: Links([len(row) for row in rows[grade]], array("H", chain.from_iterable(rows[grade])))
        for grade in _GRADES
        if grade in rows
    }

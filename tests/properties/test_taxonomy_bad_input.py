"""Whatever is wrong in a publisher's files is counted or refused; what is read always fits together."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.bundle import taxonomy_of
from matching.errors import MalformedTaxonomyArchive
from matching.score import rank
from matching.taxonomy.archive import Archive
from matching.taxonomy.competentnl import read_competentnl
from matching.taxonomy.esco import read_release
from matching.taxonomy.hierarchy import without_circles
from matching.taxonomy.successors import with_retired
from matching.taxonomy.turtle import read_turtle
from matching.upgrade.personal import explain_upgrade
from passport.errors import PassportError
from tests.simulators.competentnl import SYNTHETIC

LEAST = settings(max_examples=60, deadline=None)
IRIS = st.sampled_from(["x:a", "x:b", "x:c", "x:d", "x:e", "no iri", "", "x:" + "y" * 2_001, "x:\u202e"])
LABELS = st.sampled_from(["weld", "w\u0435ld", "", "\u200b", "bake\tbread", "\u202etxt", "a\nb", "read"])
KINDS = st.sampled_from(["knowledge", "skill/competence", "", "magic"])
GRADES = st.sampled_from(["essential", "optional", "vital", ""])
SKILLS = st.lists(st.tuples(IRIS, KINDS, st.just("transversal"), LABELS, LABELS), max_size=8)
OCCUPATIONS = st.lists(st.tuples(IRIS, LABELS, LABELS, LABELS), max_size=6)
GROUPS = st.lists(st.tuples(IRIS, LABELS), max_size=4)
BROADER = st.lists(st.tuples(IRIS, IRIS), max_size=12)
NEEDS = st.lists(st.tuples(IRIS, GRADES, IRIS), max_size=16)


def packed(tables):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, (header, rows) in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows([header.split(","), *rows])
            archive.writestr(name, text.getvalue())
    data.seek(0)
    return data


def release_of(skills, occupations, groups, broader, needs, version="9.0.0"):
    sound = ("x:s1", "knowledge", "", "a sound skill", ""), ("x:o1", "sound work", "", "1")
    classification = {
        "skills_en.csv": ("conceptUri,skillType,reuseLevel,preferredLabel,altLabels", [sound[0], *skills]),
        "occupations_en.csv": ("conceptUri,preferredLabel,altLabels,code", [sound[1], *occupations]),
        "skillGroups_en.csv": ("conceptUri,preferredLabel", groups),
    }
    relations = {
        "broaderRelationsSkillPillar_en.csv": ("conceptUri,broaderUri", broader),
        "broaderRelationsOccPillar.csv": ("conceptUri,broaderUri", broader),
        "occupationSkillRelations.csv": (
            "occupationUri,relationType,skillUri",
            [("x:o1", "essential", "x:s1"), *needs],
        ),
    }
    return read_release(Archive(packed(classification)), Archive(packed(relations)), version)


ARGUMENTS = {
    "skills": SKILLS,
    "occupations": OCCUPATIONS,
    "groups": GROUPS,
    "broader": BROADER,
    "needs": NEEDS,
}


@LEAST
@given(**ARGUMENTS)
def test_every_row_is_read_or_counted_and_what_is_read_fits_together(
    skills, occupations, groups, broader, needs
):
    release = release_of(skills, occupations, groups, broader, needs)
    taxonomy = taxonomy_of(release)
    rows = len(skills) + len(occupations) + len(groups) + 2 * len(broader) + len(needs)
    assert sum(release.dropped.values()) <= rows + 1  # the table of ISCO groups is missing
    assert release.dropped["table-missing"] == 1
    ranking = rank(taxonomy.skills.iris, taxonomy)
    assert len(ranking) == len(taxonomy.occupations)
    for labels in (taxonomy.skills.labels["en"], taxonomy.occupations.labels["en"]):
        assert all(label and label.isprintable() for label in labels)


@LEAST
@given(**ARGUMENTS, more=SKILLS, later=NEEDS)
def test_any_two_releases_can_be_told_apart_for_anybody(
    skills, occupations, groups, broader, needs, more, later
):
    older = release_of(skills, occupations, groups, broader, needs, "1.0.0")
    newer = with_retired(release_of(more, occupations, [], broader, later, "2.0.0"), older)
    before, after = taxonomy_of(older), taxonomy_of(newer)
    found = explain_upgrade(before.skills.iris, before, after)
    told = {one.iri for one in (*found.release.skills, *found.release.groups)}
    assert set(before.skills.iris) ^ set(after.skills.iris) <= told
    assert all(one.iri in told for one in found.skills)
    for work in found.works:
        assert work.before or work.after


NODES = st.sampled_from("abcdef")


@given(st.dictionaries(NODES, st.lists(NODES, max_size=6, unique=True).map(tuple), max_size=6))
def test_no_circle_is_left_and_nothing_else_is_lost(broader):
    kept, closing = without_circles(broader)
    assert sum(map(len, kept.values())) + closing == sum(map(len, broader.values()))
    for start in kept:
        level, seen = set(kept[start]), set()
        while level:
            assert start not in level
            seen |= level
            level = {above for node in level for above in kept.get(node, ())} - seen


def test_a_hierarchy_as_deep_as_a_taxonomy_is_large_ends():
    deep = {f"{number:05}": (f"{number + 1:05}",) for number in range(20_000)}
    assert without_circles(deep | {"20000": ("00000",)})[1] == 1


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_change_of_one_byte_in_turtle_is_read_or_refused(data):
    written = bytearray(SYNTHETIC.encode())
    written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.integers(0, 255))
    try:
        release = read_competentnl(bytes(written), "x").release
    except PassportError:
        return
    assert taxonomy_of(release).occupations


@given(st.binary(max_size=200))
def test_any_bytes_are_turtle_or_refused(data):
    try:
        list(read_turtle(data))
    except MalformedTaxonomyArchive:
        return


@pytest.mark.parametrize(
    "quotes", ['"' * 100_001, '"""' + '"' * 100_000, '"' + "\\" * 100_001, "<" * 100_000]
)
def test_no_text_makes_the_reader_slow(quotes):
    with pytest.raises(MalformedTaxonomyArchive):
        list(read_turtle(f"<a:b> <a:c> {quotes}".encode()))

"""The publisher's archives of ESCO, both releases, read as they are."""

import csv
import gzip
import io
import zipfile

import pytest

from matching.building import read_releases, release_before
from matching.bundle import load_previous, taxonomy_of
from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge, TaxonomyFileMissing
from matching.limits import ArchiveLimits
from matching.score import rank
from matching.taxonomy.archive import Archive
from matching.taxonomy.cleaning import split_labels
from matching.taxonomy.dutch import read_dutch
from matching.taxonomy.esco import open_archives, read_release, versions
from matching.taxonomy.model import Grade, Reuse, SkillKind
from matching.taxonomy.tables import read_table
from passport.answers import Answer


@pytest.fixture(scope="module")
def release(published):
    return published[0]


def count(release, grade):
    return sum(len(occupation.skills.get(grade, ())) for occupation in release.occupations)


def test_the_newest_release_has_the_numbers_that_its_publisher_states(release):
    assert (release.scheme, release.version) == ("ESCO", "1.1.1")
    assert (len(release.occupations), len(release.skills)) == (3007, 13896)
    assert len(release.skill_groups) == 640
    assert len(release.occupation_groups) == 619


def test_relations_to_an_unknown_occupation_are_dropped_and_counted(release):
    assert release.dropped["relation-to-unknown-occupation"] == 67
    assert count(release, Grade.ESSENTIAL) + count(release, Grade.OPTIONAL) == 64946 + 58909 - 67


def test_the_release_before_it_is_read_by_the_same_loader(published_releases):
    older = published_releases.older
    assert (len(older.occupations), len(older.skills)) == (3008, 13891)
    assert count(older, Grade.ESSENTIAL) == 65096
    assert older.dropped == {}


def test_a_concept_that_vanished_keeps_its_label_and_its_successor(release):
    gone = {retired.iri: retired for retired in release.retired}
    assert gone["http://data.europa.eu/esco/skill/L1"].label == "languages"
    assert gone["http://data.europa.eu/esco/skill/L1"].successor is not None
    merged = gone["http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"]
    assert merged.label == "therapeutic radiographer"
    names = {occupation.iri: occupation.labels["en"] for occupation in release.occupations}
    assert names[merged.successor] == "radiation therapist"  # the old name is one of its other names


def test_dutch_labels_are_joined_by_identifier(release):
    labels = {concept.iri: concept.labels for concept in release.occupations}
    assert labels["http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34"] == {
        "en": "technical director",
        "nl": "inspiciënt",
    }
    assert sum("nl" in names for names in labels.values()) == 3004
    assert sum("nl" in skill.labels for skill in release.skills) == 421


def test_kinds_and_reuse_levels_are_kept(release):
    assert sum(skill.kind is SkillKind.KNOWLEDGE for skill in release.skills) == 3059
    assert sum(skill.reuse is Reuse.TRANSVERSAL for skill in release.skills) == 440


def test_the_date_of_a_bundle_is_that_of_the_youngest_file(shared_data, published):
    assert published[1].date().isoformat() == "2022-09-13"
    assert versions(shared_data / "esco") == ("1.1.0", "1.1.1")


def test_alternative_labels_are_split_cleaned_and_sorted():
    assert split_labels("b  c\n\na\nb c\n") == ("a", "b c")


def test_a_missing_release_is_said(shared_data, tmp_path):
    for folder, version in ((tmp_path, ""), (shared_data / "esco", "9.9.9")):
        with pytest.raises(TaxonomyFileMissing):
            read_releases(folder, None, version)
    with pytest.raises(TaxonomyFileMissing):
        open_archives(tmp_path, "1.1.1")
    with pytest.raises(TaxonomyFileMissing):
        read_dutch(tmp_path)


def table_of(rows, name="t.csv"):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return archive_of({name: text.getvalue().encode()})


def archive_of(files, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, **options)
    data.seek(0)
    return data


def test_a_mark_windows_line_ends_and_line_breaks_in_cells_are_read():
    data = '\ufeffa,b\r\n1,"x\ny"\r\n'.encode()
    assert list(read_table(data, ("b", "a"))) == [{"b": "x\ny", "a": "1"}]


@pytest.mark.parametrize(
    "data", [b"a,b\n1\n", b"b\n1\n", b'a\n"open', b"\xff\xfe", b"", b"a\n1,2\n"], ids=lambda data: data.hex()
)
def test_a_malformed_table_is_refused(data):
    with pytest.raises(MalformedTaxonomyArchive):
        list(read_table(data, ("a",)))


@pytest.mark.parametrize("name", ["../t.csv", "/t.csv", "a\\t.csv", "c:t.csv", "t.exe", "folder/"])
def test_what_is_no_table_in_an_archive_is_left_aside_and_counted(name):
    archive = Archive(archive_of({name: b"a\n1\n"}))
    assert archive.aside == 1
    assert name not in archive


def test_a_name_twice_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("t.csv", b"a")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("t.csv", b"b")
    with pytest.raises(MalformedTaxonomyArchive):
        Archive(data)


def test_archives_are_bounded_at_n_and_n_plus_1():
    two = {"a.csv": b"x\n1\n", "b.csv": b"x\n1\n"}
    Archive(archive_of(two), ArchiveLimits(entries=2, entry_size=4, size=8))
    for bounds in (ArchiveLimits(entries=1), ArchiveLimits(entry_size=3), ArchiveLimits(size=7)):
        with pytest.raises(TaxonomyArchiveTooLarge):
            Archive(archive_of(two), bounds)
    assert list(Archive(archive_of(two), ArchiveLimits(field=1)).table("a.csv", "x")) == [{"x": "1"}]
    with pytest.raises(TaxonomyArchiveTooLarge):
        list(Archive(archive_of({"a.csv": b"x\n12\n"}), ArchiveLimits(field=1)).table("a.csv", "x"))


def test_a_missing_table_is_named():
    with pytest.raises(TaxonomyFileMissing, match="no\\.csv"):
        list(Archive(table_of([["a"]])).table("no.csv", "a"))


def test_every_truncation_of_an_archive_is_refused():
    whole = table_of([["a", "b"], ["1", "2"]]).getvalue()
    for length in range(len(whole)):
        with pytest.raises(MalformedTaxonomyArchive):
            list(Archive(io.BytesIO(whole[:length])).table("t.csv", "a"))


def test_a_damaged_table_of_labels_is_refused(tmp_path):
    path = tmp_path / "occupations_nl_v1.2.csv.gz"
    for data in (b"no gzip", gzip.compress(b"conceptUri")[:-9], gzip.compress(b"conceptUri\nx\n")):
        path.write_bytes(data)
        with pytest.raises(MalformedTaxonomyArchive):
            read_dutch(tmp_path)


ESCO_TABLES = {
    "skills_en.csv": "conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nx:s1,knowledge,transversal,a,\n",
    "occupations_en.csv": "conceptUri,preferredLabel,altLabels,code\nx:o1,b,,1\n",
    "skillGroups_en.csv": "conceptUri,preferredLabel\n",
    "ISCOGroups_en.csv": "conceptUri,preferredLabel\n",
}
ESCO_RELATIONS = {
    "broaderRelationsSkillPillar.csv": "conceptUri,broaderUri\nx:s1,x:s9\n",
    "broaderRelationsOccPillar.csv": "conceptUri,broaderUri\n",
    "occupationSkillRelations.csv": (
        "occupationUri,relationType,skillUri\nx:o1,essential,x:s1\nx:o1,optional,x:s1\nx:o1,optional,x:s9\nx:o9,optional,x:s1\n"
    ),
}


def read(tables=ESCO_TABLES, relations=ESCO_RELATIONS):
    return read_release(Archive(archive_of(tables)), Archive(archive_of(relations)), "9.0.0")


def test_what_points_nowhere_is_dropped_and_essential_wins_over_optional():
    release = read()
    assert release.occupations[0].skills == {Grade.ESSENTIAL: ("x:s1",), Grade.OPTIONAL: ()}
    assert release.dropped == {
        "broader-to-unknown-concept": 1,
        "relation-graded-twice": 1,
        "relation-to-unknown-occupation": 1,
        "relation-to-unknown-skill": 1,
    }


def test_a_grade_that_esco_does_not_have_is_counted():
    relations = {name: table.replace("essential", "vital") for name, table in ESCO_RELATIONS.items()}
    release = read(relations=relations)
    assert release.dropped["relation-of-unknown-kind"] == 1
    assert release.occupations[0].skills == {Grade.ESSENTIAL: (), Grade.OPTIONAL: ("x:s1",)}


def test_an_archive_without_one_skill_occupation_or_relation_that_holds_is_refused():
    kinds = ESCO_TABLES | {"skills_en.csv": ESCO_TABLES["skills_en.csv"].replace("knowledge", "magic")}
    names = ESCO_TABLES | {"occupations_en.csv": "conceptUri,preferredLabel,altLabels,code\nno iri,b,,1\n"}
    grades = {name: table.replace("optional", "vital") for name, table in ESCO_RELATIONS.items()}
    grades = {name: table.replace("essential", "vital") for name, table in grades.items()}
    for arguments in ({"tables": kinds}, {"tables": names}, {"relations": grades}):
        with pytest.raises(MalformedTaxonomyArchive):
            read(**arguments)


# the way back to the release before

TABLES = ("occupations", "skills", "skill_groups", "occupation_groups")


@pytest.fixture(scope="module")
def older_published(published_releases):
    return taxonomy_of(published_releases.older)


def test_the_release_before_comes_back_whole(older_published):
    shipped = load_previous()
    assert (shipped.name, shipped.authentic) == ("ESCO 1.1.0", Answer.YES)
    for table in TABLES:
        mine, theirs = getattr(shipped, table), getattr(older_published, table)
        assert mine.iris == theirs.iris
        assert {name: list(labels) for name, labels in mine.labels.items()} == {
            name: list(labels) for name, labels in theirs.labels.items()
        }
    for grade, links in older_published.needed_by.items():
        assert [list(row) for row in shipped.needed_by[grade]] == [list(row) for row in links]
    assert (shipped.codes, shipped.kinds) == (older_published.codes, older_published.kinds)


def test_a_ranking_of_the_release_before_is_the_same_to_the_last_bit(older_published):
    skills = older_published.skills.iris[::500]
    mine, theirs = rank(skills, load_previous()), rank(skills, older_published)
    assert [one.score for one in mine] == [one.score for one in theirs]


def test_the_release_before_is_the_nearest_older_one(shared_data):
    folder = shared_data / "esco"
    assert [release_before(folder, version) for version in ("1.1.1", "1.1.0", "9.9.9")] == ["1.1.0", "", ""]

"""Archives with missing, extra and broken files; the publisher's Dutch archive, whole and in part."""

import io
import zipfile
from collections import Counter

import pytest
import typer
from typer.testing import CliRunner

from matching.building import read_releases
from matching.cli import taxonomy
from matching.errors import (
    MalformedTaxonomyArchive,
    TaxonomyArchiveTooLarge,
    TaxonomyFileMissing,
)
from matching.limits import ArchiveLimits
from matching.taxonomy.archive import Archive
from matching.taxonomy.cleaning import is_iri, look_alikes, plain_label
from matching.taxonomy.esco import read_release
from matching.taxonomy.labels import Labels, joined, read_labels, with_labels
from matching.taxonomy.model import Grade

CLASSIFICATION = {
    "skills_en.csv": "conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nx:s1,,,weld,\nx:s2,,,read,\n",
    "occupations_en.csv": "conceptUri,preferredLabel,altLabels,code\nx:o1,welder,,1\n",
    "skillGroups_en.csv": "conceptUri,preferredLabel\nx:g1,metal\n",
    "ISCOGroups_en.csv": "conceptUri,preferredLabel\nx:i1,craft\n",
}
RELATIONS = {
    "broaderRelationsSkillPillar.csv": "conceptUri,broaderUri\nx:s1,x:g1\n",
    "broaderRelationsOccPillar.csv": "conceptUri,broaderUri\nx:o1,x:i1\n",
    "occupationSkillRelations.csv": "occupationUri,relationType,skillUri\nx:o1,essential,x:s1\n",
}
DUTCH = {
    "skills_nl.csv": "conceptUri,preferredLabel,altLabels\nx:s1,lassen,metaal lassen\nx:s2,,\nx:s1,nog eens,\n",
    "occupations_nl.csv": "conceptUri,preferredLabel,altLabels\nx:o1,lasser,\nno iri,x,\n",
}


def archive(tables, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", **options) as made:
        for name, text in tables.items():
            made.writestr(name, text)
    data.seek(0)
    return Archive(data)


def without(tables, name):
    return {other: text for other, text in tables.items() if other != name}


@pytest.mark.parametrize("name", ["skills_en.csv", "occupations_en.csv"])
def test_without_skills_or_occupations_there_is_no_taxonomy(name):
    with pytest.raises(TaxonomyFileMissing):
        read_release(archive(without(CLASSIFICATION, name)), archive(RELATIONS), "9")


def test_without_the_relations_there_is_no_taxonomy():
    with pytest.raises(TaxonomyFileMissing):
        read_release(
            archive(CLASSIFICATION), archive(without(RELATIONS, "occupationSkillRelations.csv")), "9"
        )


def test_without_groups_and_hierarchies_the_rest_works_and_it_is_counted():
    kept = {name: CLASSIFICATION[name] for name in ("skills_en.csv", "occupations_en.csv")}
    needs = {"occupationSkillRelations_en.csv": RELATIONS["occupationSkillRelations.csv"]}
    release = read_release(archive(kept), archive(needs), "9")
    assert release.dropped == {"table-missing": 4}
    assert release.occupations[0].skills[Grade.ESSENTIAL] == ("x:s1",)


def test_extra_files_and_folders_are_left_aside_and_counted():
    extra = {"__MACOSX/._skills_en.csv": "x", "README.txt": "x", "other_en.csv": "broken \x00"}
    release = read_release(archive(CLASSIFICATION | extra), archive(RELATIONS), "9")
    assert release.dropped == {"file-aside": 2}


def test_a_name_in_two_tables_belongs_to_the_first():
    groups = {"skillGroups_en.csv": "conceptUri,preferredLabel\nx:s1,weld\nx:o1,welder\nx:g1,metal\n"}
    release = read_release(archive(CLASSIFICATION | groups), archive(RELATIONS), "9")
    assert release.dropped == {"concept-in-two-tables": 2}
    assert [group.iri for group in release.skill_groups] == ["x:g1"]


def test_a_table_with_a_wrong_checksum_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in CLASSIFICATION.items():
            made.writestr(name, text)
    damaged = data.getvalue().replace(b"x:s1,,,weld", b"x:s1,,,wald")
    with pytest.raises(MalformedTaxonomyArchive):
        read_release(Archive(io.BytesIO(damaged)), archive(RELATIONS), "9")


def test_rows_are_bounded_at_n_and_n_plus_1_however_small_the_archive():
    table = io.BytesIO()
    with zipfile.ZipFile(table, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("t.csv", "a\n" + "1\n" * 1_000)
    assert sum(1 for _ in Archive(table, ArchiveLimits(rows=1_000)).table("t.csv", "a")) == 1_000
    with pytest.raises(TaxonomyArchiveTooLarge):
        list(Archive(table, ArchiveLimits(rows=999)).table("t.csv", "a"))


def test_the_publisher_s_dutch_archive_gives_dutch_labels_and_what_it_lacks_is_counted():
    dropped = Counter()
    labels = read_labels(archive(DUTCH), "nl", dropped)
    assert labels.preferred == {"x:s1": "lassen", "x:o1": "lasser"}
    assert labels.alternates["x:s1"] == ("metaal lassen",)
    assert dropped == {"table-missing": 2, "concept-twice": 1, "label-missing": 1, "iri-malformed": 1}
    release = with_labels(read_release(archive(CLASSIFICATION), archive(RELATIONS), "9"), "nl", labels)
    assert [skill.labels.get("nl") for skill in release.skills] == ["lassen", None]


def test_an_archive_of_another_language_is_refused():
    with pytest.raises(MalformedTaxonomyArchive):
        read_labels(archive(CLASSIFICATION), "nl", Counter())


def test_the_archive_goes_before_the_tables_of_another_release():
    tables = Labels({"x:s1": "oud", "x:s2": "lezen"}, {"x:s1": (), "x:s2": ("kijken",)})
    together = joined(read_labels(archive(DUTCH), "nl", Counter()), tables)
    assert together.preferred == {"x:s1": "lassen", "x:s2": "lezen", "x:o1": "lasser"}
    assert together.alternates["x:s2"] == ("kijken",)


def test_a_whole_build_takes_the_dutch_archive(tmp_path):
    for part, tables in (("en", CLASSIFICATION), ("relations", RELATIONS)):
        for version in ("1.0.0", "1.0.1"):
            with zipfile.ZipFile(tmp_path / f"esco-v{version}-{part}.zip", "w") as made:
                for name, text in tables.items():
                    made.writestr(name, text)
    with zipfile.ZipFile(tmp_path / "nl.zip", "w") as made:
        for name, text in DUTCH.items():
            made.writestr(name, text)
    found = read_releases(tmp_path, None, dutch_archive=tmp_path / "nl.zip")
    assert found.newer.version == "1.0.1"
    assert found.older.version == "1.0.0"
    assert found.newer.occupations[0].labels == {"en": "welder", "nl": "lasser"}
    assert found.older.skills[0].labels["nl"] == "lassen"
    assert found.newer.dropped["label-missing"] == 1


def test_a_build_of_which_much_was_left_out_says_so(tmp_path):
    """Broken quotes make half of a table ragged: what is left works, and nobody may miss that it is half."""
    lost = RELATIONS["occupationSkillRelations.csv"] + "x:o9,essential,x:s1\n" * 3
    for part, tables in (
        ("en", CLASSIFICATION),
        ("relations", {**RELATIONS, "occupationSkillRelations.csv": lost}),
    ):
        with zipfile.ZipFile(tmp_path / f"esco-v1.0.0-{part}.zip", "w") as made:
            for name, text in tables.items():
                made.writestr(name, text)
    app = typer.Typer()
    app.add_typer(taxonomy, name="taxonomy")
    asked = ["taxonomy", "build", "--esco", str(tmp_path), "--out", str(tmp_path / "out")]
    said = CliRunner().invoke(app, asked).output
    assert "Occupations: 1, skills: 2, relations: 1" in said
    assert "Dropped, relation-to-unknown-occupation: 3" in said
    assert "Much was left out" in said


def test_labels_that_look_alike_are_counted_and_kept():
    assert look_alikes(["weld", "w\u0435ld", "WELD", "bake"]) == 1
    assert look_alikes(["caf\u00e9", "cafe\u0301"]) == 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("weld", "weld"),
        ("  a\tb\n c ", "a b c"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u200bb", "ab"),
        ("\ufeff\x00", ""),
        ("één", "één"),
        ("x" * 2_000, "x" * 1_024),
    ],
)
def test_a_label_is_one_line_of_what_can_be_seen(text, plain):
    assert plain_label(text) == plain


def test_an_identifier_is_absolute_one_word_and_bounded():
    assert is_iri("http://data.europa.eu/esco/skill/1")
    assert is_iri("x:" + "y" * 2_000)
    for text in ("", "skill", "x:", "x: y", "http://e/<", "x:" + "y" * 2_001, "x:\x7f"):
        assert not is_iri(text)

"""CompetentNL's shape, read from a made-up file of it, and the subset of Turtle that it is written in."""

import pytest

from matching.bundle import taxonomy_of
from matching.errors import MalformedTaxonomyArchive, TaxonomyArchiveTooLarge
from matching.explain import compare
from matching.limits import ArchiveLimits
from matching.onet import MatchType
from matching.score import rank
from matching.taxonomy.competentnl import Matched, read_competentnl
from matching.taxonomy.model import Grade, SkillKind
from matching.taxonomy.turtle import RDF_TYPE, Literal, Triple, read_turtle
from tests.simulators.competentnl import SYNTHETIC

X = "https://example.org/synthetic/"


@pytest.fixture(scope="module")
def found():
    return read_competentnl(SYNTHETIC.encode(), "test")


def test_four_grades_are_kept_and_the_strongest_wins(found):
    _, welder = found.release.occupations
    assert welder.code == "0101"
    assert welder.skills == {
        Grade.ESSENTIAL: (f"{X}read-drawing", f"{X}welding", f"{X}working-together"),
        Grade.IMPORTANT: (f"{X}metals",),
        Grade.SOMEWHAT: (f"{X}making",),
        Grade.OPTIONAL: (f"{X}sweep",),
    }


def test_capabilities_knowledge_and_tasks_are_told_apart(found):
    kinds = {skill.iri.removeprefix(X): skill.kind for skill in found.release.skills}
    assert kinds == {
        "making": SkillKind.SKILL,
        "metals": SkillKind.KNOWLEDGE,
        "read-drawing": SkillKind.TASK,
        "sweep": SkillKind.TASK,
        "welding": SkillKind.SKILL,
        "working-together": SkillKind.SKILL,
    }


def test_what_does_not_fit_is_counted(found):
    assert found.release.dropped == {
        "broader-in-a-circle": 1,
        "broader-to-unknown-concept": 1,
        "label-missing": 1,
        "relation-graded-twice": 1,
        "relation-to-unknown-occupation": 1,
        "relation-to-unknown-skill": 1,
    }


def test_dutch_stands_in_for_english_and_both_ways_of_labels_are_read(found):
    labels = {skill.iri.removeprefix(X): skill.labels for skill in found.release.skills}
    assert labels["welding"] == {"nl": "Lassen", "en": "Welding"}
    assert labels["making"] == {"nl": "Maken", "en": "Maken"}


def test_the_publisher_s_own_match_types_are_kept(found):
    assert found.matches == (
        Matched(f"{X}metals", "http://data.europa.eu/esco/isced-f/0715", MatchType.BROAD),
        Matched(
            f"{X}welding",
            "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001",
            MatchType.CLOSE,
        ),
    )


def test_it_ranks_and_compares_like_any_other_taxonomy(found):
    taxonomy = taxonomy_of(found.release)
    assert taxonomy.name == "CompetentNL test"
    assert rank([f"{X}welding"], taxonomy)[0].occupation == f"{X}welder"
    assert compare([f"{X}welding"], f"{X}welder", taxonomy, language="nl").label == "Lasser"
    (everybody,) = {one.score for one in rank([f"{X}working-together"], taxonomy)}
    assert everybody == 0  # what all work asks tells nothing


@pytest.mark.parametrize("cut", ["cnlo:requires", "a cnlo:Occupation", "skos:prefLabel"])
def test_a_file_without_occupations_labels_or_relations_is_refused(cut):
    with pytest.raises(MalformedTaxonomyArchive):
        read_competentnl(SYNTHETIC.replace(cut, "x:other").replace("uwv:is", "x:is").encode(), "test")


# the subset of Turtle


def test_the_shorthands_of_turtle_are_read():
    text = """
    PREFIX x: <http://e/> # a comment, with " and <
    @prefix : <http://f/> .
    x:a a :b , <http://g/c#d> ; x:p "q\\u0041\\n\\"" , '''no''' .
    """.replace("'''no'''", '"""lo"ng\n"""@nl-BE , 1 , -2.5e3 , true , "7"^^x:int ;;')
    statements = list(read_turtle(text.encode()))
    assert statements[:2] == [
        Triple("http://e/a", RDF_TYPE, "http://f/b"),
        Triple("http://e/a", RDF_TYPE, "http://g/c#d"),
    ]
    assert [triple.object for triple in statements[2:]] == [
        Literal('qA\n"'),
        Literal('lo"ng\n', "nl-be"),
        Literal("1"),
        Literal("-2.5e3"),
        Literal("true"),
        Literal("7"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<a:b> <a:c> [] .",
        "<a:b> <a:c> ( <a:d> ) .",
        "_:b <a:c> <a:d> .",
        "@base <http://e/> .",
        "<relative> <a:c> <a:d> .",
        "<a:b> <a:c> <a:d>",
        "<a:b> <a:c> .",
        "<a:b> <a:c> <a:d> <a:e> .",
        "<a:b> 'p' <a:d> .",
        '<a:b> "p" <a:d> .',
        '"s" <a:c> <a:d> .',
        "x:a <a:c> <a:d> .",
        '<a:b> <a:c> "open .',
        '<a:b> <a:c> "\\q" .',
        '<a:b> <a:c> "\\uD800" .',
        '<a:b> <a:c> "\\U00110000" .',
        '<a:b> <a:c> "x"^^"y" .',
        "@prefix x <http://e/> .",
        "@prefix x: <http://e/>",
        '@prefix x: "y" .',
        "<a:b> a",
        "\xff",
    ],
)
def test_what_is_no_turtle_or_more_of_it_than_needed_is_refused(text):
    with pytest.raises(MalformedTaxonomyArchive):
        list(read_turtle(text.encode("latin-1")))


def test_statements_and_bytes_are_bounded_at_n_and_n_plus_1():
    two = b"<a:b> <a:c> 1 , 2 ."
    assert len(list(read_turtle(two, ArchiveLimits(rows=2, entry_size=len(two))))) == 2
    for bounds in (ArchiveLimits(rows=1), ArchiveLimits(entry_size=len(two) - 1)):
        with pytest.raises(TaxonomyArchiveTooLarge):
            list(read_turtle(two, bounds))

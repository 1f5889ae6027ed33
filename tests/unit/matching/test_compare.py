"""Coverage, overlap, shortage and surplus, for an occupation and for an employer's demands."""

from fractions import Fraction

import pytest

from matching.errors import UnknownOccupation
from matching.explain import Coverage, Demanded, compare
from matching.score import rank
from matching.taxonomy.model import Grade
from matching.texts import catalogue, render
from passport.answers import Reason
from passport.texts import Language


@pytest.fixture
def skills(small_release):
    return [skill.iri for skill in small_release.skills]


@pytest.fixture
def welder(small_release):
    return small_release.occupations[0].iri


def iris(listed):
    return {one.skill for one in listed}


def test_overlap_shortage_and_surplus_are_the_sets(small, skills, welder):
    weld, read, frisian, _, metals = skills
    found = compare([weld, metals, frisian], welder, small)
    assert iris(found.overlap) == {weld, metals}
    assert iris(found.shortage) == {read}
    assert iris(found.surplus) == {frisian}
    assert (found.essential, found.optional) == (Coverage(1, 2), Coverage(1, 1))
    assert found.essential.fraction == Fraction(1, 2)
    assert found.label == "welder"


def test_parts_of_the_overlap_add_up_to_one_and_essential_weighs_more(small, skills, welder):
    weld, _, _, _, metals = skills
    found = compare([weld, metals], welder, small)
    assert sum(one.share for one in found.overlap) == pytest.approx(1)
    assert [one.skill for one in found.overlap] == [weld, metals]
    assert [one.required for one in found.overlap] == [True, False]


def test_shortage_names_essential_skills_first(esco):
    occupation = esco.occupations.iris[10]
    shortage = compare((), occupation, esco).shortage
    required = [one.required for one in shortage]
    assert required == sorted(required, reverse=True)
    assert required.count(True) == len(esco.skills_of(occupation, Grade.ESSENTIAL))


def test_evidence_is_shown_beside_and_changes_no_number(small, skills, welder):
    weld = skills[0]
    bare = compare([weld], welder, small)
    proven = compare([weld], welder, small, strengths={weld: "hard"})
    assert proven.overlap[0].strength == "hard"
    assert proven.overlap[0]._replace(strength=None) == bare.overlap[0]
    assert (proven.essential, proven.optional) == (bare.essential, bare.optional)


def test_demands_of_a_function_profile(small, skills):
    weld, read, frisian, bake, _ = skills
    demands = [
        Demanded(weld, label="lay welds", level=3),
        Demanded(read),
        Demanded(frisian, required=False),
        Demanded("http://other.example/skill/9", label="O*NET skill"),
    ]
    found = compare([weld, bake, "http://other.example/skill/9"], demands, small, name="Pipe fitter")
    assert (found.essential, found.optional) == (Coverage(2, 3), Coverage(0, 1))
    assert {one.label for one in found.overlap} == {"lay welds", "O*NET skill"}
    assert {one.level for one in found.overlap} == {3, None}
    assert found.unknown == ()
    assert found.label == "Pipe fitter"
    assert iris(found.surplus) == {bake}


def test_a_skill_demanded_twice_counts_once_and_as_required(small, skills):
    weld = skills[0]
    found = compare(
        [], [Demanded(weld, required=False), Demanded(weld), Demanded(weld, required=False)], small
    )
    assert (found.essential.of, found.optional.of) == (1, 0)


@pytest.mark.parametrize("levels", [(2, 5), (5, 2), (None, 5), (5, None)])
def test_contradictory_levels_are_met_by_the_highest_in_any_order(small, levels):
    demands = [Demanded("urn:x", level=level) for level in levels]
    for own, met in ((4, 0), (5, 1)):
        found = compare({"urn:x": 1.0}, demands, small, levels={"urn:x": own})
        assert (found.essential.met, found.essential.of) == (met, 1)
        assert [one.level for one in (*found.overlap, *found.shortage)] == [5]


def test_no_demand_is_nothing_met(small):
    found = compare([], [], small, name="Anything")
    assert found.essential.fraction == 0
    assert found.reasons[0].code == "match.nothing-essential"


def test_a_retired_skill_counts_as_its_successor_on_both_sides(small, skills, welder):
    old = "http://example.org/skill/old"
    assert iris(compare([old], welder, small).overlap) == {skills[0]}
    assert compare([skills[0]], [Demanded(old)], small).essential == Coverage(1, 1)
    assert compare([old], [Demanded(old)], small).essential == Coverage(1, 1)


def test_a_rankings_profile_need_not_be_read_again(small, skills, welder):
    ranking = rank([*skills[:2], "http://x/1"], small)
    assert compare(ranking.profile, welder, small) == compare([*skills[:2], "http://x/1"], welder, small)


def test_an_unknown_occupation_is_refused(small):
    with pytest.raises(UnknownOccupation):
        compare([], "http://example.org/occupation/none", small)


def test_the_shipped_taxonomy_is_the_default(esco):
    occupation = esco.occupations.iris[0]
    assert compare([], occupation).essential.of == len(esco.skills_of(occupation, Grade.ESSENTIAL))


def test_reasons_are_plain_sentences_in_both_languages(small, skills, welder):
    found = compare(
        [skills[0], skills[3], "http://x/1", "http://example.org/skill/gone"], welder, small, language="nl"
    )
    dutch = [render(reason, Language.NL) for reason in found.reasons]
    assert dutch[0] == "U hebt 1 van de 2 vaardigheden die voor lasser nodig zijn."
    assert "Van wat u gemeen hebt met dit werk, telt “pijpen lassen” voor 100 %." in dutch
    assert "Deze vaardigheid hebt u nog niet: “read drawings”." in dutch
    assert [reason.code for reason in found.reasons][-3:] == [
        "match.surplus",
        "match.unknown",
        "match.retired",
    ]
    assert render(found.reasons[0], Language.EN) == "You have 1 of the 2 essential skills of lasser."


def test_more_than_three_missing_skills_are_counted(esco):
    occupation = esco.occupations.iris[10]
    of = len(esco.skills_of(occupation, Grade.ESSENTIAL))
    assert Reason("match.missing-more", {"count": of - 3}) in compare([], occupation, esco).reasons


def test_every_sentence_exists_in_both_languages():
    assert catalogue().codes(Language.EN) == catalogue().codes(Language.NL)

"""Near work, a score opened to its parts, and how firm a place is."""

import pytest

from matching.adjacent import adjacent, rank_near, skills_of_work
from matching.closeness import BOUNDS, Closeness, closeness
from matching.errors import UnknownOccupation
from matching.parts_of_score import parts_of
from matching.score import GROUPS, SKILLS, rank
from matching.steadiness import PARTS, steadiness


def some(taxonomy, step=250):
    return [taxonomy.occupations.iris[number] for number in range(5, len(taxonomy.occupations), step)]


def test_near_work_is_as_near_the_other_way_round(esco):
    for one in some(esco):
        for near in adjacent(one, esco, most=5):
            back = rank_near(near.occupation, esco).score(one)
            assert back == pytest.approx(near.score, abs=1e-8)


def test_work_is_not_near_itself_and_what_shares_nothing_is_left_out(small, small_release):
    welder, _, idler = (one.iri for one in small_release.occupations)
    assert welder not in {one.occupation for one in adjacent(welder, small)}
    assert adjacent(idler, small) == ()
    assert rank_near(welder, small)[0].occupation == welder


def test_essential_skills_of_work_count_in_full(small, small_release):
    found = skills_of_work(small_release.occupations[0].iri, small)
    assert sorted(found.values()) == [0.5, 1.0, 1.0]


def test_of_unknown_work_nothing_is_near(small):
    with pytest.raises(UnknownOccupation):
        adjacent("http://example.org/none", small)


def test_all_parts_of_a_score_together_are_the_score(esco):
    for occupation in some(esco):
        skills = dict(skills_of_work(occupation, esco))
        profile = {iri: 0.4 + 0.6 * (place % 2) for place, iri in enumerate(sorted(skills))}
        ranking = rank(profile, esco)
        for one in ranking[:4]:
            parts = parts_of(ranking.profile, one.occupation, esco)
            assert parts.total == pytest.approx(one.score, abs=1e-7)
            assert 0 <= parts.from_skills <= SKILLS + 1e-9
            assert 0 <= parts.from_groups <= GROUPS + 1e-9
            values = [part.value for part in parts.skills]
            assert values == sorted(values, reverse=True)


def test_parts_have_names_in_the_language(small, small_release):
    ranking = rank([small_release.skills[0].iri], small)
    found = parts_of(ranking.profile, small_release.occupations[0].iri, small, language="nl")
    assert [part.label for part in found.skills] == ["pijpen lassen"]


def test_no_skills_have_no_parts(small, small_release):
    ranking = rank([], small)
    found = parts_of(ranking.profile, small_release.occupations[0].iri, small)
    assert (found.skills, found.groups, found.total) == ((), (), 0)


def test_words_for_closeness_step_at_their_bounds():
    assert [closeness(score) for score in (1.0, 0.5, 0.49, 0.25, 0.1, 0.09, 0.0)] == [
        *(Closeness.VERY_CLOSE, Closeness.VERY_CLOSE, Closeness.CLOSE, Closeness.CLOSE),
        *(Closeness.SOMEWHAT, Closeness.FAR, Closeness.FAR),
    ]
    assert [least for least, _ in BOUNDS] == sorted((least for least, _ in BOUNDS), reverse=True)


def test_a_place_is_found_without_putting_all_in_order(esco):
    ranking = rank(skills_of_work(esco.occupations.iris[5], esco), esco)
    for one in list(ranking)[::400]:
        assert ranking.place_of(one.occupation) == one.place


def test_an_interval_holds_the_place_and_is_the_same_every_time(esco):
    occupation = esco.occupations.iris[20]
    skills = skills_of_work(occupation, esco)
    wanted = [one.occupation for one in rank(skills, esco)[:3]]
    found = steadiness(skills, wanted, esco)
    assert found == steadiness(dict(reversed(list(skills.items()))), wanted, esco)
    for one in found:
        assert one.best <= one.place <= one.worst
        assert one.lowest <= one.score <= one.highest
    assert found[0].worst == 1


def test_few_skills_are_left_out_one_by_one_and_a_single_one_has_no_interval(small, small_release):
    iris = [skill.iri for skill in small_release.skills]
    welder = small_release.occupations[0].iri
    assert len(iris) < PARTS
    [found] = steadiness(iris, [welder], small)
    assert found.lowest < found.score
    assert steadiness(iris[:1], [welder], small) is None
    assert steadiness([iris[0], "http://x/1"], [welder], small) is None

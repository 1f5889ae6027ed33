"""Past work and schooling become skills, by an open rule and with the reason."""

from matching.intake.past import Past, PastKind, derive, why
from matching.taxonomy.model import Grade
from matching.texts import render
from passport.texts import Language


def iri(kind, number):
    return f"http://example.org/{kind}/{number:08x}-0000-4000-8000-000000000000"


def work(record, number, since, until=None, kind=PastKind.WORK):
    return Past(record, kind, (iri("occupation", number),), since, until)


def test_essential_skills_count_in_full_and_optional_ones_half(small):
    found = {one.skill: one for one in derive([work("a", 1, 2020)], small, now=2026)}
    assert found[iri("skill", 1)].origins[0].weight == 1.0
    assert found[iri("skill", 5)].origins[0].weight == 0.5
    assert found[iri("skill", 5)].origins[0].grade is Grade.OPTIONAL


def test_a_skill_of_two_jobs_keeps_both_and_the_later_one_in_front(small):
    found = derive([work("old", 1, 1990, 1995), work("new", 1, 2020, 2024)], small, now=2026)
    weld = next(one for one in found if one.skill == iri("skill", 1))
    assert [origin.past.id for origin in weld.origins] == ["new", "old"]
    assert weld.last == 2024


def test_work_that_goes_on_was_last_used_now(small):
    assert derive([work("a", 1, 2020)], small, now=2026)[0].last == 2026
    assert derive([work("a", 1, 2020, 2031)], small, now=2026)[0].last == 2026


def test_an_occupation_that_is_not_in_the_release_gives_no_skills(small):
    assert derive([work("a", 9, 2020)], small, now=2026) == ()


def test_the_order_of_what_was_said_does_not_matter(small):
    pasts = [work("a", 1, 1990, 1995), work("b", 2, 2001, 2003), work("c", 1, 2010)]
    assert derive(pasts, small, now=2026) == derive(pasts[::-1], small, now=2026)


def test_the_reason_names_the_work_or_the_school_and_the_years(small):
    said = []
    for kind in PastKind:
        for one in derive([work("a", 1, 2001, 2010, kind)], small, now=2026):
            said += [render(why(one.origins[0], small), language) for language in Language]
    assert "Dit hoort bij het werk van lasser (2001–2010)." in said
    assert "You trained as welder (2001–2010). This often comes with it." in said
    assert all("{" not in each for each in said)

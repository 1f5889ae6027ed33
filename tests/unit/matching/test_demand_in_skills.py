"""Demand in skills: the vacancies of the work that needs each, no vacancy twice."""

import pytest

from matching.bundle import load_bundle
from matching.market.in_skills import WorkAsked, in_skills, work_asked
from matching.market.outlook import no_outlook, outlook
from matching.market.series import GROUP
from matching.pictures.groups import Bar, draw_groups
from matching.taxonomy.model import Grade
from passport.texts import Language
from tests.simulators.labour_markets import ALL, NOW, market_of

ESCO = load_bundle()
CARPENTER = "http://data.europa.eu/esco/occupation/2a22ff9e-de3b-408d-b312-5034896cc4f4"
STAIRS = "http://data.europa.eu/esco/occupation/246e7d87-756e-4db2-97e8-11ef63b864f0"


def test_demand_is_said_in_skills_and_no_vacancy_counts_twice():
    """R103: two occupations whose figures are those of one group count that group once."""
    both = set(ESCO.skills_of(CARPENTER, Grade.ESSENTIAL)) & set(ESCO.skills_of(STAIRS, Grade.ESSENTIAL))
    group = f"{GROUP}7115"
    found = in_skills(
        [WorkAsked(CARPENTER, group, 800), WorkAsked(STAIRS, group, 800), WorkAsked("urn:gone", group, 800)],
        ESCO,
    )
    assert both
    assert {each.skill for each in found if each.occupations == 2} == both
    assert {each.vacancies for each in found} == {800}
    apart = in_skills([WorkAsked(CARPENTER, "urn:a", 800), WorkAsked(STAIRS, "urn:b", 50)], ESCO)
    assert {each.vacancies for each in apart if each.skill in both} == {850}
    assert [each.vacancies for each in apart] == sorted((each.vacancies for each in apart), reverse=True)


def test_work_without_figures_asks_and_adds_no_vacancies():
    assert work_asked(no_outlook(CARPENTER)) == WorkAsked(CARPENTER)
    assert {each.vacancies for each in in_skills([WorkAsked(CARPENTER)], ESCO)} == {0}


@pytest.mark.parametrize(("last", "asked"), [(40, 100), (None, None)])
def test_the_vacancies_are_those_of_the_last_year(last, asked):
    counts = [500, 500, 500, 500, 500, 500, 500, 500, 10, 20, 30, last]
    market = market_of({(f"{GROUP}7115", ALL): (counts, [None] * 12)})
    found = work_asked(outlook(CARPENTER, market, ESCO, now=NOW))
    expected = WorkAsked(CARPENTER) if asked is None else WorkAsked(CARPENTER, f"{GROUP}7115", asked)
    assert found == expected


@pytest.mark.parametrize("language", Language)
def test_the_bars_say_the_same_in_words(language):
    drawn = draw_groups([Bar("<b>", 3, 7), Bar("Many", 48, 48), Bar("None", 0, 0)], language)
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn
    assert "None" not in drawn
    described = drawn.partition("<desc")[2].partition("</desc>")[0]
    assert all(number in described for number in ("3", "7", "48"))
    alone = draw_groups([Bar("Many", 1)], language, standalone=True)
    assert "<style>" in alone
    assert draw_groups([], language).count("<rect") == 0

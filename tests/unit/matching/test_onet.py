"""O*NET as it is shipped and as it is built: 68 items, their ratings, and the crosswalk to ESCO."""

import pytest

from matching.errors import UnknownOccupation
from matching.onet import MatchType, load_onet
from matching.onet.building import read_onet
from matching.onet.items import ITEMS, KNOWLEDGE, SKILLS
from matching.onet.summary import crosswalk_json, dutch_title
from passport.answers import Answer

WELDERS, CHIEFS = "51-4121.00", "11-1011.00"
MEMBER_OF_PARLIAMENT = "http://data.europa.eu/esco/occupation/5bca96fd-4203-400b-be58-9e9b50bc98da"


@pytest.fixture(scope="module")
def onet():
    return load_onet()


@pytest.fixture(scope="module")
def built(shared_data, esco):
    table = shared_data / "crosswalk" / "esco_onet_crosswalk_nesta.csv.gz"
    return read_onet(shared_data / "onet-29.3", table, esco)


def test_the_items_are_35_skills_and_33_knowledge_areas_in_both_languages():
    assert (len(SKILLS), len(KNOWLEDGE)) == (35, 33)
    assert len({item.id for item in ITEMS}) == 68
    assert all(item.label("nl") and item.label("en") == item.labels["en"] for item in ITEMS)


def test_the_shipped_release_is_signed_and_names_whose_it_is(onet):
    assert (onet.name, len(onet.occupations), onet.authentic) == ("O*NET 29.3", 879, Answer.YES)
    assert onet.attribution[0].startswith("O*NET 29.3 Database by the U.S. Department of Labor")
    assert "Nesta" in onet.attribution[1]


def test_every_rating_is_within_its_scale(onet):
    for occupation in onet.occupations:
        assert len(occupation.importance) == len(occupation.level) == len(onet.items)
        assert 1 <= min(occupation.importance) <= max(occupation.importance) <= 5
        assert 0 <= min(occupation.level) <= max(occupation.level) <= 7


def test_an_occupation_is_found_by_its_code(onet):
    welders = onet.occupation(WELDERS)
    assert (welders.title, welders.job_zone) == ("Welders, Cutters, Solderers, and Brazers", 2)
    with pytest.raises(UnknownOccupation):
        onet.occupation("00-0000.00")


def test_the_shipped_release_is_what_the_tables_give(onet, built):
    assert built.dropped == onet.dropped
    assert built.crosswalk.pairs == onet.crosswalk.pairs
    for mine, theirs in zip(onet.occupations, built.occupations, strict=True):
        assert (mine.code, mine.title, mine.job_zone) == (theirs.code, theirs.title, theirs.job_zone)
        assert list(mine.importance) == list(theirs.importance)
        assert list(mine.level) == list(theirs.level)


def test_the_crosswalk_is_the_same_from_both_sides(onet):
    for pair in onet.crosswalk.pairs:
        assert any(match.iri == pair.onet for match in onet.onet_of(pair.esco))
        assert any(match.iri == pair.esco for match in onet.esco_of(pair.onet))


def test_a_match_type_is_read_from_the_concept_that_was_asked_about(onet):
    (found,) = onet.onet_of(MEMBER_OF_PARLIAMENT)
    assert (found.iri, found.match_type, found.confidence) == (CHIEFS, MatchType.BROAD, 2.0)
    back = {match.iri: match.match_type for match in onet.esco_of(CHIEFS)}
    assert back[MEMBER_OF_PARLIAMENT] is MatchType.NARROW


def test_no_match_is_exact_without_the_same_name_and_the_highest_confidence(onet, esco):
    exact = [pair for pair in onet.crosswalk.pairs if pair.match_type is MatchType.EXACT]
    assert exact
    for pair in exact:
        assert pair.confidence == 2
        assert not pair.inherited
        assert esco.label(pair.esco)[:4].casefold() == onet.occupation(pair.onet).title[:4].casefold()


def test_the_least_sure_matches_are_related_and_no_more(onet):
    least = [pair for pair in onet.crosswalk.pairs if pair.confidence == 0.5]
    assert {pair.match_type for pair in least} == {MatchType.RELATED}


def test_what_lies_below_a_matched_occupation_inherits_the_match_and_says_so(onet):
    inherited = [pair for pair in onet.crosswalk.pairs if pair.inherited]
    assert len(inherited) > 1_000
    assert {pair.match_type for pair in inherited} == {MatchType.BROAD, MatchType.RELATED}


def test_unknown_identifiers_have_no_match(onet):
    assert onet.esco_of("00-0000.00") == onet.onet_of("http://example.org/none") == ()


def test_a_title_is_dutch_by_the_same_work_or_work_close_to_it_and_says_which(onet, esco):
    """O*NET has no Dutch: what is only broader or related lends no name."""
    given = {one.code: dutch_title(onet, one.code, esco) for one in onet.occupations}
    named = {code: found for code, found in given.items() if found is not None}
    assert len(named) >= 250
    for code, found in named.items():
        (match,) = [one for one in onet.esco_of(code) if one.iri == found["id"]]
        assert str(match.match_type) == found["match"]
        assert found["match"] in {"exact", "close"}
        assert found["title"] == esco.label(found["id"], "nl")
    assert given[CHIEFS] is None
    shown = crosswalk_json(onet, next(iter(named.values()))["id"], esco)
    assert shown[0]["dutch"]["match"] in {"exact", "close"}
    assert "dutch" in crosswalk_json(onet, MEMBER_OF_PARLIAMENT)[0]

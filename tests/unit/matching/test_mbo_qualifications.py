"""Dutch vocational qualifications of 2015, and the occupations that their names suggest."""

import pytest

from matching.errors import (
    MalformedTaxonomyArchive,
    MalformedTaxonomyBundle,
    SearchTextTooLong,
    TaxonomyFileMissing,
)
from matching.mbo import Qualification, load_mbo, suggest_occupations
from matching.mbo.shipped import build_mbo_bundle, read_mbo_bundle
from matching.mbo.tables import read_qualifications
from matching.onet import MatchType
from matching.signed_parts import sign_parts
from passport.answers import Answer
from passport.clock import parse_datetime

CREATED = parse_datetime("2026-01-02T00:00:00Z")
HEADER = "domein,kwalificatiedossier,crebo,kwalificatie,niveau,leerweg\n"


@pytest.fixture(scope="module")
def mbo():
    return load_mbo()


def test_the_shipped_qualifications_are_those_of_the_table(mbo, shared_data):
    table = read_qualifications(shared_data / "mbo-2015" / "kwalificaties_2015.csv")
    assert (len(mbo.qualifications), mbo.authentic) == (470, Answer.YES)
    assert table.qualifications == mbo.qualifications
    assert table.dropped == {}


def test_a_qualification_is_found_by_its_code_and_by_words_with_a_typing_error(mbo):
    (welder,) = mbo.search(" 25287 ")
    assert (welder.name, welder.level) == ("Allround lasser", 3)
    assert mbo.search("hovneier")[0].name.endswith("hovenier")
    assert mbo.search("zzzz") == ()
    with pytest.raises(SearchTextTooLong):
        mbo.search("x" * 201)


def test_the_name_suggests_work_and_says_how_well_it_fits(mbo, esco):
    (welder,) = mbo.search("25287")
    (suggested, *_) = suggest_occupations(welder, esco)
    assert (suggested.label, suggested.match_type) == ("lasser", MatchType.CLOSE)
    assert suggest_occupations(welder, esco, language="en")[0].label == "welder"


def test_no_suggestion_is_ever_exact_and_words_of_degree_suggest_nothing(mbo, esco):
    kinds = {work.match_type for one in mbo.qualifications[::10] for work in suggest_occupations(one, esco)}
    assert kinds <= {MatchType.CLOSE, MatchType.RELATED}
    assert suggest_occupations(Qualification("00000", "Medewerker 2", "", "", 2), esco) == ()
    assert suggest_occupations(Qualification("00000", "Zzzz", "", "", 2), esco) == ()


def test_rows_that_do_not_fit_are_counted_and_the_rest_is_read(tmp_path):
    path = tmp_path / "t.csv"
    rows = ["B,D,25001,Lasser,3,BOL", "B,D,25001,Lasser,3,BOL", "B,D,1,x,3,BOL", "B,D,25002,,3,", "B,D,25003"]
    rows += ["B,D,25004,x,5,BOL", "B,D,25005,x,4,thuis", "B,D,\u0662\u0665\u0660\u0660\u0661,x,4,BOL"]
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    found = read_qualifications(path)
    assert [one.crebo for one in found.qualifications] == ["25001"]
    assert found.dropped == {
        "qualification-malformed": 3,
        "qualification-of-unknown-level-or-route": 2,
        "qualification-twice": 1,
        "ragged-row": 1,
    }


def test_a_table_without_one_qualification_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    with pytest.raises(TaxonomyFileMissing):
        read_qualifications(path)
    path.write_text(HEADER, encoding="utf-8")
    with pytest.raises(MalformedTaxonomyArchive):
        read_qualifications(path)


def test_a_bundle_comes_back_whole_and_a_signed_one_that_does_not_fit_is_refused(mbo, signer, publisher):
    bundle = build_mbo_bundle(mbo, signer=signer, created=CREATED)
    assert read_mbo_bundle(bundle, publishers={publisher}).qualifications == mbo.qualifications
    whole = {"version": "1", "licence": "", "attribution": [], "dropped": {}}
    for described, parts in (
        (whole, {}),
        ({}, {"qualifications": b""}),
        (whole, {"qualifications": b"25001\tx"}),
        (whole, {"qualifications": b"25001\tx\t\t\t5\t"}),
        (whole, {"qualifications": b"25001\tx\t\t\tfour\t"}),
    ):
        bad = sign_parts("QualificationBundle", described, parts, signer=signer, created=CREATED)
        with pytest.raises(MalformedTaxonomyBundle):
            read_mbo_bundle(bad, publishers={publisher})

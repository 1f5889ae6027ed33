"""O*NET's tables and the crosswalk with rows that do not fit: counted by rule, and the rest is read."""

import gzip

import pytest

from matching.errors import MalformedTaxonomyArchive, MalformedTaxonomyBundle, TaxonomyFileMissing
from matching.onet import MatchType, read_onet_bundle
from matching.onet.building import read_onet
from matching.onet.items import KNOWLEDGE, SKILLS
from matching.onet.packing import to_parts
from matching.onet.shipped import TYPE, build_onet_bundle
from matching.signed_parts import sign_parts
from passport.clock import parse_datetime

CREATED = parse_datetime("2026-01-02T00:00:00Z")
CODE = "O*NET-SOC Code"


def iri(kind, number):
    """As the made-up taxonomy of three occupations has them."""
    return f"http://example.org/{kind}/{number:08x}-0000-4000-8000-000000000000"


def ratings(items, *rows):
    header = ",".join([CODE, *(f"{item.name} [{scale}]" for item in items for scale in ("IM", "LV"))])
    return "\n".join([header, *(",".join([code, *[value] * 2 * len(items)]) for code, value in rows)])


@pytest.fixture
def tables(tmp_path):
    """Three occupations; the second has no ratings that hold."""

    def write(name, text):
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))

    write(
        "Occupation_Data.csv.gz",
        f"{CODE},Title\n11-1111.00,Welders\n22-2222.00,Bakers\n33-3333.00,Idlers\n"
        "11-1111.00,Again\nnot a code,x\n44-4444.00,\n",
    )
    rows = [("11-1111.00", "3.25"), ("33-3333.00", "2"), ("11-1111.00", "1"), ("99-9999.00", "1")]
    write("skills_wide.csv.gz", ratings(SKILLS, *rows, ("22-2222.00", "9.99"), ("22-2222.00", "nan")))
    write("knowledge_wide.csv.gz", ratings(KNOWLEDGE, *rows))
    write("Job_Zones.csv.gz", f"{CODE},Job Zone\n11-1111.00,2\n33-3333.00,9\n22-2222.00,\u0665\n")
    write(
        "crosswalk.csv.gz",
        "concept_uri,onet_code,onet_occupation,confidence\n"
        f"{iri('occupation', 1)},11-1111.05,welders,2.0\n"  # by its title
        f"{iri('occupation', 1)},11-1111.00,welders,2.0\n"  # twice
        f"{iri('occupation', 2)},11-1111.09,bread welders,1.0\n"  # the broader code is left
        f"{iri('occupation', 9)},33-3333.00,idlers,1.0\n"
        f"{iri('occupation', 3)},55-5555.00,gone,1.0\n"
        f"{iri('occupation', 3)},22-2222.00,bakers,1.0\n"
        f"{iri('occupation', 3)},33-3333.00,idlers,7\n"
        f"{iri('occupation', 3)},33-3333.00,idlers of old,0.5\n",  # renamed
    )
    return tmp_path


@pytest.fixture
def read(tables, small):
    return read_onet(tables, tables / "crosswalk.csv.gz", small)


def test_every_row_that_does_not_fit_is_counted(read):
    assert [(one.code, one.job_zone) for one in read.occupations] == [("11-1111.00", 2), ("33-3333.00", None)]
    assert read.dropped == {
        "crosswalk-confidence-unknown": 1,
        "crosswalk-of-unknown-occupation": 1,
        "crosswalk-to-code-that-is-gone": 1,
        "crosswalk-to-occupation-without-ratings": 1,
        "crosswalk-twice": 1,
        "onet-job-zone-out-of-range": 2,
        "onet-occupation-malformed": 2,
        "onet-occupation-twice": 1,
        "onet-occupation-without-ratings": 1,
        "onet-rating-out-of-range": 2,
        "onet-ratings-of-unknown-occupation": 2,
        "onet-ratings-twice": 2,
    }


def test_a_code_of_old_is_followed_by_its_title_itself_or_its_broader_code(read):
    types = {pair.esco: (pair.onet, pair.match_type) for pair in read.crosswalk.pairs}
    assert types == {
        iri("occupation", 1): ("11-1111.00", MatchType.EXACT),
        iri("occupation", 2): ("11-1111.00", MatchType.BROAD),
        iri("occupation", 3): ("33-3333.00", MatchType.RELATED),
    }


@pytest.mark.parametrize(
    "name", ["Occupation_Data", "skills_wide", "knowledge_wide", "Job_Zones", "crosswalk"]
)
def test_a_table_that_is_not_there_or_damaged_is_refused(name, tables, small):
    path = tables / f"{name}.csv.gz"
    for data, refused in (
        (gzip.compress(b"x\n1\n"), MalformedTaxonomyArchive),
        (b"", MalformedTaxonomyArchive),
    ):
        path.write_bytes(data)
        with pytest.raises(refused):
            read_onet(tables, tables / "crosswalk.csv.gz", small)
    path.unlink()
    with pytest.raises(TaxonomyFileMissing):
        read_onet(tables, tables / "crosswalk.csv.gz", small)


def test_a_bundle_comes_back_whole(read, signer, publisher):
    back = read_onet_bundle(build_onet_bundle(read, signer=signer, created=CREATED), publishers={publisher})
    assert back.crosswalk.pairs == read.crosswalk.pairs
    assert [list(one.level) for one in back.occupations] == [list(one.level) for one in read.occupations]


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("items", b"2.A.1.a"),
        ("occupations", b"one"),
        ("occupations", b"1\ta\textra\n2\tb"),
        ("job-zones", b"\x09\x00"),
        ("job-zones", b""),
        ("importance", b"\x00"),
        ("level", b"\xff" * 272),
        ("crosswalk", b"a\tb"),
        ("crosswalk", b"a\tb\tsame\t1\t"),
        ("crosswalk", b"a\tb\tclose\tmany\t"),
        ("crosswalk", None),
    ],
)
def test_a_signed_bundle_that_does_not_fit_is_refused(part, data, read, signer, publisher):
    parts = {name: old for name, old in (to_parts(read) | {part: data}).items() if old is not None}
    described = {"version": "1", "licence": "", "attribution": [], "dropped": {}}
    bad = sign_parts(TYPE, described, parts, signer=signer, created=CREATED)
    with pytest.raises(MalformedTaxonomyBundle):
        read_onet_bundle(bad, publishers={publisher})


def test_a_signed_bundle_without_its_licence_is_refused(read, signer, publisher):
    bad = sign_parts(TYPE, {"version": "1"}, to_parts(read), signer=signer, created=CREATED)
    with pytest.raises(MalformedTaxonomyBundle):
        read_onet_bundle(bad, publishers={publisher})

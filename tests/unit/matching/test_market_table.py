"""A publisher's table: what is used, what is counted as dropped and why, and what is refused."""

import io
from dataclasses import replace

import pytest

from matching.bundle import load_bundle
from matching.limits import MARKET
from matching.market import table as room
from matching.market.about import read_about, read_regions
from matching.market.errors import (
    MalformedMarketAbout,
    MalformedMarketTable,
    MalformedRegionTable,
    MarketTableEmpty,
    MarketTableTooLarge,
)
from matching.market.table import read_market_table
from matching.taxonomy.model import Retired

HEADER = "occupation,region,window,vacancies,seekers\n"


def read(text, **bounds):
    data = text if isinstance(text, bytes) else text.encode()
    return read_market_table(io.BytesIO(data), taxonomy=load_bundle(), **bounds)


def test_a_table_becomes_figures():
    found = read(HEADER + "7115,NL31,2025-Q1,10,4\n7115,NL31,2025-Q3,12,\n")
    (figure,) = found.figures
    assert figure.occupation.endswith("isco/C7115")
    assert (str(found.first), str(found.last)) == ("2025-Q1", "2025-Q3")
    assert figure.vacancies == (10, None, 12)
    assert figure.seekers == (4, None, None)
    assert (found.rows, found.dropped) == (2, {})


def test_semicolons_a_byte_order_mark_and_other_columns_are_fine():
    found = read("\ufeffRegion;note;Occupation;Window;Vacancies\nNL31;x,y;7115;2025;3\n")
    assert found.figures[0].vacancies == (3,)
    assert found.figures[0].seekers == (None,)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("7115,NL31", "not-a-row"),
        ('7115,NL31,2025-Q1,"1', "not-a-row"),
        (b"7115,NL31,2025-Q1,\xff", "not-a-row"),
        ("7115,NL31,2025-Q1," + "1" * MARKET.line, "not-a-row"),
        ("9999,NL31,2025-Q1,1", "unknown-occupation"),
        ("https://elsewhere.example/work,NL31,2025-Q1,1", "unknown-occupation"),
        ("7115,NL99,2025-Q1,1", "unknown-region"),
        ("7115,,2025-Q1,1", "unknown-region"),
        ("7115,NL31,first quarter,1", "not-a-window"),
        ("7115,NL31,2025-Q5,1", "not-a-window"),
        ("7115,NL31,2025-01,1", "other-period"),
        ("7115,NL31,2025-Q1,-1", "not-a-count"),
        ("7115,NL31,2025-Q1,1.5", "not-a-count"),
        ("7115,NL31,2025-Q1,\u0663", "not-a-count"),
        ("7115,NL31,2025-Q1,99999999999", "not-a-count"),
        ("7115,NL31,2020-Q1,9", "twice"),
        ("7115,NL31,1950-Q1,9", "too-early"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_by_its_rule_and_the_rest_works(row, rule):
    good = HEADER + "7115,NL31,2020-Q1,5,5\n"
    bad = row if isinstance(row, bytes) else row.encode()
    found = read(good.encode() + bad + b"\n7115,NL31,2025-Q4,7,5\n", regions={"NL31"})
    assert found.dropped == {rule: 1}
    assert found.lines == ({} if rule in {"twice", "too-early"} else {rule: 3})
    assert found.rows == 3
    (figure,) = found.figures
    assert (figure.vacancies[0], figure.vacancies[-1]) == (5, 7)


def test_a_quote_that_never_ends_takes_no_other_row_with_it():
    found = read(HEADER + '"7115,NL31,2025-Q1,1,1\n7115,NL31,2025-Q2,2,2\n')
    assert found.figures[0].vacancies == (2,)


@pytest.mark.parametrize(
    "text", ["", "a,b\n", "occupation,region,window\n", HEADER.replace("seekers", "region")]
)
def test_a_header_that_is_not_right_is_refused(text):
    with pytest.raises(MalformedMarketTable):
        read(text)


def test_a_table_without_a_row_of_use_is_refused_with_the_counts():
    with pytest.raises(MarketTableEmpty) as refused:
        read(HEADER + "nobody,NL31,2025,1,1\n" * 3)
    assert refused.value.details == {"unknown-occupation": 3}


def test_a_table_is_read_as_a_stream_to_its_bound_and_no_further(monkeypatch):
    monkeypatch.setattr(room, "MARKET", type(MARKET)(table=len(HEADER) + 24))
    row = "7115,NL31,2025-Q1,1,1\n"
    assert read(HEADER + row).rows == 1
    with pytest.raises(MarketTableTooLarge):
        read(HEADER + row * 2)


def test_more_figures_than_a_set_may_hold_are_counted(monkeypatch):
    monkeypatch.setattr(room, "MARKET", type(MARKET)(figures=2))
    found = read(HEADER + "".join(f"7115,NL{code},2025,1,1\n" for code in (31, 32, 33, 31)))
    assert found.dropped == {"too-many-figures": 1, "twice": 1}
    assert [figure.region for figure in found.figures] == ["NL31", "NL32"]


def test_occupations_that_nobody_knows_are_counted_and_not_remembered(monkeypatch):
    seen = []
    monkeypatch.setattr(room, "_table", lambda reading, _: seen.append(reading))
    read(HEADER + "7115,NL31,2025,1,1\n" + "".join(f"x{number},NL31,2025,1,1\n" for number in range(9)))
    assert list(seen[0].names) == ["7115"]
    assert seen[0].dropped == {"unknown-occupation": 9}


def test_an_occupation_that_an_older_release_had_counts_as_its_successor():
    esco = load_bundle()
    old, successor = "http://data.europa.eu/esco/occupation/old", esco.occupations.iris[0]
    newer = replace(esco, retired={old: Retired(old, "old name", successor)})
    rows = io.BytesIO(f"{HEADER}{old},NL31,2025,1,1\n".encode())
    assert read_market_table(rows, taxonomy=newer).figures[0].occupation == successor


def test_regions_are_read_with_and_without_a_place():
    first, second = read_regions(
        b"code;name;latitude;longitude;within\nNL;Nederland;;;\nNL31;Utrecht;52.1;5.1;NL\n"
    )
    assert (first.latitude, first.within) == (None, "")
    assert (second.latitude, second.longitude, second.within) == (52.1, 5.1, "NL")


@pytest.mark.parametrize(
    "data", [b"name\nx\n", b"code,name,latitude,longitude\na,b,x,y\n", b"\xff", b'code,name\n"a']
)
def test_a_table_of_regions_that_is_not_right_is_refused(data):
    with pytest.raises(MalformedRegionTable):
        read_regions(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"id = 1",
        b"\xff",
        b"id = 'a'\nsource = 1",
        b"=",
    ],
)
def test_a_description_that_is_not_right_is_refused(data):
    with pytest.raises(MalformedMarketAbout):
        read_about(data)

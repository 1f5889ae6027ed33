"""Publishers' tables as large as they may be: read as a stream, in the memory of a small one.

Every run compares a small table with one of four times its size. PASSPORT_LARGE_TABLES=1 reads the hundred
megabytes that are allowed instead.
"""

import io
import os
import tracemalloc
import zipfile

import pytest

from matching.bundle import load_bundle
from matching.market.errors import MarketTableTooLarge
from matching.market.table import read_market_table
from matching.taxonomy.archive import Archive
from matching.taxonomy.esco import read_release

MEGABYTE = 1_048_576
ESCO = load_bundle()
LARGE = os.environ.get("PASSPORT_LARGE_TABLES") == "1"
SIZES = (MEGABYTE, 99 * MEGABYTE) if LARGE else (MEGABYTE // 32, MEGABYTE // 8)
ROOM = 50_000
"""Bytes that the larger table may take more than the smaller one."""

SKILLS = {
    "skills_en.csv": "conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nx:s1,,,weld,\nx:s2,,,read,\n",
    "occupations_en.csv": "conceptUri,preferredLabel,altLabels,code\nx:o1,welder,,1\n",
}
RELATION = "x:o1,essential,x:s1\n"


class Rows(io.RawIOBase):
    """A table that is made while it is read, so that the test itself holds none of it."""

    def __init__(self, header, row, size):
        super().__init__()
        self._left = header + row * (65_536 // len(row))
        self._block = row * (65_536 // len(row))
        self._blocks = size // len(self._block)

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self._left and self._blocks > 0:
            self._blocks -= 1
            self._left = self._block
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


class Endless(io.RawIOBase):
    """Lines of no use without end: only the bytes are counted."""

    tell_header = True

    def readable(self):
        return True

    def readline(self, size=-1):
        header, self.tell_header = self.tell_header, False
        return b"occupation,region,window,vacancies,seekers\n" if header else b" " * (size - 1) + b"\n"


def peak(work):
    """Bytes that a piece of work has at most beside what was there."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def market(size, row):
    header = b"occupation,region,window,vacancies,seekers\n7115,NL31,2025-Q1,12,3\n"
    table = io.BufferedReader(Rows(header, row, size))
    return read_market_table(table, taxonomy=ESCO)


def archive(tables):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in tables.items():
            made.writestr(name, text)
    data.seek(0)
    return Archive(data)


@pytest.mark.parametrize("row", [b"nothing,NL31,2025-Q1,12,3\n", b'7115,"never ends,2025-Q1,1,1\n'])
def test_a_market_table_of_rows_that_are_left_out_takes_the_memory_of_a_small_one(row):
    small, large = (peak(lambda size=size: market(size, row)) for size in SIZES)
    assert large - small < ROOM


def test_a_market_table_takes_some_numbers_for_each_row_that_is_used():
    """Three numbers of eight bytes, and once more while they are sorted out: 4.5 million rows in 100 MB."""
    row = b"7115,NL31,2025-Q2,12,3\n"
    small, large = (peak(lambda size=size: market(size, row)) for size in SIZES)
    assert large - small < 96 * (SIZES[1] - SIZES[0]) // len(row)


def test_a_market_table_beyond_the_bound_is_refused():
    with pytest.raises(MarketTableTooLarge):
        read_market_table(Endless(), taxonomy=ESCO)


def test_a_table_of_relations_to_nowhere_takes_the_memory_of_a_small_one():
    """590,000 orphans in 91 MB; here some thousands against four times as many."""
    nowhere = "x:o9,essential,x:s9" + " " * 60 + "\n"
    counts = [size // len(nowhere) for size in SIZES]

    def read(count):
        relations = archive(
            {
                "occupationSkillRelations.csv": "occupationUri,relationType,skillUri\n"
                + RELATION
                + nowhere * count
            }
        )
        return lambda: read_release(archive(SKILLS), relations, "9.0.0")

    works = [read(count) for count in counts]
    small, large = (peak(work) for work in works)
    assert large - small < ROOM


def test_a_hierarchy_in_a_circle_loses_the_link_that_closes_it_and_nothing_else():
    groups = "conceptUri,preferredLabel\n" + "".join(f"x:g{number},group {number}\n" for number in range(4))
    broader = "conceptUri,broaderUri\nx:s1,x:g0\nx:g0,x:g1\nx:g1,x:g2\nx:g2,x:g0\nx:g3,x:g3\n"
    tables = SKILLS | {"skillGroups_en.csv": groups}
    relations = {
        "occupationSkillRelations.csv": "occupationUri,relationType,skillUri\n" + RELATION,
        "broaderRelationsSkillPillar.csv": broader,
    }
    found = read_release(archive(tables), archive(relations), "9.0.0")
    again = read_release(archive(tables), archive(relations), "9.0.0")
    assert found.dropped["broader-in-a-circle"] == 2
    assert len(found.skill_groups) == 4
    assert sum(len(one.broader) for one in (*found.skills, *found.skill_groups)) == 3
    assert found == again


def test_an_identifier_twice_in_one_table_is_its_first_row():
    tables = SKILLS | {"skills_en.csv": SKILLS["skills_en.csv"] + "x:s1,,,something else,\n"}
    relations = {"occupationSkillRelations.csv": "occupationUri,relationType,skillUri\n" + RELATION}
    found = read_release(archive(tables), archive(relations), "9.0.0")
    assert found.dropped["concept-twice"] == 1
    assert [one.labels["en"] for one in found.skills] == ["weld", "read"]


def test_grades_that_contradict_each_other_keep_the_strongest_in_either_order():
    for first, then in (("optional", "essential"), ("essential", "optional")):
        rows = f"x:o1,{first},x:s1\nx:o1,{then},x:s1\n"
        relations = {"occupationSkillRelations.csv": "occupationUri,relationType,skillUri\n" + rows}
        found = read_release(archive(SKILLS), archive(relations), "9.0.0")
        assert found.dropped["relation-graded-twice"] == 1
        assert [len(skills) for skills in found.occupations[0].skills.values()] == [1, 0]

"""A batch as JSON has the rows that it says: a blank reference is refused where it stands, and shifts no other row."""

import sys

import pytest
from pydantic import ValidationError

from issuer.batches.json_rows import BatchRow, NewBatch, as_csv
from issuer.batches.rows import RefusedRow, read_rows

ACHIEVEMENT = "0" * 32


def test_a_blank_reference_is_refused_at_its_row():
    rows = [{"reference": "a"}, {"reference": " \t"}, {"reference": ""}, {"reference": "b"}]
    with pytest.raises(ValidationError) as caught:
        NewBatch(achievement=ACHIEVEMENT, rows=rows)
    places = [error["loc"] for error in caught.value.errors()]
    assert places == [("rows", 1, "reference"), ("rows", 2, "reference")]


def test_no_kind_of_blank_that_reading_strips_makes_a_row_that_is_then_none():
    blanks = [chr(point) for point in range(sys.maxunicode + 1) if chr(point).isspace()]
    assert "\x1c" in blanks  # a blank to Python, and to no pattern's \s
    for blank in blanks:
        with pytest.raises(ValidationError):
            BatchRow(reference=blank)


@pytest.mark.parametrize("reference", ["a", " a ", "\u200b", "\ufeffa", "-", '"', "a,b", "a;b", "x\ny"])
def test_every_row_that_is_taken_keeps_its_number(reference):
    rows = [BatchRow(reference="first"), BatchRow(reference=reference), BatchRow(reference="last")]
    found = read_rows(as_csv(rows), ACHIEVEMENT)
    assert [row.number for row in found] == [1, 2, 3]
    assert (found[0].reference, found[2].reference) == ("first", "last")
    if isinstance(found[1], RefusedRow):  # an invisible sign or a line break is refused in words, by itself
        assert found[1].error.code == "wrong_reference"

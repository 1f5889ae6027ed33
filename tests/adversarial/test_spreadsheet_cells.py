"""What a stranger wrote, in a table that we give out: no spreadsheet runs it, at whatever sign it splits."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.spreadsheet import neutral
from passport.web.csv_out import CsvForm
from wallet.core.leaving.tables import write_table

RUNS = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
CELLS = [
    "=1+1", "x;=HYPERLINK(1)", "x,=1", "x\t=1", "x\n=1", "x\r\n=1", 'x;"=1', 'x;""=1"', "x;\uff1d1", "a;b;@c,-d",
    ";=1", ",=1", '"=1', '"";"";=1', "\t=1", "x;+31 6", "x;%0", "x;|calc",
]  # fmt: skip


def split(text, delimiter):
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


def runs(text):
    """The cells that a program would run which splits at one of these signs."""
    found = [cell for delimiter in ",;\t" for cell in split(text, delimiter)]
    return [cell for cell in found if cell.lstrip('"\t\r\n').startswith(RUNS)]


@pytest.mark.parametrize("cell", CELLS)
def test_a_formula_behind_another_programs_separator_is_text(cell):
    """Excel in Dutch opens a file with commas and splits it at semicolons, within quotes too."""
    for form in (CsvForm(), CsvForm("semicolon", True)):
        assert runs(form.lines([("reference", cell, "open"), (cell, "", cell)])) == []
    assert runs(write_table(("a", "b"), [("x", cell), (cell, "y")]).decode("utf-8-sig")) == []


@given(st.lists(st.text(alphabet="=+-@;,\"'\t\r\nax 1\uff1d", max_size=12), min_size=1, max_size=4))
def test_no_text_whatever_begins_a_formula(cells):
    assert runs(CsvForm().lines([cells])) == []
    assert runs(CsvForm("semicolon").lines([cells])) == []


@pytest.mark.parametrize(
    "text", ["", "Lassen 2-3 mm", "a; b, c", "10 = tien", "'=1", "e-mail, post; brief", "50%"]
)
def test_plain_text_stays_as_it_is(text):
    assert neutral(text) == text
    assert neutral(neutral(f"={text}")) == neutral(f"={text}")

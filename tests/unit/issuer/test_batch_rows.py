"""Rows of a CSV file: each an order or an error, nothing in between."""

import pytest

from issuer.batches.rows import COLUMNS, RefusedRow, Row, read_rows
from issuer.errors import MalformedCsv, NoRows, TooManyRows, UnknownColumn
from passport.dids import create_did_key
from passport.keys import KeyType, load_signer

HOLDER = create_did_key(load_signer(KeyType.ED25519, bytes(range(32))).public_key)
ACHIEVEMENT = "0" * 32


def rows(text):
    return read_rows(text.encode() if isinstance(text, str) else text, ACHIEVEMENT)


def test_a_full_row_becomes_the_claims_it_says():
    cells = [
        "r1",
        HOLDER,
        "2026-01-01",
        "2030-12-31",
        "2025-09-01",
        "2026-07-01",
        "apprentice",
        "8",
        "Exam",
        "examination",
        "Four hours",
    ]
    (row,) = rows(f"{','.join(COLUMNS)}\n{','.join(cells)}\n")
    assert isinstance(row, Row)
    assert (row.number, row.reference, row.subject) == (1, "r1", HOLDER)
    claims = row.claims
    assert claims.valid_from.isoformat() == "2026-01-01T00:00:00+00:00"
    assert claims.valid_until.isoformat() == "2030-12-31T23:59:59+00:00"
    assert claims.role == "apprentice"
    assert claims.result[0].value == "8"
    assert claims.evidence[0].members() == {"name": "Exam", "genre": "examination", "narrative": "Four hours"}


@pytest.mark.parametrize(
    "text",
    [
        "subject\n\n" + HOLDER + "\n\n",
        "\ufeffsubject\r\n" + HOLDER + "\r\n",
        "SUBJECT ;reference\n " + HOLDER + " ;\n",
        'subject\n"' + HOLDER + '"\n',
    ],
)
def test_spreadsheets_ways_of_writing_are_read(text):
    (row,) = rows(text)
    assert isinstance(row, Row)
    assert row.subject == HOLDER


def test_a_row_without_a_subject_is_for_an_offer():
    (row,) = rows("reference,subject\nr1,\n")
    assert isinstance(row, Row)
    assert row.subject is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("reference,subject\nr1\n", "wrong_number_of_cells"),
        ("reference\nr1,r2\n", "wrong_number_of_cells"),
        ("subject\ndid:web:a.example\n", "wrong_subject"),
        ("subject\n<script>\n", "wrong_subject"),
        ("valid_until\n31-01-2026\n", "wrong_date"),
        ("valid_until\n2026-W05-1\n", "wrong_date"),
        ("valid_until\n20260131\n", "wrong_date"),
        ("valid_until\n2026-02-30\n", "wrong_date"),
        ("valid_from,valid_until\n2027-01-01,2026-01-01\n", "period_reversed"),
        ("activity_start,activity_end\n2027-01-01,2026-01-01\n", "period_reversed"),
        ("reference\n" + "x" * 129 + "\n", "wrong_reference"),
        ("reference\na\tb\n", "wrong_reference"),
        ("role\n" + "x" * 2049 + "\n", "cell_too_long"),
        ("evidence_name\n" + "x" * 257 + "\n", "malformed_request"),
        ("result_value\n" + "x" * 257 + "\n", "malformed_request"),
    ],
)
def test_a_wrong_row_is_refused_by_itself(text, code):
    (row,) = rows(text)
    assert isinstance(row, RefusedRow)
    assert row.error.code == code


def test_the_second_of_two_rows_with_one_reference_is_refused():
    first, second = rows("reference\nr1\nr1\n")
    assert isinstance(first, Row)
    assert isinstance(second, RefusedRow)
    assert second.error.code == "duplicate_reference"


def test_a_refused_row_does_not_take_its_reference():
    first, second = rows("reference,subject\nr1,x\nr1,\n")
    assert isinstance(first, RefusedRow)
    assert isinstance(second, Row)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", MalformedCsv),
        (b"\xff\xfe", MalformedCsv),
        (b"reference\n\x00\n", MalformedCsv),
        (b'reference\n"a', MalformedCsv),
        (b"name\nx\n", UnknownColumn),
        (b"reference,reference\na,b\n", UnknownColumn),
        (b"reference\n", NoRows),
        (b"reference\n\n \n", NoRows),
        (b"reference\n" + b"x\n" * 10_001, TooManyRows),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(data, error):
    with pytest.raises(error):
        rows(data)


def test_ten_thousand_rows_are_read():
    assert len(rows("role\n" + "baker\n" * 10_000)) == 10_000

"""Reports on paper: everything that was given stands on a sheet, and nothing of it is markup or a link."""

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2

from passport.paper import PaperReport, Section, write_report
from passport.texts import Language

REPORT = PaperReport(
    title="Check-up",
    about="For a talk.",
    sections=[
        Section("One", ["A paragraph with <b>marks</b> and [a](https://elsewhere.example)."]),
        Section("Two", facts=[("label", "value")], items=["first", "second"], mark="[ ]"),
    ],
    foot="Printed here",
    made=datetime(2026, 3, 1, tzinfo=UTC),
    language=Language.EN,
    owner="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
)


def words(data):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_all_of_it_is_there_as_it_was_given():
    data = write_report(REPORT)
    [sheet] = words(data)
    for text in (
        "Check-up",
        "For a talk.",
        "<b>marks</b>",
        "[a](https://elsewhere.example)",
        "label",
        "value",
    ):
        assert text in sheet
    assert "[ ] first" in sheet
    assert "Printed here" in sheet
    assert "1/1" in sheet
    assert b"/URI" not in data


def test_a_long_report_goes_on_over_sheets_and_nothing_is_lost():
    items = [f"item number {number} of a list that is long" for number in range(120)]
    sheets = words(write_report(replace(REPORT, sections=[Section("Many", items=items)])))
    assert len(sheets) > 2
    assert all(f"item number {number} " in "".join(sheets) for number in range(120))

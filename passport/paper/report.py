"""A report on A4: titles, paragraphs, facts and lists, over as many sheets as they take. Nothing but text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.certificate.palette import palette_of
from passport.paper.flow import fact, heading, paragraph, room_for
from passport.paper.fonts import fonts_for
from passport.paper.sheet import HIGH, LEFT, QUIET, RIGHT, WIDE, Sheet
from passport.texts import Language


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report, in the order in which it is set: paragraphs, facts, then a list."""

    title: str
    paragraphs: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    items: Sequence[str] = ()
    mark: str = "•"
    """In front of each item of the list: a box to tick, for what is to be done."""


@dataclass(frozen=True, slots=True)
class PaperReport:
    title: str
    about: str
    sections: Sequence[Section]
    foot: str
    """On every sheet, before its number."""
    made: datetime
    language: Language
    owner: str
    """Whose colour the sheets have: an identifier."""


def write_report(report: PaperReport) -> bytes:
    """The report as PDF/A."""
    sheet = Sheet(fonts_for(_all_text(report)), palette_of(report.owner), language=str(report.language))
    pdf = sheet.pdf
    pdf.set_title(report.title)
    pdf.set_producer("skills-passport")
    pdf.set_creation_date(report.made)
    sheet.new_page()
    sheet.text(report.title, 18, bold=True, after=2)
    paragraph(sheet, report.about, colour=QUIET)
    sheet.rule()
    for each in report.sections:
        _section(sheet, each)
    for page in range(1, pdf.pages_count + 1):
        pdf.page = page
        sheet.y = HIGH - 12
        number = f"{report.foot}   ·   {page}/{pdf.pages_count}"
        sheet.text(number, 7, colour=QUIET, wide=WIDE - LEFT - RIGHT)
    written = io.BytesIO()
    pdf.output(written)
    return written.getvalue()


def _section(sheet: Sheet, section: Section) -> None:
    heading(sheet, section.title)
    for each in section.paragraphs:
        paragraph(sheet, each)
    for label, value in section.facts:
        fact(sheet, label, value)
    for each in section.items:
        room_for(sheet, 6)
        paragraph(sheet, f"{section.mark}  {each}")


def _all_text(report: PaperReport) -> str:
    parts = [report.title, report.about, report.foot]
    for each in report.sections:
        parts += [each.title, each.mark, *each.paragraphs, *each.items]
        parts += [text for pair in each.facts for text in pair]
    return "".join(parts)

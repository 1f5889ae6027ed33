"""The sheets behind the first one: everything that a reader may want to know, and codes that need room."""

from collections.abc import Sequence

from fpdf.enums import Align

from passport.certificate.content import Certificate, Line
from passport.paper.codes import draw_code
from passport.paper.flow import fact, heading, paragraph, room_for
from passport.paper.sheet import BOTTOM, HIGH, LEFT, QUIET, RIGHT, WIDE, Sheet

_ROOM = WIDE - LEFT - RIGHT
_LOWEST = HIGH - BOTTOM - 8
_ACROSS = 3
_CODE = 50.0


def write_details(sheet: Sheet, certificate: Certificate, *, attached: str, missing: bool) -> None:
    """Everything in its order, over as many sheets as it takes."""
    sheet.new_page()
    sheet.text(certificate.title, 16, bold=True, after=1)
    sheet.text(f"{certificate.kind} · {certificate.issuer}", 10, colour=QUIET, after=3)
    sheet.rule()
    _part(sheet, certificate.say("about"), certificate.description)
    _part(sheet, certificate.say("criteria"), certificate.criteria)
    _part(sheet, certificate.say("narrative"), certificate.narrative)
    more = (
        (Line(certificate.say("more-in-file", count=certificate.more_skills)),)
        if certificate.more_skills
        else ()
    )
    _list(sheet, *_skills(certificate, more))
    _list(sheet, certificate.say("result"), certificate.results)
    _list(sheet, certificate.say("evidence"), certificate.proven)
    heading(sheet, certificate.say("details"))
    for label, value in (
        (certificate.say("day"), certificate.awarded),
        (certificate.say("until"), certificate.valid_until),
        (certificate.say("license"), certificate.license_number),
        (certificate.say("signed-by"), certificate.issuer_id),
        (certificate.say("bound-to"), certificate.holder_id),
        (certificate.say("number"), certificate.number),
        (certificate.say("attached"), f"{attached} ({certificate.media_type})"),
    ):
        if value:
            fact(sheet, label, value)
    if missing:
        paragraph(sheet, certificate.say("missing-letters"))


def _skills(certificate: Certificate, more: tuple[Line, ...]) -> tuple[str, Sequence[Line]]:
    """A framework that all of them are from stands in the heading."""
    title, frameworks = certificate.say("skills"), {each.small for each in certificate.skills}
    if len(frameworks) == 1:
        named = next(iter(frameworks))
        return f"{title} ({named})" if named else title, [
            *(Line(each.text) for each in certificate.skills),
            *more,
        ]
    return title, (*certificate.skills, *more)


def write_codes(sheet: Sheet, certificate: Certificate, frames: Sequence[str]) -> None:
    """A sheet of codes to scan, numbered."""
    sheet.new_page()
    sheet.text(certificate.say("scan-title"), 16, bold=True, after=1)
    sheet.text(certificate.say("scan-about", count=len(frames)), 10, colour=QUIET, after=6)
    top = sheet.y
    for number, frame in enumerate(frames):
        x = LEFT + number % _ACROSS * (_CODE + 4)
        y = top + number // _ACROSS * (_CODE + 9)
        draw_code(sheet, frame, x, y, _CODE)
        sheet.y = y + _CODE
        label = certificate.say("code-of", part=number + 1, of=len(frames))
        sheet.text(label, 8, colour=QUIET, x=x, wide=_CODE, align=Align.C)


def _part(sheet: Sheet, title: str, text: str) -> None:
    if text:
        heading(sheet, title)
        for each in text.split("\n"):
            paragraph(sheet, each)


def _list(sheet: Sheet, title: str, lines: Sequence[Line]) -> None:
    if lines:
        heading(sheet, title)
    for each in lines:
        room_for(sheet, 6)
        sheet.text(f"•  {each.text}", 10)
        if each.small:
            paragraph(sheet, each.small, size=8.5, colour=QUIET, x=LEFT + 3.6)

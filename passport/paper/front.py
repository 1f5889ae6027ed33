"""The first sheet: who can do what, said by whom. It hangs on a wall, so it holds no more than it must."""

import io
from collections.abc import Sequence
from typing import Final

from passport.certificate.content import Certificate, Line
from passport.paper.codes import draw_code
from passport.paper.sheet import HIGH, INK, LEFT, QUIET, RIGHT, TOP, WIDE, Sheet

CODES_IN_FRONT: Final = 2
"""A row of two leaves room for what the person can do."""
_PICTURE = 40.0
_ROOM = WIDE - LEFT - RIGHT
_HEAD = _ROOM - _PICTURE - 10
_CODE = 44.0
_FOOT = HIGH - 78.0
_FACTS = _FOOT - 24.0
_TITLES = (34.0, 30.0, 26.0, 22.0, 18.0, 15.0, 12.0)
_TITLE_HIGH = 46.0
_SKILL_SIZES = (15.0, 13.5, 12.0, 11.0, 10.0)
_GAP = 6.0
_FACT_SIZES = (11.0, 9.5, 8.5, 7.5)
_TWO_LINES = 10.2
"""Millimetres."""
_ABOUT = 11.0
_SENTENCE = 60
"""Characters. Less says nothing."""


def write_front(
    sheet: Sheet,
    certificate: Certificate,
    picture: bytes,
    frames: Sequence[str],
    *,
    later: int,
    by_holder: bool,
) -> None:
    """Args:

    frames: codes that stand on this sheet.
    later: how many there are in all; more than these are on a sheet of their own.
    """
    sheet.new_page()
    sheet.pdf.image(
        io.BytesIO(picture), WIDE - RIGHT - _PICTURE, TOP - 4, _PICTURE, _PICTURE, keep_aspect_ratio=True
    )
    _head(sheet, certificate)
    _to(sheet, certificate, by_holder=by_holder)
    _skills(sheet, certificate)
    _facts(sheet, certificate)
    _check(sheet, certificate, frames, later)


def _head(sheet: Sheet, certificate: Certificate) -> None:
    sheet.text(certificate.kind.upper(), 10, bold=True, colour=sheet.tone, wide=_HEAD, spaced=0.9, after=3)
    sheet.text(
        certificate.title, _title_size(sheet, certificate.title), bold=True, wide=_HEAD, leading=1.14, after=4
    )
    sheet.text(certificate.say("given-by"), 10, colour=QUIET, wide=_HEAD)
    sheet.text(certificate.issuer, 15, bold=True, wide=_HEAD)
    sheet.text(certificate.issuer_host, 9, colour=QUIET, wide=_HEAD)
    sheet.y = max(sheet.y, TOP + _PICTURE) + 7


def _title_size(sheet: Sheet, title: str) -> float:
    fitting = (
        size
        for size in _TITLES
        if sheet.height(title, size, bold=True, wide=_HEAD, leading=1.14) <= _TITLE_HIGH
    )
    return next(fitting, _TITLES[-1])


def _to(sheet: Sheet, certificate: Certificate, *, by_holder: bool) -> None:
    if certificate.holder:
        sheet.text(certificate.say("to"), 10, colour=QUIET)
        sheet.text(certificate.holder, 20, bold=True, colour=sheet.tone)
        if by_holder:
            sheet.text(certificate.say("name-by-holder"), 8, italic=True, colour=QUIET)
    else:
        sheet.y += 9
        sheet.pdf.set_draw_color(*QUIET)
        sheet.pdf.set_line_width(0.3)
        sheet.pdf.line(LEFT, sheet.y, LEFT + 105, sheet.y)
        sheet.y += 0.8
        sheet.text(certificate.say("name-to-write"), 8, colour=QUIET)
    sheet.y += 6


def _skills(sheet: Sheet, certificate: Certificate) -> None:
    """What the person can do, in two columns; what the achievement is about, where there is room."""
    if certificate.skills:
        sheet.text(certificate.say("can"), 12, bold=True, colour=sheet.tone, after=2)
        _columns(sheet, certificate)
        sheet.y += 3
    _about(sheet, "", certificate.description)
    _about(sheet, certificate.say("criteria"), certificate.criteria)


def _about(sheet: Sheet, title: str, text: str) -> None:
    """As much of a text as there is room for, down to a sentence."""
    if not text:
        return
    left = _FACTS - 5 - sheet.y - (9 if title else 0)
    while text and sheet.height(text, _ABOUT, wide=_ROOM) > left:
        shorter = text[: len(text) * 4 // 5].rsplit(" ", 1)[0].rstrip(" .,;…\n")
        text = f"{shorter}…" if len(shorter) >= _SENTENCE else ""
    if text and title:
        sheet.y += 2
        sheet.text(title, 12, bold=True, colour=sheet.tone, after=1)
    if text:
        sheet.text(text, _ABOUT, colour=INK, after=2)


def _columns(sheet: Sheet, certificate: Certificate) -> None:
    width = (_ROOM - 8) / 2
    for size in _SKILL_SIZES:
        shown = _fitting(sheet, certificate.skills, size, width, _FACTS - 24 - sheet.y)
        if len(shown) == len(certificate.skills):
            break
    left_out = len(certificate.skills) - len(shown) + certificate.more_skills
    texts = [each.text for each in shown]
    if left_out:
        texts.append(certificate.say("more-on-next", count=left_out))
    half = -(-len(texts) // 2)
    top, lowest = sheet.y, sheet.y
    for number, column in enumerate((texts[:half], texts[half:])):
        sheet.y = top
        x = LEFT + number * (width + 8)
        for text in column:
            begun = sheet.y
            sheet.pdf.set_fill_color(*sheet.tone)
            sheet.pdf.circle(x + 1.1, begun + size * 0.235, 0.9, style="F")
            sheet.text(text, size, x=x + _GAP - 2, wide=width - _GAP + 2, after=1)
        lowest = max(lowest, sheet.y)
    sheet.y = lowest


def _fitting(sheet: Sheet, skills: Sequence[Line], size: float, width: float, room: float) -> Sequence[Line]:
    """As many as two columns hold, with a line for how many more there are."""
    heights = [sheet.height(each.text, size, wide=width - _GAP + 2) + 1 for each in skills]
    count = len(skills)
    while count:
        half = -(-(count + (count < len(skills))) // 2)
        if max(sum(heights[:half]), sum(heights[half:count])) <= room:
            break
        count -= 1
    return skills[:count]


def _facts(sheet: Sheet, certificate: Certificate) -> None:
    """Four facts in a coloured row, at one place on every certificate."""
    facts = [(certificate.say("day"), certificate.awarded)]
    if certificate.results:
        first = certificate.results[0]
        facts.append((first.small or certificate.say("result"), first.text))
    if certificate.proven:
        facts.append(
            (certificate.say("proven"), ", ".join(dict.fromkeys(each.text for each in certificate.proven)))
        )
    facts.append((certificate.say("until"), certificate.valid_until))
    pdf = sheet.pdf
    pdf.set_fill_color(*sheet.paper)
    pdf.rect(LEFT, _FACTS, _ROOM, 18, style="F", round_corners=True, corner_radius=2)
    wide = (_ROOM - 8) / len(facts)
    for number, (label, value) in enumerate(facts):
        sheet.y = _FACTS + 3
        x = LEFT + 4 + number * wide
        sheet.text(_cut(sheet, label, 8, wide - 3), 8, colour=QUIET, x=x, wide=wide - 2, after=0.6)
        size = _size(sheet, value, wide - 3)
        sheet.text(_short(sheet, value, size, wide - 3), size, bold=True, x=x, wide=wide - 3)


def _size(sheet: Sheet, value: str, wide: float) -> float:
    """The largest letters in which it takes two lines at most."""
    fitting = (size for size in _FACT_SIZES if sheet.height(value, size, bold=True, wide=wide) <= _TWO_LINES)
    return next(fitting, _FACT_SIZES[-1])


def _cut(sheet: Sheet, text: str, size: float, wide: float) -> str:
    sheet.font(size)
    while text and sheet.pdf.get_string_width(text) > wide:
        text = f"{text.rstrip('…')[:-1].rstrip()}…"
    return text


def _short(sheet: Sheet, text: str, size: float, wide: float) -> str:
    while sheet.height(text, size, bold=True, wide=wide) > _TWO_LINES:
        text = f"{text.rstrip('…')[:-4].rstrip()}…"
    return text


def _check(sheet: Sheet, certificate: Certificate, frames: Sequence[str], later: int) -> None:
    sheet.y = _FOOT
    sheet.rule(after=5)
    top = sheet.y
    begun = WIDE - RIGHT - len(frames) * _CODE
    for number, frame in enumerate(frames):
        draw_code(sheet, frame, begun + number * _CODE, top - 1, _CODE)
    code = {0: "check-paper-next" if later else "check-file", 1: "check-paper-one"}.get(
        len(frames), "check-paper"
    )
    wide = begun - LEFT - 6
    sheet.y = top
    sheet.text(certificate.say("check-title"), 11, bold=True, colour=sheet.tone, wide=wide, after=1)
    sheet.text(certificate.say(code), 9, wide=wide, after=2)
    if certificate.license_number:
        sheet.text(f"{certificate.say('license')}: {certificate.license_number}", 9, bold=True, wide=wide)

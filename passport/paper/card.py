"""Cards as large as a bank card (ISO/IEC 7810, ID-1), ten on a sheet of A4: a credential in one code (way E).

No secret is on a card and nobody signs when it is shown: who has a copy has as much as who has the card. It
says so, and asks whoever checks it to look at who hands it over.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from passport.certificate import Certificate, certificate_of
from passport.certificate.palette import palette_of
from passport.errors.paper import CardTooLarge
from passport.errors.qr_text import DocumentTooLargeForQr
from passport.paper.codes import draw_code
from passport.paper.fonts import fonts_for
from passport.paper.sheet import HIGH, LINE, QUIET, WIDE, Sheet
from passport.qr_text import pack
from passport.texts import Language

MOST: Final = 1_249
"""Characters: what a code of version 20 holds. Its modules are 0.45 mm on a card, which cheap phones read."""
_ACROSS, _DOWN = 2, 5
_CARD_WIDE, _CARD_HIGH = 85.6, 53.98
_LEFT, _TOP = (WIDE - _ACROSS * _CARD_WIDE) / 2, (HIGH - _DOWN * _CARD_HIGH) / 2
_CODE = 48.0
_EDGE = 3.0
_TEXT = _CARD_WIDE - _CODE - 2 * _EDGE - 1.5
_TITLES = (10.0, 9.0, 8.0, 7.0, 6.0)
_TITLE_HIGH, _ISSUER_HIGH = 11.5, 6.0


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed on one card."""

    certificate: Certificate
    text: str
    """Of the code."""
    by_holder: bool = False
    """Whether the name on it is the holder's own word."""


def card_of(sources: Iterable[bytes], language: Language, *, holder: str = "") -> Card:
    """The card of a credential, in whichever of its forms takes the smallest code.

    Args:
        sources: the forms in which it may be passed on; each is seen by whoever scans the card, whole.
        language: of the words around it.
        holder: a name that is printed where the credential has none.

    Raises:
        CardTooLarge: no form fits a code of version 20.
        Invalid: it can't be read.
    """
    fitting = [(text, source) for source in sources if (text := _text(source)) is not None]
    if not fitting:
        raise CardTooLarge(limit=MOST)
    text, source = min(fitting, key=lambda each: len(each[0]))
    made = certificate_of(source, language, holder=holder)
    return Card(made, text, bool(made.holder) and not certificate_of(source, language).holder)


def write_cards(cards: Sequence[Card], language: Language) -> bytes:
    """The sheets as PDF, to be printed at their true size and cut along the lines."""
    words = "".join(
        each.certificate.title + each.certificate.issuer + each.certificate.holder for each in cards
    )
    first = cards[0].certificate
    sheet = Sheet(fonts_for(words), palette_of(first.issuer_id), language=str(language))
    sheet.pdf.set_title(first.say("card-sheet"))
    sheet.pdf.set_producer("skills-passport")
    sheet.pdf.set_creation_date(first.awarded_at)
    for number, card in enumerate(cards):
        place = number % (_ACROSS * _DOWN)
        if not place:
            sheet.pdf.add_page()
        x, y = _LEFT + place % _ACROSS * _CARD_WIDE, _TOP + place // _ACROSS * _CARD_HIGH
        _draw(sheet, card, x, y)
    written = io.BytesIO()
    sheet.pdf.output(written)
    return written.getvalue()


def _text(source: bytes) -> str | None:
    try:
        frames = pack(source.strip(), most=MOST)
    except DocumentTooLargeForQr:
        return None
    return frames[0] if len(frames) == 1 else None


def _draw(sheet: Sheet, card: Card, x: float, y: float) -> None:
    certificate = card.certificate
    sheet.pdf.set_draw_color(*LINE)
    sheet.pdf.set_line_width(0.2)
    sheet.pdf.rect(x, y, _CARD_WIDE, _CARD_HIGH)
    draw_code(sheet, card.text, x + _CARD_WIDE - _CODE - 1.5, y + (_CARD_HIGH - _CODE) / 2, _CODE)
    left = x + _EDGE
    sheet.y = y + _EDGE
    _set(sheet, certificate.kind.upper(), (5.0,), left, 4.0, colour=sheet.tone, bold=True)
    sheet.y += 0.6
    _set(sheet, certificate.title, _TITLES, left, _TITLE_HIGH, bold=True)
    sheet.y += 1
    _set(sheet, certificate.issuer, (7.0, 6.0), left, _ISSUER_HIGH)
    _set(sheet, certificate.issuer_host, (5.0,), left, 2.6, colour=QUIET)
    sheet.y += 1
    if certificate.holder:
        _set(sheet, certificate.holder, (7.0, 6.0), left, 5.5, bold=True)
        if card.by_holder:
            _set(sheet, certificate.say("card-name"), (5.0,), left, 2.6, colour=QUIET)
        sheet.y += 0.6
    _set(sheet, f"{certificate.say('day')}: {certificate.awarded}", (5.5,), left, 5.0, colour=QUIET)
    until = certificate.say("card-until", day=certificate.valid_until)
    _set(sheet, until if certificate.ends else "", (5.5,), left, 5.0, colour=QUIET)
    if certificate.license_number:
        _set(
            sheet,
            f"{certificate.say('license')}: {certificate.license_number}",
            (5.5,),
            left,
            5.0,
            colour=QUIET,
        )
    sheet.y = y + _CARD_HIGH - _EDGE - 9.0
    _set(sheet, certificate.say("card-check"), (5.5, 5.0), left, 9.5)


def _set(  # a line and where it goes
    sheet: Sheet,
    text: str,
    sizes: Sequence[float],
    x: float,
    high: float,
    *,
    bold: bool = False,
    colour: tuple[int, int, int] = (29, 35, 39),
) -> None:
    """A text in the largest letters in which it fits, cut where it fits in none."""
    if not text:
        return
    size = next(
        (each for each in sizes if sheet.height(text, each, bold=bold, wide=_TEXT, leading=1.15) <= high),
        sizes[-1],
    )
    while len(text) > 1 and sheet.height(text, size, bold=bold, wide=_TEXT, leading=1.15) > high:
        text = f"{text[: len(text) * 9 // 10 - 1].rstrip(' …')}…"
    sheet.text(text, size, bold=bold, colour=colour, x=x, wide=_TEXT, leading=1.15)

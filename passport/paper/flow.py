"""Text that flows over sheets: headings, facts and paragraphs, with a new sheet where there is no room."""

from passport.paper.sheet import BOTTOM, HIGH, INK, LEFT, QUIET, RIGHT, WIDE, Sheet

_ROOM = WIDE - LEFT - RIGHT
_LOWEST = HIGH - BOTTOM - 8


def heading(sheet: Sheet, title: str) -> None:
    """A title over what follows, never alone at the foot of a sheet."""
    room_for(sheet, 22)
    sheet.y += 3
    sheet.text(title, 11, bold=True, colour=sheet.tone, after=0.8)


def fact(sheet: Sheet, label: str, value: str) -> None:
    """A label and what stands beside it."""
    room_for(sheet, 10)
    top = sheet.y
    sheet.text(label, 9, colour=QUIET, wide=46)
    foot = sheet.y
    sheet.y = top
    sheet.text(value, 9, x=LEFT + 50, wide=_ROOM - 50)
    sheet.y = max(sheet.y, foot) + 1


def paragraph(
    sheet: Sheet, text: str, *, size: float = 10, colour: tuple[int, int, int] = INK, x: float = LEFT
) -> None:
    """A paragraph, over two sheets where it has to be."""
    wide = WIDE - RIGHT - x
    words, at = text.split(" "), 0
    while at < len(words):
        room = _LOWEST - sheet.y
        count = len(words) - at
        while count > 1 and sheet.height(" ".join(words[at : at + count]), size, wide=wide) > room:
            count = count * 4 // 5
        if count <= 1 and room < _LOWEST / 2:
            sheet.new_page()
            continue
        sheet.text(" ".join(words[at : at + count]), size, colour=colour, x=x, wide=wide)
        at += count
    sheet.y += 1


def room_for(sheet: Sheet, high: float) -> None:
    """Go on to a new sheet where so many millimetres are not left."""
    if sheet.y + high > _LOWEST:
        sheet.new_page()

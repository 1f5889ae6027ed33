"""QR codes on paper: as filled squares, sharp at every size."""

from passport.paper.sheet import Sheet
from passport.pictures.matrix import matrix


def draw_code(sheet: Sheet, text: str, x: float, y: float, side: float) -> None:
    """One code with its quiet zone in a square of millimetres. Dark modules that touch are one bar."""
    lines = matrix(text)
    module = side / len(lines)
    pdf = sheet.pdf
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(x, y, side, side, style="F")
    pdf.set_fill_color(0, 0, 0)
    for row, line in enumerate(lines):
        column = 0
        while column < len(line):
            run = column
            while run < len(line) and line[run]:
                run += 1
            if run > column:
                pdf.rect(x + column * module, y + row * module, (run - column) * module, module, style="F")
            column = run + 1

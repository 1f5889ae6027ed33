"""A sheet of A4 with the house's letters and measures: what pages of a certificate are set with."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF
from fpdf.enums import Align, TextEmphasis, WrapMode, XPos, YPos

from passport.certificate.palette import Palette, rgb
from passport.certificate.plain import with_letters
from passport.paper.fonts import MAIN, Fonts

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 26.0, 20.0, 20.0, 16.0
BAND = 9.0
"""Millimetres of colour on the left edge."""
INK, QUIET, LINE = (29, 35, 39), (85, 96, 106), (214, 217, 212)
_POINT = 0.3528
_LEADING = 1.3
_PLACE = "?"
"""Where a letter would stand that no font here has."""

logging.getLogger("fpdf").setLevel(logging.ERROR)  # letters that are missing are said on the sheet
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Sheet:
    """Sets text from top to bottom in one column."""

    def __init__(self, fonts: Fonts, palette: Palette, *, language: str) -> None:
        self.tone, self.paper = rgb(palette.tone), rgb(palette.paper)
        self.pdf = FPDF(format="A4", unit="mm", enforce_compliance="PDF/A-3B")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margins(LEFT, TOP, RIGHT)
        self.pdf.c_margin = 0
        self.pdf.set_lang(language)
        for style, path in fonts.main.items():
            self.pdf.add_font(MAIN, style, path)
        for number, path in enumerate(fonts.beside):
            self.pdf.add_font(f"Beside{number}", "", path)
        self.pdf.set_fallback_fonts(
            [f"Beside{number}" for number in range(len(fonts.beside))], exact_match=False
        )
        self.pdf.set_text_shaping(True)
        self._unknown = dict.fromkeys(fonts.unknown, _PLACE)

    @property
    def y(self) -> float:
        return float(self.pdf.get_y())

    @y.setter
    def y(self, value: float) -> None:
        self.pdf.set_xy(LEFT, value)

    def new_page(self) -> None:
        self.pdf.add_page()
        self.pdf.set_fill_color(*self.tone)
        self.pdf.rect(0, 0, BAND, HIGH, style="F")
        self.y = TOP

    def text(
        self,
        written: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        colour: tuple[int, int, int] = INK,
        x: float = LEFT,
        wide: float = WIDE - LEFT - RIGHT,
        after: float = 0.0,
        spaced: float = 0.0,
        align: Align = Align.L,
        leading: float = _LEADING,
    ) -> None:
        """Set a text; nothing in it is read as markup or as a link."""
        self.font(size, bold=bold, italic=italic)
        self.pdf.set_text_color(*colour)
        self.pdf.set_char_spacing(spaced)
        self.pdf.set_x(x)
        self.pdf.multi_cell(
            wide,
            size * _POINT * leading,
            self._settable(written),
            align=align,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
            wrapmode=WrapMode.WORD,
        )
        self.pdf.set_char_spacing(0)
        self.y += after

    def font(self, size: float, *, bold: bool = False, italic: bool = False) -> None:
        style = TextEmphasis.B if bold else TextEmphasis.I if italic else TextEmphasis.NONE
        self.pdf.set_font(MAIN, style, size)
        # said anew for every text: after letters of another font, or on a page that is gone back to, the font
        # that the library takes to be set is not the one that a viewer has
        self.pdf.current_font_is_set_on_page = False

    def height(
        self, written: str, size: float, *, bold: bool = False, wide: float, leading: float = _LEADING
    ) -> float:
        """Of a text as it would be set."""
        self.font(size, bold=bold)
        found = self.pdf.multi_cell(
            wide,
            size * _POINT * leading,
            self._settable(written),
            dry_run=True,
            output="HEIGHT",
            wrapmode=WrapMode.WORD,
        )
        assert isinstance(found, float | int)
        return float(found)

    def _settable(self, written: str) -> str:
        """With a mark for each letter that no font has; of many in a row, some."""
        return with_letters(written.translate(self._unknown))

    def rule(self, *, after: float = 4.0) -> None:
        self.pdf.set_draw_color(*LINE)
        self.pdf.set_line_width(0.25)
        self.pdf.line(LEFT, self.y, WIDE - RIGHT, self.y)
        self.y += after

    @contextmanager
    def column(self, x: float) -> Iterator[None]:
        """Set at another left margin, and come back to where this began."""
        top = self.y
        self.pdf.set_left_margin(x)
        try:
            yield
        finally:
            self.pdf.set_left_margin(LEFT)
            self.y = top

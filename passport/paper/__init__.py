"""Credentials as files to print and to pass on: PDF, pictures, pages. Needs fonts and a library for PDF.

write_pdf        a certificate for a wall or a folder, with the signed credential attached
badge_picture    the badge as PNG or SVG
save_as          a credential as any of the files that people ask for
write_cards      cards to cut out, each with one credential in one code
write_report     a text of several sheets, such as a check-up
"""

from passport.baking.kinds import SaveAs, Saved
from passport.paper.card import Card, card_of, write_cards
from passport.paper.fonts import Fonts
from passport.paper.pdf import write_pdf
from passport.paper.picture import badge_picture
from passport.paper.report import PaperReport, Section, write_report
from passport.paper.saving import save_as

__all__ = [
    "Card",
    "Fonts",
    "PaperReport",
    "SaveAs",
    "Saved",
    "Section",
    "badge_picture",
    "card_of",
    "save_as",
    "write_cards",
    "write_pdf",
    "write_report",
]

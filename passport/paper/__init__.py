"""Credentials as files to print and to pass on: PDF, pictures, pages. Needs fonts and a library for PDF.

write_pdf        a certificate for a wall or a folder, with the signed credential attached
badge_picture    the badge as PNG or SVG
save_as          a credential as any of the files that people ask for
"""

from passport.baking.kinds import SaveAs
from passport.paper.fonts import Fonts
from passport.paper.pdf import write_pdf
from passport.paper.picture import badge_picture
from passport.paper.saving import Saved, save_as

__all__ = ["Fonts", "SaveAs", "Saved", "badge_picture", "save_as", "write_pdf"]

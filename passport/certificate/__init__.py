"""A credential as people read it: a picture of the badge, a page, and what stands on paper. Pure.

    certificate_of   what it says, in somebody's language
    file_stem        the name of its file
    draw_badge       the picture of a badge that has none of its own
    write_page       one HTML file with the credential inside

Nothing here is verified: a certificate says what was signed, and whoever reads it checks what is inside.
"""

from passport.certificate.content import Certificate, certificate_of
from passport.certificate.drawing import draw_badge
from passport.certificate.naming import file_stem
from passport.certificate.page import write_page

__all__ = ["Certificate", "certificate_of", "draw_badge", "file_stem", "write_page"]

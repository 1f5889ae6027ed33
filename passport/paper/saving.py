"""A credential as any of the files that people ask for."""

from passport.baking import bake, for_a_file
from passport.baking.kinds import MEDIA_TYPES, SaveAs, Saved
from passport.certificate import certificate_of, write_page
from passport.credentials import Form
from passport.paper.pdf import write_pdf
from passport.paper.picture import badge_picture
from passport.texts import Language

FORM_OF = {SaveAs.JSON: Form.LDP_VC, SaveAs.JWT: Form.JWT_VC, SaveAs.SD_JWT: Form.VC_SD_JWT}
"""The form that a file is; the others carry whatever form there is."""


def save_as(
    kind: SaveAs,
    source: bytes,
    language: Language,
    *,
    name: str,
    picture: bytes | None = None,
    holder: str = "",
) -> Saved:
    """Write one credential as one file.

    Args:
        kind: which file. JSON, JWT and SD-JWT are the source as it is: the caller chose its form.
        source: the signed credential.
        language: of the words around it, on paper and on the page.
        name: of the file, without its ending.
        picture: the organisation's own, PNG or SVG; without, one is drawn.
        holder: a name that is printed on a PDF whose credential has none.

    Raises:
        CredentialNotForPictures: a form that only its holder should have goes into no other file.
        Invalid: it can't be read.
    """
    if kind in FORM_OF:
        return Saved(f"{name}.{kind}", MEDIA_TYPES[kind], source)
    text = for_a_file(source)
    certificate = certificate_of(text, language, holder=holder if kind is SaveAs.PDF else "")
    drawn = (certificate.title, certificate.issuer, certificate.issuer_id)
    own = picture or b""
    if kind is SaveAs.PNG:
        data = bake(own if _is_png(own) else badge_picture(*drawn), text)
    elif kind is SaveAs.SVG:
        data = bake(own if own and not _is_png(own) else badge_picture(*drawn, svg=True), text)
    elif kind is SaveAs.HTML:
        data = write_page(certificate, own or badge_picture(*drawn, svg=True))
    else:
        own_name = bool(certificate.holder) and not certificate_of(text, language).holder
        data = write_pdf(certificate, own if _is_png(own) else badge_picture(*drawn), by_holder=own_name)
    return Saved(f"{name}.{kind}", MEDIA_TYPES[kind], data)


def _is_png(picture: bytes) -> bool:
    return picture.startswith(b"\x89PNG")

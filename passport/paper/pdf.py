"""A certificate on A4 (PDF/A-3b, ISO 19005-3): for a wall, for a folder, and for a machine.

The first sheet is the certificate, the second its details; the signed credential is attached to the file and,
where it fits, stands on paper as QR codes. Nothing in the file is a link, a form or a script.
"""

import io
from typing import Final

from passport.certificate.content import Certificate
from passport.certificate.palette import palette_of
from passport.credentials import Form
from passport.errors.qr_text import DocumentTooLargeForQr
from passport.paper.details import write_codes, write_details
from passport.paper.fonts import fonts_for
from passport.paper.front import CODES_IN_FRONT, write_front
from passport.paper.sheet import HIGH, LEFT, QUIET, RIGHT, WIDE, Sheet
from passport.qr_text import pack

_MOST_CODES: Final = 12
"""On paper: one sheet. A credential that takes more is checked by its file."""
_ENDINGS = {Form.LDP_VC: "json", Form.JWT_VC: "jwt", Form.VC_SD_JWT: "sdjwt", Form.DC_SD_JWT: "sdjwt"}


def write_pdf(certificate: Certificate, picture: bytes, *, by_holder: bool = False) -> bytes:
    """The file.

    Args:
        certificate: what it says.
        picture: the badge, as PNG.
        by_holder: the name on it was filled in by the holder; the certificate says so.
    """
    frames = _frames(certificate.source)
    fonts = fonts_for(_all_text(certificate))
    sheet = Sheet(fonts, palette_of(certificate.issuer_id), language=str(certificate.language))
    describe(sheet, certificate)
    in_front = frames if len(frames) <= CODES_IN_FRONT else ()
    write_front(sheet, certificate, picture, in_front, later=len(frames), by_holder=by_holder)
    write_details(sheet, certificate, attached=attached_name(certificate), missing=bool(fonts.unknown))
    if len(frames) > CODES_IN_FRONT:
        write_codes(sheet, certificate, frames)
    number_pages(sheet, certificate)
    written = io.BytesIO()
    sheet.pdf.output(written)
    return written.getvalue()


def describe(sheet: Sheet, certificate: Certificate) -> None:
    """What a program reads of the file, and the credential inside."""
    pdf = sheet.pdf
    pdf.set_title(f"{certificate.title}, {certificate.issuer}")
    pdf.set_author(certificate.issuer)
    pdf.set_subject(certificate.kind)
    pdf.set_producer("skills-passport")
    pdf.set_creation_date(certificate.awarded_at)
    pdf.embed_file(
        bytes=certificate.source,
        basename=attached_name(certificate),
        mime_type=certificate.media_type,
        modification_date=certificate.awarded_at,
        associated_file_relationship="Data",
        desc="The signed credential",
        checksum=True,
    )


def attached_name(certificate: Certificate) -> str:
    return f"credential.{_ENDINGS[certificate.form]}"


def number_pages(sheet: Sheet, certificate: Certificate) -> None:
    pdf = sheet.pdf
    pages = pdf.pages_count
    for page in range(1, pages + 1):
        pdf.page = page
        sheet.y = HIGH - 12
        sheet.text(
            f"{certificate.number}   ·   {certificate.say('page-of', page=page, pages=pages)}".strip(" ·"),
            7,
            colour=QUIET,
            wide=WIDE - LEFT - RIGHT,
        )


def _frames(source: bytes) -> tuple[str, ...]:
    try:
        frames = pack(source)
    except DocumentTooLargeForQr:
        return ()
    return frames if len(frames) <= _MOST_CODES else ()


def _all_text(certificate: Certificate) -> str:
    lines = (*certificate.skills, *certificate.results, *certificate.proven)
    parts = [certificate.title, certificate.issuer, certificate.holder, certificate.description]
    parts += [certificate.criteria, certificate.narrative, certificate.license_number]
    parts += [each.text + each.small for each in lines]
    return "".join(parts)

"""Files of a credential that a phone makes: as it was signed, as a picture (SVG, PNG) and as a page (HTML).

The browser turns the drawing into points (src/drawing.js). What takes a library for paper is for the wallet
on a computer; a page can be printed, and so becomes a PDF on the phone as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from passport.baking import bake, for_a_file
from passport.baking.kinds import MEDIA_TYPES, SaveAs, Saved
from passport.certificate import certificate_of, draw_badge, write_page
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp
from wallet.errors_device import NotOnThisDevice, PdfNotOnThisDevice
from wallet.phone.host import Bridge
from wallet.views.checkup import Report
from wallet.views.rendering import Renderer

_DRAWN = frozenset({SaveAs.SVG, SaveAs.PNG, SaveAs.HTML})
_SIDE = 512


@dataclass(frozen=True, slots=True)
class PhonePapers:
    """Implements wallet.desk.tools.Papers."""

    bridge: Bridge = field(repr=False)

    def save_as(
        self, kind: SaveAs, source: bytes, language: Language, *, name: str, holder: str = ""
    ) -> Saved:
        """Raises PdfNotOnThisDevice, NotOnThisDevice; and as passport.paper.save_as."""
        del holder  # is printed on a PDF
        if kind is SaveAs.PDF:
            raise PdfNotOnThisDevice
        return Saved(
            f"{name}.{kind}",
            MEDIA_TYPES[kind],
            self._drawn(kind, source, language) if kind in _DRAWN else source,
        )

    def card(self, _sources: Sequence[bytes], _language: Language, *, holder: str) -> bytes:
        """Raises NotOnThisDevice."""
        del holder
        raise NotOnThisDevice

    def check_up(self, _renderer: Renderer, _language: Language, _one: KeptCheckUp, _report: Report) -> Saved:
        """Raises NotOnThisDevice."""
        raise NotOnThisDevice

    def _drawn(self, kind: SaveAs, source: bytes, language: Language) -> bytes:
        """Raises CredentialNotForPictures, Invalid, NotOnThisDevice."""
        text = for_a_file(source)
        certificate = certificate_of(text, language)
        picture = draw_badge(certificate.title, certificate.issuer, certificate.issuer_id)
        if kind is SaveAs.HTML:
            return write_page(certificate, picture)
        return bake(picture if kind is SaveAs.SVG else self._in_points(picture), text)

    def _in_points(self, picture: bytes) -> bytes:
        """A PNG. Raises NotOnThisDevice: this browser draws none."""
        sized = picture.replace(b"<svg ", b'<svg width="%d" height="%d" ' % (_SIDE, _SIDE), 1)
        answered, points = self.bridge.ask("pictures.draw", sized, side=_SIDE)
        if not answered["made"]:
            raise NotOnThisDevice
        return points

"""Files of a credential that a phone makes: as it was signed, as a drawn picture (SVG) and as a page (HTML).

What takes a library for points or for paper is for the wallet on a computer.
"""

from collections.abc import Sequence

from passport.baking import bake, for_a_file
from passport.baking.kinds import MEDIA_TYPES, SaveAs, Saved
from passport.certificate import certificate_of, draw_badge, write_page
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp
from wallet.errors_device import NotOnThisDevice
from wallet.views.checkup import Report
from wallet.views.rendering import Renderer

_NOT_HERE = frozenset({SaveAs.PDF, SaveAs.PNG})
_DRAWN = frozenset({SaveAs.SVG, SaveAs.HTML})


class PhonePapers:
    """Implements wallet.desk.tools.Papers."""

    def save_as(
        self, kind: SaveAs, source: bytes, language: Language, *, name: str, holder: str = ""
    ) -> Saved:
        """Raises NotOnThisDevice; and as passport.paper.save_as."""
        del holder  # is printed on a PDF
        if kind in _NOT_HERE:
            raise NotOnThisDevice
        return Saved(
            f"{name}.{kind}",
            MEDIA_TYPES[kind],
            _drawn(kind, source, language) if kind in _DRAWN else source,
        )

    def card(self, _sources: Sequence[bytes], _language: Language, *, holder: str) -> bytes:
        """Raises NotOnThisDevice."""
        del holder
        raise NotOnThisDevice

    def check_up(self, _renderer: Renderer, _language: Language, _one: KeptCheckUp, _report: Report) -> Saved:
        """Raises NotOnThisDevice."""
        raise NotOnThisDevice


def _drawn(kind: SaveAs, source: bytes, language: Language) -> bytes:
    """Raises CredentialNotForPictures, Invalid."""
    text = for_a_file(source)
    certificate = certificate_of(text, language)
    picture = draw_badge(certificate.title, certificate.issuer, certificate.issuer_id)
    return bake(picture, text) if kind is SaveAs.SVG else write_page(certificate, picture)

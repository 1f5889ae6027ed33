"""What a desktop has for pictures, paper and backups. Each library is loaded when it is first used."""

from collections.abc import Sequence

from passport.badge_files import Reading
from passport.baking.kinds import SaveAs, Saved
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp
from wallet.desk.tools import Tools
from wallet.desktop.backup import Age
from wallet.views.checkup import Report
from wallet.views.rendering import Renderer


class Pictures:
    """Pillow, qrcode and ZXing."""

    def draw_png(self, text: str) -> bytes:
        from passport.pictures.qr import draw_png

        return draw_png(text)

    def draw_loop(self, texts: tuple[str, ...]) -> bytes:
        from passport.pictures.qr import draw_loop

        return draw_loop(texts)

    def reading(self, pictures: int) -> Reading:
        from passport.pictures.qr import Reading

        return Reading(pictures)


class Papers:
    """passport.paper."""

    def save_as(
        self, kind: SaveAs, source: bytes, language: Language, *, name: str, holder: str = ""
    ) -> Saved:
        from passport.paper import save_as

        return save_as(kind, source, language, name=name, holder=holder)

    def card(self, sources: Sequence[bytes], language: Language, *, holder: str) -> bytes:
        from passport.paper import card_of, write_cards

        return write_cards([card_of(tuple(sources), language, holder=holder)], language)

    def check_up(self, renderer: Renderer, language: Language, one: KeptCheckUp, report: Report) -> Saved:
        from wallet.desktop.checkup_paper import check_up_paper

        return check_up_paper(renderer, language, one, report)


class Photos:
    """Pillow."""

    def small_enough(self, name: str, data: bytes) -> tuple[str, bytes]:
        from wallet.desktop.photo_size import small_enough

        return small_enough(name, data)


TOOLS = Tools(pictures=Pictures(), papers=Papers(), photos=Photos(), age=Age())

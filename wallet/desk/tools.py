"""What a host has for pictures, paper and backups. A host that lacks one of them says so to the person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from passport.badge_files import Reading
from passport.baking.kinds import SaveAs, Saved
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp
from wallet.errors_device import NotOnThisDevice
from wallet.views.checkup import Report
from wallet.views.rendering import Renderer


class Pictures(Protocol):
    """QR codes, out and in."""

    def draw_png(self, text: str) -> bytes:
        """A PNG of one code; raises TooLarge."""
        ...

    def draw_loop(self, texts: tuple[str, ...]) -> bytes:
        """A GIF that shows the codes one after another for ever; raises TooLarge."""
        ...

    def reading(self, pictures: int, /) -> Reading:
        """Looks for codes in so many pictures, which together may cost so much."""
        ...


class Papers(Protocol):
    """Files to print and to pass on."""

    def save_as(
        self, kind: SaveAs, source: bytes, language: Language, *, name: str, holder: str = ""
    ) -> Saved:
        """One credential as one file; raises CredentialNotForPictures, Invalid."""
        ...

    def card(self, sources: Sequence[bytes], language: Language, *, holder: str) -> bytes:
        """A card to cut out, as PDF; raises CardTooLarge."""
        ...

    def check_up(self, renderer: Renderer, language: Language, one: KeptCheckUp, report: Report) -> Saved:
        """A check-up as PDF, for a talk."""
        ...


class Photos(Protocol):
    """Photos of a phone."""

    def small_enough(self, name: str, data: bytes) -> tuple[str, bytes]:
        """A photo that is too large to send comes back smaller, the right way up; the rest as it is.

        Raises:
            EvidenceFileKind, PhotoNotRead, EvidenceFileTooLarge
        """
        ...


class AgeFiles(Protocol):
    """age's passphrase format (C2SP age, scrypt recipient)."""

    def seal(self, content: bytes, passphrase: str) -> bytes: ...

    def open(self, data: bytes, passphrase: str) -> bytes:
        """Raises WrongBackupPassphrase, TooBusyForBackup."""
        ...


class Lacking:
    """Each of them where the host has none, and its `passport.x509.Certificates`."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        """Raises NotOnThisDevice."""
        raise NotOnThisDevice

    draw_png = draw_loop = texts = save_as = card = check_up = small_enough = seal = open = verify = _refuse

    def reading(self, _pictures: int) -> Reading:
        return self


LACKING = Lacking()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What this host has."""

    pictures: Pictures = field(default=LACKING)
    papers: Papers = field(default=LACKING)
    photos: Photos = field(default=LACKING)
    age: AgeFiles = field(default=LACKING)

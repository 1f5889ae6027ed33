"""Wrong passphrases are noted in `unlock.json` beside the vault."""

from dataclasses import dataclass
from pathlib import Path

from passport.clock import Clock
from wallet.desk import throttle
from wallet.desktop.vault_file import replace_file


@dataclass(frozen=True, slots=True)
class _File:
    path: Path

    def read(self) -> str | None:
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def write(self, text: str | None) -> None:
        if text is None:
            self.path.unlink(missing_ok=True)
        else:
            replace_file(self.path, text.encode("utf-8"))


class UnlockThrottle(throttle.UnlockThrottle):
    """Counts the wrong passphrases of one folder."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(_File(folder / "unlock.json"), clock)

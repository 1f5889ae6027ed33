"""What the wallet's commands share: the folder, the passphrase, the open wallet, the language."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from passport import terminal
from passport.answers import Answer, Reason
from passport.terminal import read_file
from passport.texts import Language
from wallet.core.wallet import Wallet
from wallet.desktop.desk import Desk
from wallet.desktop.settings import HOME_VARIABLE, PASSPHRASE_FILE_VARIABLE, WalletSettings, default_folder
from wallet.errors import PassphraseNotGiven, PassphrasesDiffer
from wallet.views.rendering import Renderer

app = typer.Typer(no_args_is_help=True, help="A worker's wallet on this computer.")

Folder = Annotated[
    Path | None, typer.Option("--wallet", envvar=HOME_VARIABLE, help="The folder that holds the wallet.")
]
Loopback = Annotated[
    bool,
    typer.Option(
        "--allow-loopback", envvar="PASSPORT_ALLOW_LOOPBACK", help="Development: fetch from this machine."
    ),
]
In = terminal.InLanguage


_PASSPHRASE_FILE = 4_096
SPOKEN = terminal.SPOKEN


def passphrase(question: str = "Passphrase: ") -> str:
    """From the file that PASSPORT_WALLET_PASSPHRASE_FILE names, else asked for.

    Raises:
        PassphraseNotGiven: nobody is there to ask.
    """
    named = os.environ.get(PASSPHRASE_FILE_VARIABLE)
    if named:
        return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
    if not sys.stdin.isatty():
        raise PassphraseNotGiven
    return getpass.getpass(question)


def new_passphrase(question: str) -> str:
    """The same, asked twice: it is typed unseen, and a slip of the finger would shut its owner out.

    Raises:
        PassphraseNotGiven, PassphrasesDiffer
    """
    chosen = passphrase(question)
    if not os.environ.get(PASSPHRASE_FILE_VARIABLE) and passphrase("Once more: ") != chosen:
        raise PassphrasesDiffer
    return chosen


def of_file(file: Path) -> str:
    """A passphrase that stands in a file, without the end of its line."""
    return read_file(file, _PASSPHRASE_FILE).decode("utf-8", "replace").rstrip("\r\n")


def desk_for(folder: Path | None, *, allow_loopback: bool = False, port: int = 0) -> Desk:
    desk = Desk(WalletSettings(folder or default_folder(), port=port, allow_loopback=allow_loopback))
    desk.outside.language = SPOKEN
    return desk


@contextmanager
def opened(folder: Path | None, *, allow_loopback: bool = False) -> Iterator[tuple[Desk, Wallet]]:
    """The wallet, open for one command and held against other programs."""
    desk = desk_for(folder, allow_loopback=allow_loopback)
    try:
        desk.unlock(passphrase())
        with desk.wallet() as wallet:
            yield desk, wallet
    finally:
        desk.close()


class Speaker:
    """Says reasons in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._renderer = Renderer(stylesheet="")

    def __call__(self, reason: Reason) -> str:
        return self._renderer.reason(reason, self.language)

    def sentence(self, code: str) -> str:
        return self._renderer.say(code, self.language)


MARKS = {Answer.YES: "✓", Answer.NO: "✕", Answer.CANNOT_TELL: "?"}

"""What the wallet's commands share: the folder, the passphrase, the open wallet, the language."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from passport import terminal
from passport.answers import Answer, Reason
from passport.errors import PassportError
from passport.terminal import console, language_of, read_file
from passport.texts import Catalogue, Language
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


@cache
def _commands() -> Catalogue:
    return Catalogue(files("wallet.desktop") / "texts")


def passphrase(question: str = "") -> str:
    """From the file that PASSPORT_WALLET_PASSPHRASE_FILE names, else asked for.

    Raises:
        PassphraseNotGiven: nobody is there to ask.
    """
    named = os.environ.get(PASSPHRASE_FILE_VARIABLE)
    if named:
        return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
    if not sys.stdin.isatty():
        raise PassphraseNotGiven
    return getpass.getpass(f"{question or _asked('cmd-passphrase')} ")


def _asked(code: str) -> str:
    """A question in the language of the command that runs, for what is asked before it says anything."""
    named = language_of(sys.argv[1:], os.environ)
    return _commands().say(code, named)


def new_passphrase(question: str) -> str:
    """The same, asked twice: it is typed unseen, and a slip of the finger would shut its owner out.

    Raises:
        PassphraseNotGiven, PassphrasesDiffer
    """
    chosen = passphrase(question)
    if not os.environ.get(PASSPHRASE_FILE_VARIABLE) and passphrase(_asked("cmd-passphrase-again")) != chosen:
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
    """Says reasons, and what only commands say, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._renderer: Renderer | None = None

    def __call__(self, reason: Reason) -> str:
        return self._pages.reason(reason, self.language)

    def sentence(self, code: str) -> str:
        return self._pages.say(code, self.language)

    def refusal(self, error: PassportError) -> str:
        return self._pages.error(error, self.language)

    def told(self, code: str, **values: str | int) -> str:
        """A sentence that stands on no page."""
        return _commands().say(code, self.language, values)

    @property
    def _pages(self) -> Renderer:
        if self._renderer is None:
            self._renderer = Renderer(stylesheet="")
        return self._renderer


def show_words(words: str, say: Speaker) -> None:
    """Recovery words with their numbers, four in a line, and what to do with them."""
    each = words.split()
    console.print(f"\n{say.told('cmd-words', count=len(each))}\n")
    for start in range(0, len(each), 4):
        console.print("  " + "  ".join(f"{at + 1:2}. {each[at]:9}" for at in range(start, start + 4)))


MARKS = {Answer.YES: "✓", Answer.NO: "✕", Answer.CANNOT_TELL: "?"}

"""`passport wallet passphrase`: choose a new passphrase, also when the old one is forgotten."""

from pathlib import Path
from typing import Annotated

import typer

from passport.terminal import AsJson, console, emit, read_file
from wallet.core.recovery import RecoveryKey
from wallet.desktop.cli_base import (
    SPOKEN,
    Folder,
    In,
    Speaker,
    app,
    desk_for,
    new_passphrase,
    of_file,
    passphrase,
)

_WORDS = 1_024


@app.command("passphrase")
def change_passphrase(
    *,
    words: Annotated[
        Path | None,
        typer.Option(
            "--recovery-words",
            exists=True,
            dir_okay=False,
            help="You forgot the old one: a file with your 24 recovery words.",
        ),
    ] = None,
    new: Annotated[
        Path | None,
        typer.Option("--new", exists=True, dir_okay=False, help="A file with the new one; else it is asked."),
    ] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Choose a new passphrase. Backups that were made before keep the one they have."""
    say, desk = Speaker(language), desk_for(folder)
    try:
        old = "" if words else passphrase(say.told("cmd-passphrase-old"))
        if words is None:
            desk.unlock(old)
        else:
            desk.unlock(RecoveryKey.from_words(read_file(words, _WORDS).decode("utf-8", "replace")))
        chosen = of_file(new) if new else new_passphrase(say.told("cmd-passphrase-new"))
        desk.change_passphrase(chosen, old=old)
    finally:
        desk.close()
    emit({"changed": True}, as_json=as_json, show=lambda: console.print(say.told("cmd-passphrase-changed")))

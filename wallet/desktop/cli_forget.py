"""Commands that forget for good, and new recovery words."""

from typing import Annotated

import typer

from passport.answers import Reason
from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, app, desk_for, opened, passphrase, show_words
from wallet.errors import NothingChosen
from wallet.errors_leaving import NotConfirmed

Day = Annotated[str, typer.Option(help="A day, as 2027-03-01.")]


@app.command()
def forget(
    credential: Annotated[str | None, typer.Argument(help="An id, or its beginning (see list).")] = None,
    *,
    evidence: Annotated[str | None, typer.Option(help="The id of an evidence file instead.")] = None,
    journal: Annotated[bool, typer.Option("--journal", help="Lines of the journal instead.")] = False,
    since: Day = "",
    until: Day = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Forget one credential, one file, or a part of the journal. It is gone at once, and stays gone."""
    from datetime import timedelta

    from wallet.core import forget as forgetting
    from wallet.desk.days import read_day
    from wallet.desktop.cli_named import credentials_named

    with opened(folder) as (_, wallet):
        if credential is not None:
            [named] = credentials_named(wallet, [credential])
            gone = forgetting.forget(wallet, named)
        elif evidence is not None:
            gone = forgetting.forget_file(wallet, evidence)
        elif journal:
            last = read_day(until)
            after = None if last is None else last + timedelta(days=1)
            gone = forgetting.forget_journal(wallet, read_day(since), after)
        else:
            raise NothingChosen
    emit(
        {"forgotten": sorted(kind for kind, _ in gone)},
        as_json=as_json,
        show=lambda: console.print(Speaker(language)(Reason("forgotten-count", {"count": len(gone)}))),
    )


@app.command()
def destroy(
    *,
    yes: Annotated[bool, typer.Option("--yes", help="It can't be put back.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Remove the whole wallet from this computer. Backups elsewhere stay: remove those yourself."""
    if not yes:
        raise NotConfirmed
    desk = desk_for(folder)
    try:
        desk.unlock(passphrase())
        desk.destroy()
    finally:
        desk.close()
    emit({"destroyed": True}, as_json=as_json, show=lambda: console.print(Speaker(language).told("cmd-gone")))


@app.command("recovery-words")
def recovery_words(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Make new recovery words; the old ones open nothing any more. They are shown this once."""
    secret = passphrase()
    say, desk = Speaker(language), desk_for(folder)
    try:
        desk.unlock(secret)
        words = desk.new_words(secret).words()
    finally:
        desk.close()

    def show() -> None:
        show_words(words, say)

    emit({"recoveryWords": words}, as_json=as_json, show=show)

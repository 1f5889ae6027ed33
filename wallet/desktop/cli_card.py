"""`passport wallet card`: a credential as a card to print (way E)."""

from pathlib import Path
from typing import Annotated

import typer

from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, app, opened
from wallet.desktop.vault_file import replace_file


@app.command()
def card(
    credential: Annotated[str, typer.Argument(help="Its id, or the beginning, as `list` shows it.")],
    out: Annotated[Path, typer.Argument(help="The PDF file to write.", dir_okay=False)],
    *,
    skill: Annotated[list[str] | None, typer.Option(help="Only this skill; give it once for each.")] = None,
    name: Annotated[str, typer.Option(help="A name to print on it.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Make a card with the credential in one code, to print, cut out and carry. It proves no identity."""
    from wallet.desk.cards import card as make
    from wallet.desktop.cli_named import credentials_named
    from wallet.desktop.tools import Papers

    with opened(folder) as (_, wallet):
        [named] = credentials_named(wallet, [credential])
        made = make(Papers(), wallet, named, language, skills=skill, holder=name)
    replace_file(out, made.data)
    said = {"written": str(out), "bytes": len(made.data)}
    emit(said, as_json=as_json, show=lambda: console.print(str(out)))

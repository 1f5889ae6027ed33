"""`passport taxonomy search`, beside the other commands of `matching.cli_taxonomy`; no network."""

from typing import Annotated

import typer

from matching.bundle import load_bundle
from matching.cli_match import Top
from matching.cli_taxonomy import taxonomy
from matching.search import Table, search
from matching.shown import found_json, show_found
from passport.terminal import SPOKEN, AsJson, InLanguage, emit

__all__ = ["taxonomy"]


@taxonomy.command("search")
def search_command(
    text: Annotated[str, typer.Argument(help="Words; typing errors are forgiven.")],
    table: Annotated[Table, typer.Option("--in", help="Where to look.")] = Table.SKILLS,
    language: InLanguage = SPOKEN,
    top: Top = 10,
    *,
    as_json: AsJson = False,
) -> None:
    """Find skills or occupations by words."""
    found = search(load_bundle(), table, text, language, top=top)

    emit([found_json(one) for one in found], as_json=as_json, show=lambda: show_found(found))

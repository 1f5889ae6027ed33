"""`passport wallet taxonomy`: what the renewed list of occupations means for you, and whether you use it."""

from typing import Annotated

import typer

from passport.terminal import AsJson, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, app, opened


@app.command()
def taxonomy(
    *,
    seen: Annotated[bool, typer.Option("--seen", help="Do not bring this up again.")] = False,
    take: Annotated[
        bool, typer.Option("--take", help="Count with the newer list that `sets` fetched.")
    ] = False,
    publisher: Annotated[str, typer.Option(help="With --take: the DID that you expect to have signed.")] = "",
    shipped: Annotated[bool, typer.Option("--shipped", help="Back to the program's own list.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """What changed in the list of occupations, or would change with a newer one, and how your places move."""
    from matching.cli_diff import show_personal
    from wallet.core.taxonomy_in_use import use_shipped
    from wallet.core.taxonomy_summary import taxonomy_json, told_upgrade
    from wallet.core.taxonomy_upgrade import keep_release_seen, take_offer

    if take and shipped:
        raise typer.BadParameter("give --take or --shipped, not both")
    with opened(folder) as (desk, wallet):
        if take:
            take_offer(wallet, publisher or None)
        if shipped:
            use_shipped(wallet)
        found = told_upgrade(wallet, desk.taxonomy, language)
        if seen:
            keep_release_seen(wallet, desk.taxonomy)
        value = taxonomy_json(wallet, desk.taxonomy, language)
    emit(value, as_json=as_json, show=lambda: show_personal(found, language))

"""`passport wallet taxonomy`: what the renewed list of occupations means for you."""

from typing import Annotated

import typer

from passport.terminal import AsJson, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, app, opened


@app.command()
def taxonomy(
    *,
    seen: Annotated[bool, typer.Option("--seen", help="Do not bring this up again.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """What changed in the list of occupations and skills, and how your places moved."""
    from matching.cli_diff import show_personal
    from matching.upgrade.summary import personal_json
    from wallet.core.taxonomy_upgrade import keep_release_seen, upgrade_of, upgrade_untold

    with opened(folder) as (desk, wallet):
        found = upgrade_of(wallet, desk.taxonomy, language=str(language))
        if seen:
            keep_release_seen(wallet, desk.taxonomy)
        value = {"untold": upgrade_untold(wallet, desk.taxonomy), **personal_json(found, language)}
    emit(value, as_json=as_json, show=lambda: show_personal(found, language))

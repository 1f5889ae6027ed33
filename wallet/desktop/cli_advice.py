"""`passport wallet intake advice`: who looked along and what they did, and what they proposed.

A visit itself is at the pages, which shut everything else while it goes on; a command has no such door.
"""

from typing import Annotated

import typer

from passport.answers import Reason
from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, opened
from wallet.desktop.cli_intake import intake_app
from wallet.desktop.cli_named import one_named

_Named = typer.Option(help="A proposal: its id or the beginning of it; may be repeated.")


@intake_app.command()
def advice(
    *,
    accept: Annotated[list[str] | None, _Named] = None,
    refuse: Annotated[list[str] | None, _Named] = None,
    level: Annotated[
        int | None, typer.Option(min=1, max=5, help="How well you can do what you accept.")
    ] = None,
    forget: Annotated[str, typer.Option(help="Forget a visit with its log and proposals.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Show visits of advisers with their logs, and decide on what they proposed."""
    from wallet.core import advice as kept
    from wallet.core.advice_summary import advice_json

    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        known = [one.id for one in kept.proposals(wallet)]
        for each in accept or ():
            kept.decide(wallet, one_named(each, known), desk.taxonomy, accept=True, level=level)
        for each in refuse or ():
            kept.decide(wallet, one_named(each, known), desk.taxonomy, accept=False)
        if forget:
            kept.forget_visit(wallet, one_named(forget, [one.id for one in kept.visits(wallet)]))
        found = advice_json(wallet, desk.taxonomy, str(language))

    def tell() -> None:
        for one in found["visits"]:
            console.print(f"{one['id'][:8]}  {one['name']}  {one['since'][:16]} - {one['until'][:16]}")
            for look in one["looked"]:
                console.print(f"          {look['at'][:16]}  {say(Reason('sees-' + look['what']))}")
        for one in found["proposals"]:
            state = "advice-waiting" if one["state"] == "waiting" else f"advice-state-{one['state']}"
            told = f"{one['label']} {one['words']}".strip()
            console.print(f"{one['id'][:8]}  {one['adviser']}: {told} ({say.sentence(state)})")
        if not (found["visits"] or found["proposals"]):
            console.print(say.sentence("past-list-empty"))

    emit(found, as_json=as_json, show=tell)

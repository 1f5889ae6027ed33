"""`passport wallet share`, `shares`, `unshare`: links for whoever has them (way D)."""

from typing import Annotated

import typer

from passport.terminal import AsJson, console, emit
from wallet.core.sharing import TIMES
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.own_time import on_the_terminal

_DAYS = ", ".join(map(str, TIMES))


@app.command()
def share(
    credentials: Annotated[list[str], typer.Argument(help="Ids, or their beginnings, as `list` shows them.")],
    *,
    hide: Annotated[
        list[str] | None, typer.Option(help='A skill to leave out, as "credential skill": ids of both.')
    ] = None,
    host: Annotated[
        str,
        typer.Option(help="Where the link goes; else where the last went, else PASSPORT_WALLET_LINKS_HOST."),
    ] = "",
    days: Annotated[int, typer.Option(help=f"How long the link works: {_DAYS}.")] = 14,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask: what is shared was looked at.")] = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Make a link with which anybody can read these credentials until it ends."""
    from wallet.core.claims_unread import claims_shown
    from wallet.core.present import left_over
    from wallet.core.sharing import look_at, shared_json
    from wallet.desk.sharing import known_host
    from wallet.desk.sharing import share as make
    from wallet.desktop.cli_named import credentials_named

    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        chosen = credentials_named(wallet, credentials)
        told = [each.partition(" ")[::2] for each in hide or ()]
        hidden = [f"{credentials_named(wallet, [record])[0]} {skill}" for record, skill in told]
        sharing = look_at(wallet, chosen, left_over(wallet, hidden))
        if not yes:
            for one in sharing.leaving:
                for claim in claims_shown(one):
                    console.print(f"{claim.code[6:]}: {claim.value}", soft_wrap=True)
            typer.confirm(Speaker(language).told("cmd-share-make"), abort=True, err=True)
        where = host.strip() or known_host(desk, wallet)
        made = make(desk, wallet, sharing, host=where, days=days, mark=sharing.mark)
        said = shared_json(made, wallet.now())
    emit(said, as_json=as_json, show=lambda: console.print(made.link.text, soft_wrap=True))


@app.command()
def shares(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """The links that you made: what is behind each and when it ends. Openings are not counted."""
    from wallet.core.sharing import shared_json, shared_links

    with opened(folder) as (_, wallet):
        found = [shared_json(one, wallet.now()) for one in shared_links(wallet)]
    say = Speaker(language)

    def show() -> None:
        for one in found:
            until = f"{say.sentence('share-until')} {on_the_terminal(one['until'])}"
            state = say.sentence("shared-ended") if one["ended"] else until
            count = say.told("cmd-credentials", count=len(one["credentials"]))
            console.print(f"{one['id']}  {one['host']}  {state}  {count}")

    emit({"links": found}, as_json=as_json, show=show)


@app.command()
def unshare(
    link: Annotated[str, typer.Argument(help="The link's id, as `shares` shows it.")],
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Take a link away now: what is behind it is deleted at its host."""
    from wallet.core.sharing import shared_links
    from wallet.desk.sharing import take_away
    from wallet.desktop.cli_named import one_named

    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        named = one_named(link, [one.id for one in shared_links(wallet)])
        take_away(desk, wallet, named)
    emit(
        {"gone": named},
        as_json=as_json,
        show=lambda: console.print(Speaker(language).sentence("shared-gone")),
    )

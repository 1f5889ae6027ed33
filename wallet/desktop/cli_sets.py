"""`passport wallet sets`: follow published sets, fetched whole, so that nobody learns what you look at."""

from typing import Annotated, Any

import typer

from passport.answers import Reason
from passport.terminal import AsJson, console, emit, one_line
from wallet.core.published_sets import followed, stop_following
from wallet.core.published_summary import followed_json
from wallet.core.wallet import Wallet
from wallet.desk.published import follow, take_again, update_all
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.errors_sets import NotFollowed

sets_app = typer.Typer(
    no_args_is_help=True, help="Published sets: follow an address, and fetch what changed."
)
app.add_typer(sets_app, name="sets")

Id = Annotated[str, typer.Argument(help="The id of an address, or its beginning, as `sets list` shows it.")]


@sets_app.command(name="follow")
def follow_(
    address: Annotated[str, typer.Argument(help="Where the sets are published.")],
    publisher: Annotated[
        list[str] | None, typer.Option("--publisher", help="DID that you expect to have signed.")
    ] = None,
    *,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Follow an address, and take over what is published there."""
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = followed_json(wallet, follow(desk.outside, wallet, address, publisher))
    emit(found, as_json=as_json, show=lambda: _show(found, Speaker(language)))


@sets_app.command(name="list")
def list_(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List what you follow, and how old it is."""
    with opened(folder) as (_, wallet):
        found = [followed_json(wallet, one) for one in followed(wallet)]

    def show() -> None:
        for one in found:
            _show(one, Speaker(language))
        if not found:
            console.print(Speaker(language).sentence("sets-none"))

    emit({"followed": found}, as_json=as_json, show=show)


@sets_app.command()
def update(
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Look at every address, and fetch what changed. Ends with 1 when one could not be had."""
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = [
            followed_json(wallet, one) | {"error": None if error is None else error.code}
            for one, error in update_all(desk.outside, wallet)
        ]

    def show() -> None:
        for one in found:
            _show(one, Speaker(language))

    emit({"followed": found}, as_json=as_json, show=show)
    if any(one["error"] for one in found):
        raise typer.Exit(1)


@sets_app.command()
def take(
    named: Id,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Take everything over again, also what you removed. The address is not asked."""
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = followed_json(wallet, take_again(desk.outside, wallet, _named(wallet, named)))
    emit(found, as_json=as_json, show=lambda: _show(found, Speaker(language)))


@sets_app.command()
def stop(named: Id, folder: Folder = None) -> None:
    """Stop following an address. What was taken over stays."""
    with opened(folder) as (_, wallet):
        stop_following(wallet, _named(wallet, named))


def _named(wallet: Wallet, beginning: str) -> str:
    """The one id that begins so, or the address itself; raises NotFollowed."""
    found = [
        one.record for one in followed(wallet) if one.record.startswith(beginning) or one.address == beginning
    ]
    if len(found) != 1 or not beginning:
        raise NotFollowed
    return found[0]


def _show(one: dict[str, Any], say: Speaker) -> None:
    console.print(f"{one['id'][:8]}  {one_line(one['publisher']['name'])}  {one_line(one['address'])}")
    ages = (("sets-age", one["daysOld"]), ("sets-looked", one["daysSinceChecked"]))
    said = [say(Reason(name if days else f"{name}-today", {"days": days})) for name, days in ages]
    console.print(f"  {' '.join(said)}")
    for each in one["sets"]:
        mark = "✕" if each["error"] or one.get("error") else "✓"
        console.print(f"  {mark} {say.sentence('sets-kind-' + each['kind'])}: {each['documents']}")
    if one.get("error"):
        console.print(f"  {say(Reason(one['error']))}")

"""`passport wallet market`: load a set of labour-market data, and read what it says of work."""

from pathlib import Path
from typing import Annotated

import typer

from matching.market.outlook import no_outlook
from matching.market.summary import market_json, outlook_json
from passport.answers import Reason
from passport.limits import PUBLISHED
from passport.terminal import AsJson, console, emit, one_line, read_file
from wallet.core.market_kept import (
    forget_market,
    keep_reach,
    market_record,
    markets,
    outlooks,
    outlooks_by_source,
)
from wallet.core.market_summary import state_json
from wallet.desk.market import take_example, take_market
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.cli_named import occupation_named
from wallet.errors_market import UnknownMarket

market_app = typer.Typer(no_args_is_help=True, help="Labour-market data: load a signed set, and read it.")
app.add_typer(market_app, name="market")


@market_app.command()
def load(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="A signed set.")] = None,
    *,
    example: Annotated[bool, typer.Option("--example", help="The made-up set, to look around.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    allow_loopback: Loopback = False,
    as_json: AsJson = False,
) -> None:
    """Load a set; an older one of its name gives way."""
    if (file is None) is not example:
        raise typer.BadParameter("give a file, or --example")
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = take_example(desk, wallet) if file is None else None
        if file is not None:
            found = take_market(desk, wallet, read_file(file, PUBLISHED.size))
    assert found is not None
    market, say = found.market, Speaker(language)

    def shown() -> None:
        console.print(say(Reason("market-about", {"publisher": one_line(market.publisher_name)})))
        console.print(market.publisher, soft_wrap=True)

    emit(market_json(market), as_json=as_json, show=shown)


@market_app.command()
def where(
    region: Annotated[str, typer.Argument(help="The code of a region; empty is everywhere.")],
    kilometres: Annotated[int, typer.Argument(help="How far around it.")] = 0,
    *,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Say where you want to work. It stays in the wallet."""
    with opened(folder) as (_, wallet):
        keep_reach(wallet, region, kilometres)
    emit(
        {"home": region, "kilometres": kilometres},
        as_json=as_json,
        show=lambda: console.print(f"{region or '*'} {kilometres} km"),
    )


@market_app.command()
def show(
    occupation: Annotated[str, typer.Argument(help="The IRI or title of an occupation.")],
    *,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say what is known of the demand for an occupation, where you want to work."""
    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        known = "://" in occupation  # a group of occupations has an IRI too
        iri = occupation if known else occupation_named(desk.taxonomy, occupation, str(language))
        found = outlooks(wallet, desk.taxonomy)(iri)
        others = [
            one for one in outlooks_by_source(wallet, desk.taxonomy, iri) if one.market is not found.market
        ]
        label = desk.taxonomy.label(iri, language)

    def shown() -> None:
        console.print(label, style="bold")
        for reason in found.reasons:
            console.print(f"- {say(reason)}")
        for other in others:
            console.print(f"{one_line(other.source)}: {say(other.reasons[0])}")

    value = outlook_json(found, say) | {
        "set": None if found.market is None else market_json(found.market),
        "others": [outlook_json(one, say) for one in others],
    }
    emit(value, as_json=as_json, show=shown)


@market_app.command(name="list")
def list_(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List the sets, the one that speaks first in front, with their age."""
    say = Speaker(language)
    with opened(folder) as (_, wallet):
        found = state_json(wallet)

    def shown() -> None:
        for one in found["sets"]:
            kept = one["set"]
            console.print(
                f"{one['id'][:8]}  {one_line(kept['publisher']['name'])}  {kept['windows']['last']}  "
                f"{say.sentence('market-signed-' + one['signatureHolds'])}"
            )
        if not found["sets"]:
            console.print(say(no_outlook("").reasons[0]))

    emit(found, as_json=as_json, show=shown)


@market_app.command()
def remove(
    named: Annotated[str, typer.Argument(help="The id of a set, or its beginning; without it all go.")] = "",
    *,
    folder: Folder = None,
) -> None:
    """Remove a set from the wallet, or all of them."""
    with opened(folder) as (_, wallet):
        records = [market_record(one.market) for one in markets(wallet)]
        found = [record for record in records if record.startswith(named)]
        if named and len(found) != 1:
            raise UnknownMarket
        forget_market(wallet, found[0] if named else None)

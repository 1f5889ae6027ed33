"""`passport wallet market`: load a set of labour-market data, and read what it says of work."""

from pathlib import Path
from typing import Annotated

import typer

from matching.market.summary import market_json, outlook_json
from passport.limits import PUBLISHED
from passport.terminal import AsJson, console, emit, one_line, read_file
from wallet.core.market_kept import forget_market, keep_reach, market_in_use, outlooks
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.market import take_example, take_market

market_app = typer.Typer(no_args_is_help=True, help="Labour-market data: load a signed set, and read it.")
app.add_typer(market_app, name="market")


@market_app.command()
def load(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="A signed set.")] = None,
    *,
    example: Annotated[bool, typer.Option("--example", help="The made-up set, to look around.")] = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    as_json: AsJson = False,
) -> None:
    """Load a set in the place of the one before."""
    if (file is None) is not example:
        raise typer.BadParameter("give a file, or --example")
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = take_example(desk, wallet) if file is None else None
        if file is not None:
            found = take_market(desk, wallet, read_file(file, PUBLISHED.size))
    assert found is not None
    market = found.market
    emit(
        market_json(market),
        as_json=as_json,
        show=lambda: console.print(f"{one_line(market.publisher_name)} ({market.publisher})"),
    )


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
        named = desk.taxonomy.search_occupations(occupation, language, top=1)
        iri = occupation if "://" in occupation or not named else named[0].iri
        found = outlooks(wallet, desk.taxonomy)(iri)
        label, signed = desk.taxonomy.label(iri, language), market_in_use(wallet)

    def shown() -> None:
        console.print(label, style="bold")
        for reason in found.reasons:
            console.print(f"- {say(reason)}")

    value = outlook_json(found, say) | {"set": None if signed is None else market_json(signed.market)}
    emit(value, as_json=as_json, show=shown)


@market_app.command()
def remove(folder: Folder = None) -> None:
    """Remove the set from the wallet."""
    with opened(folder) as (_, wallet):
        forget_market(wallet)

"""`passport market`: make, check and read sets of labour-market data, and test their trends."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Grid

from matching.bundle import load_bundle
from matching.limits import MARKET
from matching.market.about import read_about, read_regions
from matching.market.backtest import backtest as hold
from matching.market.document import Region
from matching.market.example import make_example
from matching.market.making import make_market
from matching.market.outlook import outlook
from matching.market.regions import within_reach
from matching.market.series import GROUP
from matching.market.signed import SignedMarket, verify_market
from matching.market.summary import backtest_json, look_again, market_json, outlook_json
from matching.market.table import read_market_table
from matching.named import occupation_named
from matching.texts import catalogue, render
from passport.clock import parse_datetime, utc_now
from passport.documents import DocumentCache
from passport.keys import generate_signer
from passport.limits import PUBLISHED
from passport.terminal import MARKS, SPOKEN, AsJson, File, InLanguage, console, emit, one_line, read_file
from passport.texts import Language
from passport.verification import Context

app = typer.Typer(no_args_is_help=True)

Publisher = Annotated[list[str] | None, typer.Option("--publisher", help="DID that must have signed it.")]
InRegion = Annotated[list[str] | None, typer.Option("--region", help="A region's code; more than once.")]


@app.command()
def make(
    table: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV: a row for each count.")],
    *,
    about: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="TOML: what the set is.")],
    regions: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="CSV: code, name and place of each.")
    ] = None,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Key of the publisher.")],
    days: Annotated[int, typer.Option(min=1, help="How long the publisher stands by it.")] = 365,
    created: Annotated[str, typer.Option(help="Moment of signing; now.")] = "",
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("labour-market.json"),
    as_json: AsJson = False,
) -> None:
    """Make and sign a set from a table; rows that can't be used are counted by rule."""
    from passport.key_files import load_key_file

    described, places = read_about(read_file(about, MARKET.about)), _regions(regions)
    codes = {region.code for region in places} if places else None
    with table.open("rb") as file:
        read = read_market_table(file, taxonomy=load_bundle(), regions=codes)
    made = make_market(
        read,
        described,
        places,
        signer=load_key_file(key),
        created=parse_datetime(created) if created else utc_now(),
        lasts=timedelta(days=days),
    )
    output.write_bytes(made.source)
    value = {
        "file": str(output),
        "bytes": len(made.source),
        "publisher": made.publisher,
        "rows": read.rows,
        "figures": len(read.figures),
        "windows": [str(read.first), str(read.last)],
        "dropped": dict(read.dropped),
        "firstLines": dict(read.lines),
    }

    def show() -> None:
        console.print(f"Signed: {output} ({len(made.source)} bytes)\nPublisher: {made.publisher}")
        console.print(f"{len(read.figures)} figures, {read.first} to {read.last}, from {read.rows} rows")
        for rule, count in read.dropped.items():
            line = read.lines.get(rule)
            where = "" if line is None else f", the first in line {line}"
            console.print(f"Dropped, {rule}: {count}{where}")

    emit(value, as_json=as_json, show=show)


@app.command()
def example(
    *,
    key: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Key file; without one a new key that is forgotten."),
    ] = None,
    created: Annotated[str, typer.Option(help="Moment of signing; now.")] = "",
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("made-up-market.json"),
    as_json: AsJson = False,
) -> None:
    """Write a made-up set, to see how it works. It says in itself that it is made up."""
    from passport.key_files import load_key_file

    signer = load_key_file(key) if key else generate_signer()
    made = make_example(signer, parse_datetime(created) if created else utc_now())
    output.write_bytes(made.source)
    value = {"file": str(output), "bytes": len(made.source), "publisher": made.publisher, "synthetic": True}

    def show() -> None:
        console.print(f"Signed: {output} ({len(made.source)} bytes)\nPublisher: {made.publisher}")
        console.print(catalogue().say("market.synthetic", Language.EN), style="yellow")

    emit(value, as_json=as_json, show=show)


@app.command()
def check(
    file: File,
    publisher: Publisher = None,
    *,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Verify a set, and say what makes it say less than it could."""
    found = _read(file, publisher)
    codes = list(look_again(found.market))
    value = {
        **market_json(found.market),
        "signatureHolds": str(found.authentic),
        "inForce": found.market.in_force(utc_now()),
        "lookAgain": codes,
    }

    def show() -> None:
        _head(found, language)
        for code in codes:
            console.print(f"- {catalogue().say(code, language)}")

    emit(value, as_json=as_json, show=show)


@app.command("show")
def show_command(
    file: File,
    publisher: Publisher = None,
    *,
    occupation: Annotated[str, typer.Option(help="Its IRI or title, or digits of ISCO-08.")] = "",
    region: InRegion = None,
    within: Annotated[float | None, typer.Option(min=0, help="Kilometres around the first region.")] = None,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Show what a set says of one occupation, in some regions or in all."""
    found = _read(file, publisher)
    codes = _near(found, region or [], within)
    if not occupation:
        emit(market_json(found.market), as_json=as_json, show=lambda: _head(found, language))
        return
    iri = _occupation(occupation, language)
    said = outlook(iri, found.market, load_bundle(), now=utc_now(), regions=codes)

    def show() -> None:
        _head(found, language)
        console.print(f"\n{load_bundle().label(iri, language)}", style="bold")
        for reason in said.reasons:
            console.print(f"- {render(reason, language)}")

    value = outlook_json(said, lambda reason: render(reason, language))
    emit(value | {"set": market_json(found.market), "regions": list(codes)}, as_json=as_json, show=show)


@app.command()
def backtest(
    file: File,
    publisher: Publisher = None,
    *,
    region: InRegion = None,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Hold every trend of the past against the year that followed."""
    found = _read(file, publisher)
    tested = hold(found.market, _near(found, region or [], None))

    def show() -> None:
        _head(found, language)
        rows = Grid("trend", "said", "went on", "share", "without a trend", "a forecast?", box=None)
        for each in tested.tested:
            share = each.share
            bounds = "-" if share is None else f"{share.low:.0%} to {share.high:.0%}"
            rows.add_row(
                str(each.state),
                str(each.said),
                str(each.right),
                bounds,
                f"{each.base:.0%}",
                "yes" if each.holds else "no",
            )
        console.print(f"{tested.cases} cases over {tested.years} years")
        console.print(rows)

    emit(backtest_json(tested) | {"set": market_json(found.market)}, as_json=as_json, show=show)


def _read(file: Path, publisher: list[str] | None) -> SignedMarket:
    return verify_market(
        read_file(file, PUBLISHED.size),
        context=Context(DocumentCache(), utc_now()),
        expected_publishers=publisher,
    )


def _regions(file: Path | None) -> tuple[Region, ...]:
    return () if file is None else read_regions(read_file(file, MARKET.about))


def _near(found: SignedMarket, codes: list[str], within: float | None) -> tuple[str, ...]:
    """Raises UnknownRegion."""
    reached = {reached for code in codes for reached in within_reach(found.market, code, within or 0.0)}
    return tuple(region.code for region in found.market.regions if region.code in reached)


def _occupation(text: str, language: Language) -> str:
    shipped = load_bundle()
    group = f"{GROUP}{text}"
    return group if group in shipped.occupation_groups else occupation_named(text, shipped, language)


def _head(found: SignedMarket, language: Language) -> None:
    market = found.market
    console.print(one_line(market.name.get(language) or next(iter(market.name.values()))), style="bold")
    if market.synthetic:
        console.print(catalogue().say("market.synthetic", language), style="yellow")
    console.print(MARKS[found.authentic], f"{one_line(market.publisher_name)}, {market.publisher}")
    source = market.source.name.get(language) or next(iter(market.source.name.values()))
    console.print(f"{one_line(source)}: {market.source.url} ({one_line(market.source.licence)})")
    console.print(
        f"{market.first} to {market.last}, {len(market.regions)} regions ({one_line(market.region_scheme)})"
    )
    console.print(catalogue().say(f"market.measure.{market.measure}", language))
    console.print(one_line(market.method.get(language) or next(iter(market.method.values()))))

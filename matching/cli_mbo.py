"""`passport taxonomy mbo …`: Dutch vocational qualifications, and the work that their names suggest."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from matching.bundle import load_bundle
from matching.mbo import load_mbo, suggest_occupations
from passport.clock import parse_datetime
from passport.keys import generate_signer
from passport.terminal import AsJson, console, emit
from passport.texts import Language

mbo = typer.Typer(no_args_is_help=True, help="Dutch vocational qualifications (mbo, 2015).")

PUBLISHED = datetime(2015, 8, 1, tzinfo=UTC)
"""The first school year of these qualifications: the date of a bundle where no other is asked for."""


@mbo.command()
def build(
    table: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The table of qualifications.")],
    out: Annotated[Path, typer.Option(help="Folder for the bundle.")],
    *,
    key: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Key file; without one a new key signs once and is forgotten."
        ),
    ] = None,
    created: Annotated[str, typer.Option(help="Moment of signing; the first school year.")] = "",
    as_json: AsJson = False,
) -> None:
    """Derive the compact signed bundle from the table."""
    from matching.building import write_files
    from matching.mbo.shipped import build_mbo_bundle
    from matching.mbo.tables import read_qualifications
    from passport.key_files import load_key_file

    found = read_qualifications(table)
    signer = load_key_file(key) if key else generate_signer()
    bundle = build_mbo_bundle(found, signer=signer, created=parse_datetime(created) if created else PUBLISHED)
    write_files(out, bundle, signer)
    value = {
        "qualifications": len(found.qualifications),
        "dropped": dict(found.dropped),
        "bytes": len(bundle.manifest) + len(bundle.content),
    }
    emit(value, as_json=as_json, show=lambda: console.print(value, markup=False))


@mbo.command()
def search(
    text: Annotated[str, typer.Argument(help="A crebo number, or words of the name.")],
    *,
    language: Annotated[Language, typer.Option("--language", "-l", help="Of the occupations.")] = Language.NL,
    top: Annotated[int, typer.Option(min=1, max=50)] = 5,
    as_json: AsJson = False,
) -> None:
    """Find qualifications, and the work that their names suggest."""
    shipped = load_bundle()
    found = [
        (one, suggest_occupations(one, shipped, language=str(language)))
        for one in load_mbo().search(text, top=top)
    ]
    value = [
        {
            "crebo": one.crebo,
            "name": one.name,
            "dossier": one.dossier,
            "level": one.level,
            "suggested": [
                {"occupation": work.iri, "label": work.label, "match": str(work.match_type)}
                for work in suggested
            ],
        }
        for one, suggested in found
    ]

    def show() -> None:
        for one, suggested in found:
            console.print(f"{one.crebo} {one.name} (mbo {one.level})", markup=False, highlight=False)
            for work in suggested:
                console.print(f"    {work.label} ({work.match_type}, by name)", markup=False)
        if not found:
            console.print("Nothing found.")

    emit(value, as_json=as_json, show=show)

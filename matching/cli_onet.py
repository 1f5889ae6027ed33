"""`passport taxonomy onet …`: build O*NET's bundle, and show what is shipped."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from matching.bundle import load_bundle
from matching.onet import load_onet
from passport.clock import parse_datetime
from passport.keys import generate_signer
from passport.terminal import AsJson, console, emit

onet = typer.Typer(no_args_is_help=True, help="O*NET: skills and knowledge areas with importance and level.")

PUBLISHED = datetime(2025, 5, 1, tzinfo=UTC)
"""The month of release 29.3: the date of a bundle where no other is asked for."""


@onet.command()
def build(
    tables: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder with O*NET's tables.")],
    crosswalk: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The crosswalk from ESCO.")],
    out: Annotated[Path, typer.Option(help="Folder for the bundle.")],
    *,
    key: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Key file; without one a new key signs once and is forgotten."
        ),
    ] = None,
    created: Annotated[str, typer.Option(help="Moment of signing; the month of the release.")] = "",
    as_json: AsJson = False,
) -> None:
    """Derive the compact signed bundle from the publishers' tables."""
    from matching.building import write_files
    from matching.onet.building import read_onet
    from matching.onet.shipped import build_onet_bundle
    from passport.key_files import load_key_file

    found = read_onet(tables, crosswalk, load_bundle())
    signer = load_key_file(key) if key else generate_signer()
    moment = parse_datetime(created) if created else PUBLISHED
    bundle = build_onet_bundle(found, signer=signer, created=moment)
    write_files(out, bundle, signer)
    value = {
        "taxonomy": found.name,
        "occupations": len(found.occupations),
        "crosswalk": len(found.crosswalk.pairs),
        "dropped": dict(found.dropped),
        "bytes": len(bundle.manifest) + len(bundle.content),
    }

    def show() -> None:
        console.print(f"{found.name}: {value['bytes']} bytes in {out}")
        for rule, count in found.dropped.items():
            console.print(f"Dropped, {rule}: {count}")

    emit(value, as_json=as_json, show=show)


@onet.command()
def info(*, as_json: AsJson = False) -> None:
    """What the shipped O*NET holds, whose it is, and who signed it."""
    shipped = load_onet()
    matches = [pair.match_type for pair in shipped.crosswalk.pairs]
    value = {
        "taxonomy": shipped.name,
        "occupations": len(shipped.occupations),
        "items": len(shipped.items),
        "crosswalk": {str(kind): matches.count(kind) for kind in dict.fromkeys(sorted(matches))},
        "inherited": sum(pair.inherited for pair in shipped.crosswalk.pairs),
        "dropped": dict(shipped.dropped),
        "licence": shipped.licence,
        "attribution": list(shipped.attribution),
        "publisher": shipped.publisher,
        "signatureHolds": str(shipped.authentic),
    }

    def show() -> None:
        for name, found in value.items():
            console.print(f"{name:<18}{found}", soft_wrap=True, markup=False)

    emit(value, as_json=as_json, show=show)

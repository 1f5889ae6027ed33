"""`passport taxonomy`: build the bundle from the publisher's archives, and say what is shipped."""

from pathlib import Path
from typing import Annotated

import typer

from matching.bundle import load_bundle
from matching.cli_diff import diff
from matching.cli_mbo import mbo
from matching.cli_onet import onet
from passport.clock import parse_datetime
from passport.keys import generate_signer
from passport.terminal import AsJson, console, emit

_MUCH = 0.05
"""Of the relations: a publisher's own release loses far fewer, so something is wrong with the files."""

taxonomy = typer.Typer(no_args_is_help=True)
taxonomy.add_typer(onet, name="onet")
taxonomy.add_typer(mbo, name="mbo")
taxonomy.command()(diff)


@taxonomy.command()
def build(
    esco: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Folder with ESCO's zip archives.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the bundle.")],
    dutch: Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="Dutch labels.")] = None,
    dutch_archive: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="ESCO's own classification archive in Dutch (zip)."),
    ] = None,
    *,
    release: Annotated[str, typer.Option(help="ESCO release; the newest one in the folder.")] = "",
    previous: Annotated[str, typer.Option(help="Older release, for retired concepts; the one before.")] = "",
    key: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Key file; without one a new key signs once and is forgotten."
        ),
    ] = None,
    created: Annotated[
        str, typer.Option(help="Moment of signing; the date of the youngest file in the archives.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Derive the compact signed bundle from the publisher's archives, and the way back."""
    from matching.building import read_releases, write_bundle
    from passport.key_files import load_key_file

    read = read_releases(esco, dutch, release, previous, dutch_archive=dutch_archive)
    found = read.newer
    moment = parse_datetime(created) if created else read.newest
    signer = load_key_file(key) if key else generate_signer()
    bundle = write_bundle(out, found, signer=signer, created=moment, older=read.older)
    relations = sum(len(listed) for one in found.occupations for listed in one.skills.values())
    value = {
        "taxonomy": f"{found.scheme} {found.version}",
        "occupations": len(found.occupations),
        "skills": len(found.skills),
        "relations": relations,
        "retired": len(found.retired),
        "dropped": dict(found.dropped),
        "lookAlikeLabels": found.look_alikes,
        "dutchLabels": sum("nl" in concept.labels for concept in (*found.occupations, *found.skills)),
        "previous": "" if read.older is None else f"{read.older.scheme} {read.older.version}",
        "bytes": len(bundle.manifest) + len(bundle.content),
    }

    def show() -> None:
        console.print(f"{value['taxonomy']}: {value['bytes']} bytes in {out}")
        console.print(
            f"Occupations: {value['occupations']}, skills: {value['skills']}, relations: {relations}"
        )
        for rule, count in found.dropped.items():
            console.print(f"Dropped, {rule}: {count}")
        if sum(found.dropped.values()) > _MUCH * relations:
            console.print("Much was left out: compare these numbers with those that the publisher states.")
        console.print(f"Labels that look like another one: {found.look_alikes}")
        console.print(f"Dutch labels of occupations and skills: {value['dutchLabels']}")

    emit(value, as_json=as_json, show=show)


@taxonomy.command()
def competentnl(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CompetentNL in Turtle.")],
    *,
    release: Annotated[str, typer.Option(help="What its publisher calls this release.")],
    out: Annotated[Path, typer.Option(help="Folder for the bundle.")],
    created: Annotated[str, typer.Option(help="Moment of signing.")],
    key: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Key file; without one a new key signs once and is forgotten."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Derive a signed bundle from CompetentNL's linked data; nothing of it is shipped."""
    from matching.building import write_bundle
    from matching.limits import ARCHIVE
    from matching.taxonomy.competentnl import read_competentnl
    from passport.key_files import load_key_file
    from passport.terminal import read_file

    found = read_competentnl(read_file(file, ARCHIVE.entry_size), release)
    signer = load_key_file(key) if key else generate_signer()
    bundle = write_bundle(out, found.release, signer=signer, created=parse_datetime(created))
    value = {
        "taxonomy": f"{found.release.scheme} {found.release.version}",
        "occupations": len(found.release.occupations),
        "skills": len(found.release.skills),
        "matches": len(found.matches),
        "dropped": dict(found.release.dropped),
        "lookAlikeLabels": found.release.look_alikes,
        "bytes": len(bundle.manifest) + len(bundle.content),
    }

    def show() -> None:
        console.print(f"{value['taxonomy']}: {value['bytes']} bytes in {out}")
        for rule, count in found.release.dropped.items():
            console.print(f"Dropped, {rule}: {count}")

    emit(value, as_json=as_json, show=show)


@taxonomy.command()
def info(*, as_json: AsJson = False) -> None:
    """What the shipped taxonomy holds, whose it is, and who signed it."""
    shipped = load_bundle()
    value = {
        "taxonomy": shipped.name,
        "occupations": len(shipped.occupations),
        "skills": len(shipped.skills),
        "skillGroups": len(shipped.skill_groups),
        "occupationGroups": len(shipped.occupation_groups),
        "retired": len(shipped.retired),
        "dropped": dict(shipped.dropped),
        "dutchLabels": {
            "occupations": sum(map(bool, shipped.occupations.labels.get("nl", ()))),
            "skills": sum(map(bool, shipped.skills.labels.get("nl", ()))),
        },
        "licence": shipped.licence,
        "attribution": list(shipped.attribution),
        "publisher": shipped.publisher,
        "signatureHolds": str(shipped.authentic),
    }

    def show() -> None:
        for name, found in value.items():
            console.print(f"{name:<18}{found}", soft_wrap=True)

    emit(value, as_json=as_json, show=show)

"""`passport trust make` and `sign`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from passport.cli.progress import progress
from passport.cli.statements import publisher_of, sign_statement
from passport.cli.trust_classes import CLASS_COLUMNS, read_classes
from passport.cli.trust_entries import COLUMNS, read_entries, read_entry
from passport.clock import utc_now
from passport.json import dump, parse_object
from passport.limits import PUBLISHED
from passport.terminal import AsJson, File, console, emit, read_file
from passport.trust import Recognition, Revocation, build_trust_list, parse_trust_list

_ENTRY = f"DID=recognition,recognition=name. Recognitions: {', '.join(sorted(Recognition))}."
Key = Annotated[
    Path | None,
    typer.Option("--key", exists=True, dir_okay=False, help="Key of the registrar; signs the list."),
]
Method = Annotated[str, typer.Option(help="Verification method, for a registrar with did:web.")]


def make(  # noqa: PLR0917 - options of a command
    list_id: Annotated[str, typer.Argument(help="The address where the list will be published.")],
    entries: Annotated[list[str] | None, typer.Argument(help=_ENTRY)] = None,
    entries_file: Annotated[
        Path | None,
        typer.Option(
            "--entries",
            exists=True,
            dir_okay=False,
            help=f"A CSV with the columns {', '.join(COLUMNS)}, or JSON as in a list.",
        ),
    ] = None,
    classes_file: Annotated[
        Path | None,
        typer.Option(
            "--classes",
            exists=True,
            dir_okay=False,
            help="Classes of your own, which entries may name and which count as one of the five "
            f"recognitions: a CSV with the columns {', '.join(CLASS_COLUMNS)}, or JSON as in a list.",
        ),
    ] = None,
    key: Key = None,
    publisher: Annotated[
        str | None, typer.Option(help="DID of the registrar, for a list that is signed later.")
    ] = None,
    method: Method = "",
    *,
    name: Annotated[str, typer.Option(help="Name of the list.")],
    name_nl: Annotated[str | None, typer.Option(help="Its Dutch name, where that is another.")] = None,
    publisher_name: Annotated[str, typer.Option(help="Name of the registrar.")],
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Day from which they are recognised: what they signed before does not count. Today.",
        ),
    ] = None,
    version: Annotated[int, typer.Option(min=1, help="Higher than any version before.")] = 1,
    after: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="The version before: this one gets the number after it."
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="How long the registrar answers for it.")] = 90,
    revoke: Annotated[
        str | None, typer.Option("--revoke-list", help="Revoke the whole list, for this reason.")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("trust-list.json"),
    as_json: AsJson = False,
) -> None:
    """Make a trust list, and sign it where --key is given."""
    now = utc_now()
    began = (since or now).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    classes = () if classes_file is None else read_classes(classes_file)
    listed = [read_entry(entry, began, classes) for entry in entries or ()]
    if entries_file is not None:
        with progress("Reading", None) as done:
            found = read_entries(entries_file, began, done, classes)
        listed += found.entries
        classes = tuple(dict.fromkeys((*classes, *found.classes)))
    did = publisher_of(key, publisher, method)
    number = version
    if after is not None:
        number = parse_trust_list(read_file(after, PUBLISHED.size)).version + 1
    document = build_trust_list(
        list_id=list_id,
        version=number,
        name={"en": name, "nl": name_nl or name},
        publisher=did,
        publisher_name=publisher_name,
        valid_from=now,
        valid_until=now + timedelta(days=days),
        entries=listed,
        revoked=None if revoke is None else Revocation(now, revoke),
        classes=classes,
    )
    output.write_bytes(dump(document) if key is None else sign_statement(document, key, method, now))
    said = "Not signed yet" if key is None else "Signed"
    emit(
        {"file": str(output), "id": list_id, "publisher": did, "entries": len(listed), "version": number}
        | ({"classes": len(classes)} if classes else {})
        | ({"signed": False} if key is None else {}),
        as_json=as_json,
        show=lambda: console.print(f"{said}: {output}\nPublisher: {did}"),
    )


def sign(
    path: File,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Key of the registrar.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; by default the same one.")
    ] = None,
    method: Method = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Sign a trust list that was made without a key, or sign one again."""
    source = parse_trust_list(parse_object(read_file(path, PUBLISHED.size), PUBLISHED))
    place = output or path
    place.write_bytes(sign_statement(source.document, key, method, utc_now()))
    value = {"file": str(place), "id": source.id, "version": source.version, "publisher": source.publisher}
    emit(
        value, as_json=as_json, show=lambda: console.print(f"Signed: {place}\nPublisher: {source.publisher}")
    )

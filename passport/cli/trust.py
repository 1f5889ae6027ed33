"""`passport trust`: make, sign and read lists of who is recognised as what."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from passport.cli.sources import AllowLoopback, Offline, Publisher, read_trust
from passport.clock import format_datetime, utc_now
from passport.dids.did_key import create_did_key, key_method_id
from passport.errors import Invalid
from passport.json import dump
from passport.key_files import load_key_file
from passport.proofs import add_proof
from passport.terminal import AsJson, File, console, emit, one_line
from passport.trust import Recognition, TrustEntry, build_trust_list

app = typer.Typer(no_args_is_help=True)
_ENTRY = f"DID=recognition,recognition=name. Recognitions: {', '.join(sorted(Recognition))}."


class MalformedEntry(Invalid):
    code = "malformed_entry"
    sentence = (
        "Write an entry like did:web:school.example=educator,validator=Name of the school. "
        f"Recognitions are: {', '.join(sorted(Recognition))}."
    )


def read_entry(text: str, since: datetime) -> TrustEntry:
    """Read `DID=recognition[,recognition]=name`; raises MalformedEntry."""
    parts = text.split("=", 2)
    try:
        did, recognitions, name = parts
        recognised = frozenset(Recognition(word) for word in recognitions.split(","))
    except ValueError:
        raise MalformedEntry from None
    return TrustEntry(id=did, name=name, recognised_as=recognised, valid_from=since)


@app.command("make")
def make(
    list_id: Annotated[str, typer.Argument(help="The address where the list will be published.")],
    entries: Annotated[list[str], typer.Argument(help=_ENTRY)],
    *,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Key of the registrar.")],
    name: Annotated[str, typer.Option(help="Name of the list.")],
    publisher_name: Annotated[str, typer.Option(help="Name of the registrar.")],
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Day from which they are recognised: what they signed before does not count. Today.",
        ),
    ] = None,
    version: Annotated[int, typer.Option(min=1, help="Higher than any version before.")] = 1,
    days: Annotated[int, typer.Option(min=1, help="How long the registrar answers for it.")] = 90,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("trust-list.json"),
    as_json: AsJson = False,
) -> None:
    """Make and sign a trust list."""
    signer, now = load_key_file(key), utc_now()
    publisher = create_did_key(signer.public_key)
    began = (since or now).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    document = build_trust_list(
        list_id=list_id,
        version=version,
        name={"en": name, "nl": name},
        publisher=publisher,
        publisher_name=publisher_name,
        valid_from=now,
        valid_until=now + timedelta(days=days),
        entries=[read_entry(entry, began) for entry in entries],
    )
    signed = add_proof(
        document,
        signer=signer,
        verification_method=key_method_id(publisher),
        created=now,
        cryptosuite="eddsa-jcs-2022",
    )
    output.write_bytes(dump(signed))
    emit(
        {"file": str(output), "id": list_id, "publisher": publisher, "entries": len(entries)},
        as_json=as_json,
        show=lambda: console.print(f"Signed: {output}\nPublisher: {publisher}"),
    )


@app.command("show")
def show(
    path: File,
    publisher: Publisher = None,
    *,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Verify a trust list and show who is on it."""
    [found] = read_trust([path], publisher, offline=offline, allow_loopback=allow_loopback).lists
    content, now = found.content, utc_now()

    def human() -> None:
        console.print(f"{one_line(content.publisher_name)}, version {content.version}")
        console.print(
            f"{found.age_days(now)} days old, {'in force' if found.fresh(now) else 'past its date'} "
            f"(until {format_datetime(content.valid_until)})"
        )
        table = Table("who", "recognised as", "DID", box=None)
        for entry in content.entries:
            table.add_row(one_line(entry.name), ", ".join(sorted(entry.recognised_as)), entry.id)
        console.print(table)

    emit({"list": content.document, "fresh": found.fresh(now)}, as_json=as_json, show=human)

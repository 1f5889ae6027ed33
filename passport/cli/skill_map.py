"""`passport skill-map`: make, sign and read maps from qualifications to the skills they stand for."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from passport.cli.sources import AllowLoopback, Offline, Publisher, with_documents
from passport.clock import format_datetime, utc_now
from passport.dids.did_key import create_did_key
from passport.errors import Invalid, NotFound
from passport.evidence.skill_map import (
    Closeness,
    MappedQualification,
    MappedSkill,
    build_skill_map,
    verify_skill_map,
)
from passport.key_files import load_key_file
from passport.limits import PUBLISHED
from passport.statements import new_head, sign_statement
from passport.terminal import (
    AsJson,
    DaysInForce,
    File,
    NewVersion,
    PublisherKey,
    PublisherName,
    RowsOfSkills,
    WhoseSkills,
    console,
    emit,
    one_line,
    read_file,
)
from passport.verification import Context

app = typer.Typer(no_args_is_help=True)
_COLUMNS = ("qualification", "codes", "name", "skill", "skill_name", "match", "source")


class MalformedSkillTable(Invalid):
    code = "malformed_skill_table"
    sentence = (
        "The table needs the columns qualification, codes, name, skill, skill_name, match and source; "
        "match is exact, close, broad or narrow."
    )


class UnknownQualification(NotFound):
    code = "unknown_qualification"
    sentence = "The map knows no qualification of that address or code."


def read_table(data: bytes) -> list[MappedQualification]:
    """Read a CSV with a row for each skill of each qualification; raises MalformedSkillTable."""
    found: dict[str, MappedQualification] = {}
    for row in _rows(data):
        name = row["qualification"].strip()
        known = found.get(name) or MappedQualification(
            qualification=name,
            name={"nl": row["name"].strip(), "en": row["name"].strip()},
            codes=tuple(code.strip() for code in row["codes"].split(";") if code.strip()),
            skills=(),
        )
        skill = MappedSkill(
            row["skill"].strip(), row["skill_name"].strip(), _closeness(row["match"]), row["source"].strip()
        )
        found[name] = MappedQualification(
            known.qualification, known.name, (*known.skills, skill), known.codes
        )
    return list(found.values())


def _rows(data: bytes) -> Iterator[Mapping[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        if not set(_COLUMNS) <= set(reader.fieldnames or ()):
            raise MalformedSkillTable
        for line, row in enumerate(reader, start=2):
            if any(not isinstance(row[column], str) for column in _COLUMNS):
                raise MalformedSkillTable(line=line)
            yield row
    except (UnicodeDecodeError, csv.Error):
        raise MalformedSkillTable from None


def _closeness(word: str) -> Closeness:
    try:
        return Closeness(word.strip() or Closeness.EXACT)
    except ValueError:
        raise MalformedSkillTable from None


@app.command("make")
def make(
    map_id: Annotated[str, typer.Argument(help="The address where the map will be published.")],
    table: RowsOfSkills,
    *,
    key: PublisherKey,
    name: Annotated[str, typer.Option(help="Name of the map.")],
    publisher_name: PublisherName,
    taxonomy: WhoseSkills = "ESCO 1.1.1",
    version: NewVersion = 1,
    days: DaysInForce = 365,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("skill-map.json"),
    as_json: AsJson = False,
) -> None:
    """Make and sign a skill map from a table."""
    signer, now = load_key_file(key), utc_now()
    publisher = create_did_key(signer.public_key)
    entries = read_table(read_file(table, PUBLISHED.size))
    document = build_skill_map(
        map_id=map_id,
        **new_head(name, publisher, publisher_name, version=version, now=now, days=days),
        taxonomy=taxonomy,
        entries=entries,
    )
    output.write_bytes(sign_statement(document, signer=signer, created=now))
    emit(
        {"file": str(output), "id": map_id, "publisher": publisher, "entries": len(entries)},
        as_json=as_json,
        show=lambda: console.print(f"Signed: {output}\nPublisher: {publisher}"),
    )


@app.command("show")
def show(
    path: File,
    publisher: Publisher = None,
    *,
    qualification: Annotated[
        str | None, typer.Option(help="An address or code: show the skills of this one.")
    ] = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Verify a skill map and show what it knows; without --publisher whoever signed it is shown."""
    source = read_file(path, PUBLISHED.size)
    found = with_documents(
        lambda documents: verify_skill_map(
            source, context=Context(documents, utc_now()), expected_publishers=publisher
        ),
        offline=offline,
        allow_loopback=allow_loopback,
    )
    entry = None if qualification is None else found.find(qualification)
    if qualification is not None and entry is None:
        raise UnknownQualification
    entries = found.entries if entry is None else (entry,)

    def human() -> None:
        console.print(f"{one_line(found.publisher_name)}, version {found.version}")
        console.print(f"Signed by {found.publisher}, until {format_datetime(found.valid_until)}")
        rows = Table("qualification", "codes", "skill", "match", "source", box=None)
        for each in entries:
            for skill in each.skills:
                rows.add_row(
                    one_line(next(iter(each.name.values()))),
                    one_line(", ".join(each.codes)),
                    one_line(skill.name),
                    str(skill.closeness),
                    one_line(skill.source),
                )
        console.print(rows)

    shown = [each.qualification for each in entries]
    emit(
        {
            "map": found.document,
            "publisher": found.publisher,
            "qualifications": shown,
            "skills": [skill.skill for each in entries for skill in each.skills],
        },
        as_json=as_json,
        show=human,
    )

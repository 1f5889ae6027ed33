"""`passport profile make` and `sign`."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from passport.cli.statements import publisher_of, sign_statement
from passport.clock import format_datetime, utc_now
from passport.errors import NotFound
from passport.errors.evidence import MalformedFunctionProfile
from passport.evidence import Demand, Purpose, Strength, parse_function_profile
from passport.evidence.demand import MOST_DEMANDS, write_demand
from passport.json import JsonObject, dump, parse_object
from passport.terminal import AsJson, File, console, emit, read_file

Key = Annotated[
    Path | None,
    typer.Option("--key", exists=True, dir_okay=False, help="Key of the employer; signs the profile."),
]
Method = Annotated[str, typer.Option(help="Verification method, for an employer with did:web.")]
_MEMBERS = ("name", "purpose", "taxonomy", "occupation", "demands")


class UnknownOccupationAsked(NotFound):
    code = "unknown_occupation_asked"
    sentence = (
        "The taxonomy has no occupation with this address. "
        "Look it up with: passport taxonomy search --in occupations."
    )


def make(  # noqa: PLR0917 - options of a command
    profile_id: Annotated[str, typer.Argument(help="The address where the profile will be published.")],
    content: Annotated[
        Path | None,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help=f"JSON with {', '.join(_MEMBERS)} (docs/function-profiles.md).",
        ),
    ] = None,
    occupation: Annotated[
        str | None, typer.Option(help="Instead of a file: all skills of this occupation, to cut down from.")
    ] = None,
    key: Key = None,
    publisher: Annotated[
        str | None, typer.Option(help="DID of the employer, for a profile that is signed later.")
    ] = None,
    method: Method = "",
    *,
    publisher_name: Annotated[str, typer.Option(help="Name of the employer.")],
    version: Annotated[int, typer.Option(min=1, help="Higher than any version before.")] = 1,
    days: Annotated[int, typer.Option(min=1, help="How long it holds.")] = 365,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("profile.json"),
    as_json: AsJson = False,
) -> None:
    """Make a function profile, and sign it where --key is given."""
    now = utc_now()
    if content is None and occupation is None:
        raise typer.BadParameter("Name a file, or an occupation with --occupation.")
    asked = parse_object(read_file(content)) if content is not None else _of_occupation(str(occupation))
    did = publisher_of(key, publisher, method)
    document = {
        "type": "FunctionProfile",
        "id": profile_id,
        "version": version,
        "publisher": {"id": did, "name": publisher_name},
        "validFrom": format_datetime(now),
        "validUntil": format_datetime(now + timedelta(days=days)),
        "purpose": str(Purpose.LABOUR_MARKET),
        "taxonomy": "ESCO 1.1.1",
        **_members(asked),
    }
    profile = parse_function_profile(document)
    output.write_bytes(dump(document) if key is None else sign_statement(document, key, method, now))
    value = {
        "file": str(output),
        "id": profile_id,
        "publisher": did,
        "demands": len(profile.demands),
        "signed": key is not None,
    }
    said = "Not signed yet" if key is None else "Signed"
    emit(value, as_json=as_json, show=lambda: console.print(f"{said}: {output}\nPublisher: {did}"))


def sign(
    path: File,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Key of the employer.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; by default the same one.")
    ] = None,
    method: Method = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Sign a function profile that was made without a key, or sign one again."""
    profile = parse_function_profile(read_file(path))
    place = output or path
    place.write_bytes(sign_statement(profile.document, key, method, utc_now()))
    value = {"file": str(place), "id": profile.id, "version": profile.version}
    emit(value, as_json=as_json, show=lambda: console.print(f"Signed: {place}"))


def _members(asked: JsonObject) -> JsonObject:
    """What the file says, with the defaults of a demand; the key in a verifier's own file is let be."""
    known = {name: value for name, value in asked.items() if name != "key"}
    if not known.keys() <= set(_MEMBERS):
        raise MalformedFunctionProfile(unknown_members=len(known.keys() - set(_MEMBERS)))
    demands: Any = known.get("demands")
    if isinstance(demands, list):
        plain = {"required": True, "minimumStrength": str(Strength.SOFT)}
        known["demands"] = [{**plain, **each} if isinstance(each, dict) else each for each in demands]
    return known


def _of_occupation(occupation: str) -> JsonObject:
    """The essential skills as required, then optional ones, as many as a profile holds, the telling first."""
    from matching.bundle import load_bundle
    from matching.errors import UnknownOccupation
    from matching.starting import start_from

    shipped = load_bundle()
    try:
        skills = start_from(occupation, shipped, most=MOST_DEMANDS)
    except UnknownOccupation:
        raise UnknownOccupationAsked from None
    demands = [
        Demand(one.skill, one.labels["en"], required=one.required, labels=one.labels) for one in skills
    ]
    return {
        "name": {language: shipped.label(occupation, language) for language in ("en", "nl")},
        "taxonomy": shipped.name,
        "occupation": occupation,
        "demands": [dict(write_demand(demand)) for demand in demands],
    }

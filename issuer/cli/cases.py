"""`passport issuer cases`: validations, listed, shown and moved."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from issuer.cli.client import ApiKeyFile, Url
from passport.json import parse_object
from passport.service_client import ServiceClient
from passport.terminal import AsJson, console, emit, one_line, read_file

cases = typer.Typer(no_args_is_help=True, help="Validations: from a worker's claim to a credential.")
Case = Annotated[str, typer.Argument(metavar="CASE", help="The case's id.")]


@cases.command("list")
def list_cases(
    api_key: ApiKeyFile,
    *,
    phase: Annotated[str | None, typer.Option(help="Only cases in this phase.")] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only where you are adviser or assessor.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only cases that are late.")] = False,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Cases, the late ones first."""
    asked = {"phase": phase, "mine": mine or None, "overdue": overdue or None}
    query = urlencode({name: str(value).lower() for name, value in asked.items() if value is not None})
    found: Any = ServiceClient(url, api_key).get(f"/api/validations?{query}")

    def show() -> None:
        if not found["cases"]:
            console.print("There are no such cases.")
        for each in found["cases"]:
            late = "late" if each["overdue"] else each["deadline"] or ""
            words = (each["id"], each["phase"], each["state"], late, ", ".join(each["skill_names"]))
            console.print("  ".join(one_line(text) for text in words), soft_wrap=True)

    emit(found, as_json=as_json, show=show)


@cases.command("show")
def show_case(
    case: Case, api_key: ApiKeyFile, *, url: Url = "http://localhost:8101", as_json: AsJson = False
) -> None:
    """A case: its skills with their strength, its history, and what you may do."""
    found: Any = ServiceClient(url, api_key).get(f"/api/validations/{case}")
    emit(found, as_json=as_json, show=lambda: _print(found))


@cases.command("move")
def move_case(
    case: Case,
    move: Annotated[str, typer.Argument(help="As accept, identify, submit, assess, certify.")],
    api_key: ApiKeyFile,
    *,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    account: Annotated[str | None, typer.Option(help="Whom you appoint.")] = None,
    body: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="JSON with the rest: identification, assessment."),
    ] = None,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Make a move."""
    members = (parse_object(read_file(body)) if body else {}) | {"move": move, "note": note}
    if account is not None:
        members["account"] = account
    found: Any = ServiceClient(url, api_key).post(f"/api/validations/{case}/moves", members)
    emit(found, as_json=as_json, show=lambda: _print(found))


def _print(found: Any) -> None:
    console.print(f"{found['phase']}, {found['state']}")
    for each in found["skills"]:
        strength = f"{each['strength']['now']}, after an assessment {each['strength']['after']}"
        outcome = each["outcome"] or strength
        console.print(f"  {one_line(each['name'])}: {outcome}", soft_wrap=True)
    console.print(f"You may: {', '.join(found['moves'])}", soft_wrap=True)

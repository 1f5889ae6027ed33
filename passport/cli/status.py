"""`passport status`: what a credential's status lists say about it."""

from collections.abc import Mapping
from typing import Any

import typer

from passport.answers import Answer, Check
from passport.certificate_chains import authorities as read_authorities
from passport.cli.sources import AllowLoopback, Authorities, Offline, with_documents
from passport.clock import utc_now
from passport.credentials import StatusEntry
from passport.terminal import MARKS, AsJson, File, console, emit, read_file
from passport.texts import Language, render_reason
from passport.verification import Context, verify_credential

app = typer.Typer(no_args_is_help=True)


@app.command("show")
def show(
    credential: File,
    *,
    authorities: Authorities = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Look a genuine credential up in every status list that it names, of whatever kind.

    With --json each finding has the entry that it is about, and its issuer's own word for a status code.
    """
    source, certificates = read_file(credential), read_authorities(authorities)
    report = with_documents(
        lambda documents: verify_credential(source, Context(documents, utc_now(), certificates=certificates)),
        offline=offline,
        allow_loopback=allow_loopback,
    )
    genuine = report.require()
    checks = [check for check in report.checks if check.code in {"validity_period", "status"}]
    entries = iter(genuine.credential.statuses)
    found = [(check, next(entries, None) if check.code == "status" else None) for check in checks]

    def human() -> None:
        for check, entry in found:
            console.print(MARKS[check.answer], render_reason(check.reason, Language.EN), soft_wrap=True)
            if entry is not None:
                console.print(f"  {_place(entry)}")

    emit(
        {"standing": genuine.standing, "checks": [_finding(check, entry) for check, entry in found]},
        as_json=as_json,
        show=human,
    )
    if genuine.standing is not Answer.YES:
        raise typer.Exit(1)


def _place(entry: StatusEntry) -> str:
    """Where it was looked up. What its issuer calls a status code is for developers: only --json has it."""
    purpose = f", {entry.status_purpose}" if entry.status_purpose else ""
    where = f", place {entry.status_list_index} of {entry.status_list_credential}"
    return f"{entry.type}{purpose}{where if entry.status_list_credential else ''}"


def _finding(check: Check, entry: StatusEntry | None) -> Mapping[str, Any]:
    found = {"code": check.code, "answer": check.answer, "reason": check.reason.code}
    if entry is None:
        return found
    status = check.reason.values.get("status")
    messages = {f"{item.status:#x}": item.message for item in entry.status_messages}
    told = {
        "type": entry.type,
        "purpose": entry.status_purpose or None,
        "list": entry.status_list_credential or None,
        "index": entry.status_list_index,
        "status": status,
        "message": messages.get(str(status)),
        "references": list(entry.status_references) or None,
    }
    return {**found, "entry": {name: value for name, value in told.items() if value is not None}}

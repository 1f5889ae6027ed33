"""`passport issuer batch`: send a CSV file, watch it, keep the report."""

import time
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from issuer.cli.client import ApiKeyFile, Url
from issuer.limits import BATCH
from passport.service_client import ServiceClient
from passport.terminal import AsJson, console, emit, errors, read_file

_LOOK_AGAIN = 0.5
_HELD = {
    "paused": "It is held after {done} of {rows} rows. To go on: passport issuer batches resume {id}",
    "stopped": "It was stopped after {done} of {rows} rows. What was issued and offered stays.",
}
_INTERRUPTED = 130
"""As a shell has it for a program that was stopped with Ctrl-C."""


def batch(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The CSV file.")],
    achievement: Annotated[str, typer.Option(help="The achievement's id.")],
    api_key: ApiKeyFile,
    *,
    report: Annotated[Path | None, typer.Option(help="Write the report on each row here.")] = None,
    tx_code: Annotated[bool, typer.Option("--code", help="Offers ask for a six-digit code.")] = False,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Issue a credential or make an offer for every row of a CSV file.

    The first line names the columns. All are optional, in any order: reference, subject (the holder's DID;
    empty makes an offer), valid_from, valid_until, activity_start, activity_end (2026-01-31), role,
    result_value, evidence_name, evidence_genre, evidence_narrative.

    The same file sent again, also after a crash, issues nothing twice when its rows have a reference.

    Ends with 1 when a row failed; the other rows are done all the same.
    """
    client = ServiceClient(url, api_key)
    query = urlencode({"achievement": achievement, "tx_code": str(tx_code).lower()})
    data = read_file(file, BATCH.size)
    taken = client.send("POST", f"/api/batches?{query}", data, "text/csv")
    batch_id = _read(taken)["id"]
    try:
        done = _watch(client, batch_id, shown=not as_json and errors.is_terminal)
    except KeyboardInterrupt:
        errors.print("The issuer goes on with it. Give the same command again to see what came of each row.")
        errors.print(f"To hold it: passport issuer batches pause {batch_id}")
        raise typer.Exit(_INTERRUPTED) from None
    if report is not None:
        report.write_bytes(client.send("GET", f"/api/batches/{done['id']}/report", None, "text/csv"))
    emit(done, as_json=as_json, show=lambda: _show(done, report))
    if done["failed"]:
        raise typer.Exit(1)


def _show(done: Any, report: Path | None) -> None:
    if done["state"] in _HELD:
        console.print(_HELD[done["state"]].format(done=done["done"], rows=done["rows"], id=done["id"]))
        return
    before = done["rows"] - done["issued"] - done["offered"] - done["failed"]
    again = f", {before} were there already" if before else ""
    console.print(
        f"Of {done['rows']} rows {done['issued']} were issued, {done['offered']} offered{again}, "
        f"{done['failed']} failed."
    )
    if report is not None:
        console.print(f"What came of each row is in {report}.")
    elif done["failed"] or done["offered"]:
        console.print("Links and reasons are in the report: give the same command again with --report FILE.")


def _read(body: bytes) -> Any:
    from passport.json import parse_object

    return parse_object(body)


def _watch(client: ServiceClient, batch_id: str, *, shown: bool) -> Any:
    """Until the batch is done; a bar on a terminal, nothing in a pipe."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not shown) as progress:
        task = progress.add_task("Issuing", total=None)
        while True:
            found = client.get(f"/api/batches/{batch_id}")
            progress.update(task, completed=found["done"], total=found["rows"])
            if found["state"] != "running":
                return found
            time.sleep(_LOOK_AGAIN)

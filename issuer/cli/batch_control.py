"""`passport issuer batches`: those that were sent, and holding one, going on with it, ending it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from issuer.cli.client import ApiKeyFile, Url
from passport.service_client import ServiceClient
from passport.terminal import AsJson, console, emit

batches = typer.Typer(no_args_is_help=True, help="Batches that were sent.")
BatchId = Annotated[str, typer.Argument(metavar="BATCH", help="The batch's id, as `batches list` has it.")]


@batches.command("list")
def list_batches(api_key: ApiKeyFile, *, url: Url = "http://localhost:8101", as_json: AsJson = False) -> None:
    """The newest hundred: id, state, and how many of its rows are done."""
    found: Any = ServiceClient(url, api_key).get("/api/batches")

    def show() -> None:
        for each in found:
            console.print(_line(each))
        if not found:
            console.print("There are none.")

    emit(found, as_json=as_json, show=show)


@batches.command()
def pause(
    batch: BatchId, api_key: ApiKeyFile, *, url: Url = "http://localhost:8101", as_json: AsJson = False
) -> None:
    """Hold a batch after the rows that are in work. `resume` goes on with it."""
    _move(batch, "pause", api_key, url, as_json=as_json)


@batches.command()
def resume(
    batch: BatchId, api_key: ApiKeyFile, *, url: Url = "http://localhost:8101", as_json: AsJson = False
) -> None:
    """Go on with a batch where it was held."""
    _move(batch, "resume", api_key, url, as_json=as_json)


@batches.command()
def stop(
    batch: BatchId, api_key: ApiKeyFile, *, url: Url = "http://localhost:8101", as_json: AsJson = False
) -> None:
    """End a batch for good. What was issued and offered stays."""
    _move(batch, "stop", api_key, url, as_json=as_json)


def _move(batch: str, how: str, api_key: Path, url: str, *, as_json: bool) -> None:
    found: Any = ServiceClient(url, api_key).post(f"/api/batches/{batch}/{how}", {})
    emit(found, as_json=as_json, show=lambda: console.print(_line(found)))


def _line(found: Any) -> str:
    return f"{found['id']}  {found['state']}  {found['done']} of {found['rows']}"

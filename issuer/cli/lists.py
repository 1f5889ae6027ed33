"""`passport issuer achievement list` and `passport issuer credential list`: what there is, newest first."""

from typing import Annotated, Any

import typer

from issuer.cli.client import ApiKeyFile, Url
from passport.service_client import ServiceClient
from passport.terminal import AsJson, console, emit, one_line


def list_achievements(
    api_key: ApiKeyFile, *, url: Url = "http://localhost:8101", as_json: AsJson = False
) -> None:
    """The newest hundred achievements: id and name."""
    found: Any = ServiceClient(url, api_key).get("/api/achievements")
    emit(found, as_json=as_json, show=lambda: _lines([(each["id"], each["name"]) for each in found]))


def list_credentials(
    api_key: ApiKeyFile,
    *,
    before: Annotated[str | None, typer.Option(help="Go on from this id, the last one of a page.")] = None,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """A page of issued credentials: id, standing and holder."""
    page = f"?before={before}" if before else ""
    found: Any = ServiceClient(url, api_key).get(f"/api/credentials{page}")

    def show() -> None:
        _lines([(each["id"], each["standing"], each["subject"]) for each in found["credentials"]])
        if found["next"] is not None:
            console.print(f"There are more: --before {found['next']}")

    emit(found, as_json=as_json, show=show)


def _lines(rows: list[tuple[str, ...]]) -> None:
    if not rows:
        console.print("There are none yet.")
    for row in rows:
        console.print("  ".join(one_line(text) for text in row), soft_wrap=True)

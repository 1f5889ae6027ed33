"""`passport issuer webhook …`: where to tell what."""

from pathlib import Path
from typing import Annotated, Any

import typer

from issuer.cli.client import ApiKeyFile, Url
from passport.service_client import ServiceClient
from passport.service_secrets import new_key_file
from passport.terminal import AsJson, console, emit, one_line

webhooks = typer.Typer(no_args_is_help=True, help="Webhooks: tell your own systems what happens.")
Webhook = Annotated[str, typer.Argument(metavar="WEBHOOK", help="The webhook's id.")]
_URL = "http://localhost:8101"


@webhooks.command("list")
def list_webhooks(api_key: ApiKeyFile, *, url: Url = _URL, as_json: AsJson = False) -> None:
    """All of them, with how they do."""
    found: Any = ServiceClient(url, api_key).get("/api/webhooks")

    def show() -> None:
        if not found:
            console.print("There are none yet.")
        for each in found:
            state = each["off_because"] or ("failing" if each["failing_since"] else "on")
            console.print(f"{each['id']}  {state:8}  {one_line(each['url'])}", soft_wrap=True)

    emit(found, as_json=as_json, show=show)


@webhooks.command("add")
def add_webhook(
    address: Annotated[str, typer.Argument(help="Starts with https://.")],
    api_key: ApiKeyFile,
    *,
    event: Annotated[list[str] | None, typer.Option(help="What to tell; all by default.")] = None,
    secret_file: Annotated[
        Path | None, typer.Option("--secret-file", help="Write the secret here (0600).")
    ] = None,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Add a webhook. Its secret is told once, here."""
    client = ServiceClient(url, api_key)
    events = event or client.get("/api/webhooks/events")["events"]
    with new_key_file(secret_file) as write:
        made = client.post("/api/webhooks", {"url": address, "events": events})
        if write:
            write(made.pop("secret"))
    told = f"The secret is in {secret_file}." if secret_file else f"Secret: {made['secret']}"
    emit(made, as_json=as_json, show=lambda: console.print(f"{made['id']}\n{told}"))


@webhooks.command("test")
def send_test(webhook: Webhook, api_key: ApiKeyFile, *, url: Url = _URL, as_json: AsJson = False) -> None:
    """Send a message of the type webhook.test."""
    sent: Any = ServiceClient(url, api_key).post(f"/api/webhooks/{webhook}/test")
    emit(sent, as_json=as_json, show=lambda: console.print(f"{sent['id']} is on its way."))


@webhooks.command("log")
def show_log(webhook: Webhook, api_key: ApiKeyFile, *, url: Url = _URL, as_json: AsJson = False) -> None:
    """What was sent, newest first."""
    found: Any = ServiceClient(url, api_key).get(f"/api/webhooks/{webhook}/deliveries")

    def show() -> None:
        for each in found["deliveries"]:
            console.print(f"{each['id']}  {each['state']:9}  {each['type']}", soft_wrap=True)

    emit(found, as_json=as_json, show=show)

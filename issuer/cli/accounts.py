"""`passport issuer account …`: the accounts of an organisation and their API keys."""

from pathlib import Path
from typing import Annotated, Any

import typer

from issuer.cli.client import ApiKeyFile, Url
from issuer.organisations.records import Role
from passport.service_client import ServiceClient
from passport.service_secrets import new_key_file
from passport.terminal import AsJson, console, emit, one_line

accounts = typer.Typer(no_args_is_help=True, help="Accounts and their API keys, for owners.")
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account's id.")]
KeyFile = Annotated[Path | None, typer.Option("--key-file", help="Write the API key here (0600).")]
_URL = "http://localhost:8101"


@accounts.command("list")
def list_accounts(api_key: ApiKeyFile, *, url: Url = _URL, as_json: AsJson = False) -> None:
    """Who may do what, and the day on which each key was used last."""
    found: Any = ServiceClient(url, api_key).get("/api/accounts")

    def show() -> None:
        for each in found:
            used = "switched off" if each["disabled"] else (each["used_at"] or "never used")[:10]
            words = (each["id"], f"{each['role']:6}", f"{used:12}", one_line(each["name"]))
            console.print("  ".join(words), soft_wrap=True)

    emit(found, as_json=as_json, show=show)


@accounts.command("add")
def add_account(
    name: Annotated[str, typer.Argument(help="Of a person or a system.")],
    api_key: ApiKeyFile,
    *,
    role: Annotated[Role, typer.Option(help="The smallest one that is enough.")] = Role.READER,
    key_file: KeyFile = None,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Make an account. Its API key is told once, here."""
    with new_key_file(key_file) as write:
        made = ServiceClient(url, api_key).post("/api/accounts", {"name": name, "role": role.value})
        if write:
            write(made.pop("api_key"))
    _told(made, key_file, as_json=as_json)


@accounts.command("renew")
def renew_key(
    account: Account,
    api_key: ApiKeyFile,
    *,
    key_file: KeyFile = None,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """A new API key for an account; the old one stops at once."""
    with new_key_file(key_file) as write:
        made = ServiceClient(url, api_key).post(f"/api/accounts/{account}/key")
        if write:
            write(made.pop("api_key"))
    _told(made, key_file, as_json=as_json)


@accounts.command("off")
def switch_off(account: Account, api_key: ApiKeyFile, *, url: Url = _URL, as_json: AsJson = False) -> None:
    """Switch an account off; its API key stops at once."""
    ServiceClient(url, api_key).send("DELETE", f"/api/accounts/{account}", None, "application/json")
    emit({"id": account}, as_json=as_json, show=lambda: console.print(f"{account} is switched off."))


def _told(made: Any, key_file: Path | None, *, as_json: bool) -> None:
    told = f"The API key is in {key_file}." if key_file else f"API key: {made.get('api_key')}"
    emit(made, as_json=as_json, show=lambda: console.print(f"{made['id']}\n{told}"))

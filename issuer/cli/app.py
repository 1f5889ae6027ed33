"""Commands: serve runs the service; the others ask a running one over its API."""

import json
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from issuer.cli.accounts import accounts
from issuer.cli.batch_control import batches
from issuer.cli.batches import batch
from issuer.cli.cases import cases
from issuer.cli.client import ApiKeyFile, Url
from issuer.cli.lists import list_achievements, list_credentials
from issuer.cli.offers import Picture, Shown, offer, print_offer
from issuer.cli.webhooks import webhooks
from issuer.issuance.forms import IssuedForm
from passport.json import parse_object
from passport.service_client import ServiceClient
from passport.service_secrets import make_secrets, new_key_file
from passport.terminal import AsJson, console, emit, read_file

app = typer.Typer(no_args_is_help=True, help="Run an issuer and work with it.")
organisation = typer.Typer(no_args_is_help=True, help="Organisations.")
key = typer.Typer(no_args_is_help=True, help="Signing keys.")
achievement = typer.Typer(no_args_is_help=True, help="Achievements.")
app.add_typer(organisation, name="organisation")
app.add_typer(key, name="key")
app.add_typer(achievement, name="achievement")
app.command("batch")(batch)
app.add_typer(batches, name="batches")
achievement.command("list")(list_achievements)
credential = typer.Typer(no_args_is_help=True, help="Issued credentials.")
app.add_typer(credential, name="credential")
app.add_typer(cases, name="cases")
app.add_typer(accounts, name="account")
app.add_typer(webhooks, name="webhook")
app.add_typer(offer, name="offer")
credential.command("list")(list_credentials)
Credential = Annotated[
    str, typer.Argument(metavar="CREDENTIAL", help="The credential's id, also as urn:uuid:….")
]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8101,
) -> None:
    """Run the service. Settings come from the environment: PASSPORT_ISSUER_…"""
    from issuer.app import create
    from issuer.settings import Settings
    from passport.web import read_settings
    from passport.web import serve as run

    settings = read_settings(Settings)
    make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
    run(create(settings), host=host, port=port)


@organisation.command("create")
def create_organisation(
    slug: Annotated[str, typer.Argument(help="Short name, part of the DID for ever.")],
    name: Annotated[str, typer.Argument(help="Full name.")],
    secret: Annotated[
        Path, typer.Option("--bootstrap-secret", exists=True, help="The service's bootstrap secret file.")
    ],
    key_file: Annotated[
        Path | None, typer.Option("--key-file", help="Write the owner's API key here (0600).")
    ] = None,
    about_url: Annotated[str | None, typer.Option("--about", help="The organisation's own website.")] = None,
    *,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Create an organisation with its first signing key and its owner."""
    body = {"slug": slug, "name": name} | ({"url": about_url} if about_url else {})
    with new_key_file(key_file) as write:
        made = ServiceClient(url, secret).post("/api/organisations", body)
        if write:
            write(made["owner"].pop("api_key"))
    emit(
        made,
        as_json=as_json,
        show=lambda: console.print(
            f"{made['did']}\n"
            + (
                f"The owner's API key is in {key_file}."
                if key_file
                else f"API key: {made['owner']['api_key']}"
            )
        ),
    )


@key.command("rotate")
def rotate(api_key: ApiKeyFile, url: Url = "http://localhost:8101", as_json: AsJson = False) -> None:
    """Sign with a new key from now on; the old one stays for what it signed."""
    shown = ServiceClient(url, api_key).post("/api/keys/rotate")
    emit(shown, as_json=as_json, show=lambda: console.print(f"Signing with {shown['keys'][0]['id']} now."))


@key.command("revoke")
def revoke_key(
    key_id: Annotated[str, typer.Argument(help="The key that leaked, as key-1.")],
    api_key: ApiKeyFile,
    *,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """For a key that leaked: nothing that it signed is accepted any more."""
    shown = ServiceClient(url, api_key).post(f"/api/keys/{key_id}/revoke")
    emit(shown, as_json=as_json, show=lambda: console.print(f"{key_id} is revoked."))


@achievement.command("create")
def create_achievement(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="JSON: name, description, criteria, alignment (docs/getting-started.md).",
        ),
    ],
    api_key: ApiKeyFile,
    *,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Publish an achievement."""
    made = ServiceClient(url, api_key).post("/api/achievements", parse_object(read_file(file)))
    emit(made, as_json=as_json, show=lambda: console.print(f"{made['id']}  {made['name']}"))


@app.command()
def issue(
    achievement_id: Annotated[str, typer.Argument(metavar="ACHIEVEMENT", help="The achievement's id.")],
    api_key: ApiKeyFile,
    *,
    subject: Annotated[
        str | None, typer.Option(help="The holder's DID; without it an offer is made.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(exists=True, help="JSON with validUntil, result, evidence …")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the credential here.")] = None,
    tx_code: Annotated[bool, typer.Option("--code", help="The offer asks for a six-digit code.")] = False,
    held: Annotated[bool, typer.Option("--hold", help="Give it when you release the offer.")] = False,
    picture: Shown = Picture.NONE,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Issue a credential to a holder, or offer it by link."""
    body = (parse_object(read_file(claims)) if claims else {}) | {"achievement": achievement_id}
    client = ServiceClient(url, api_key)
    if subject is None:
        made = client.post("/api/offers", body | {"tx_code": tx_code, "held": held})
        emit(made, as_json=as_json, show=lambda: print_offer(made, picture))
        return
    made = client.post("/api/credentials", body | {"subject": subject})
    if output is not None:
        output.write_text(json.dumps(made["credential"], ensure_ascii=False), encoding="utf-8")
    emit(made, as_json=as_json, show=lambda: console.print(f"Issued: {made['id']}"))


@app.command()
def download(
    credential_id: Credential,
    api_key: ApiKeyFile,
    *,
    form: Annotated[IssuedForm, typer.Option(help="In which form; all say the same.")] = IssuedForm.LDP_VC,
    output: Annotated[Path, typer.Option("--output", "-o", help="Write it here.")],
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Save an issued credential in one of its forms."""
    place = f"/api/credentials/{_place(credential_id)}/forms/{quote(form)}"
    source = ServiceClient(url, api_key).send("GET", place, None, "application/json")
    output.write_bytes(source)
    made = {"form": str(form), "file": str(output), "bytes": len(source)}
    emit(made, as_json=as_json, show=lambda: console.print(str(output)))


@app.command()
def again(
    offer_id: Annotated[str, typer.Argument(metavar="OFFER", help="The offer's id.")],
    api_key: ApiKeyFile,
    *,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Hand over an offer again whose credential no wallet kept: the same one, to the same holder."""
    made = ServiceClient(url, api_key).post(f"/api/offers/{quote(offer_id)}/again")
    emit(made, as_json=as_json, show=lambda: print_offer(made))


@app.command()
def revoke(
    credential_id: Credential,
    api_key: ApiKeyFile,
    *,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Withdraw a credential for good."""
    shown = ServiceClient(url, api_key).post(f"/api/credentials/{_place(credential_id)}/revoke", {})
    emit(shown, as_json=as_json, show=lambda: console.print(f"{credential_id} is revoked."))


def _place(credential_id: str) -> str:
    return quote(credential_id.removeprefix("urn:uuid:").replace("-", ""))

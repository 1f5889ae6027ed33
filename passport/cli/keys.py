"""`passport keys`: make a key, show its DID, write a did:web document."""

from pathlib import Path
from typing import Annotated

import typer

from passport.dids.did_key import create_did_key, key_method_id
from passport.key_files import load_key_file, write_key_file
from passport.keys import KeyType, Signer, generate_signer
from passport.terminal import AsJson, File, console, emit

app = typer.Typer(no_args_is_help=True)


@app.command("new")
def new(
    path: Annotated[Path, typer.Argument(help="Where to write the private key.")],
    key_type: Annotated[KeyType, typer.Option("--type", help="Kind of key.")] = KeyType.ED25519,
    *,
    as_json: AsJson = False,
) -> None:
    """Make a key pair. The file holds the secret: keep it to yourself."""
    signer = generate_signer(key_type)
    write_key_file(path, signer)
    _show(signer, as_json=as_json)


@app.command("show")
def show(path: File, *, as_json: AsJson = False) -> None:
    """Show the public side of a key file: DID, verification method, Multikey, JWK."""
    _show(load_key_file(path), as_json=as_json)


def _show(signer: Signer, *, as_json: bool) -> None:
    did = create_did_key(signer.public_key)
    value = {
        "did": did,
        "verificationMethod": key_method_id(did),
        "publicKeyMultibase": signer.public_key.to_multikey(),
        "publicKeyJwk": signer.public_key.to_jwk(),
    }

    def human() -> None:
        console.print(f"DID                  {did}", soft_wrap=True)
        console.print(f"Public key           {value['publicKeyMultibase']}", soft_wrap=True)

    emit(value, as_json=as_json, show=human)

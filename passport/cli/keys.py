"""`passport keys`: make a key, show its DID, write a did:web document."""

import os
from pathlib import Path
from typing import Annotated

import typer

from passport.dids.did_key import create_did_key, key_method_id
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import Conflict, MalformedKey
from passport.json import dump, parse_object
from passport.keys import KeyType, Signer, generate_signer, load_signer
from passport.terminal import AsJson, File, console, emit, read_file

app = typer.Typer(no_args_is_help=True)


def load_key_file(path: Path) -> Signer:
    """Read a key file as `passport keys new` writes it; raises MalformedKey."""
    found = parse_object(read_file(path))
    try:
        return load_signer(KeyType(found["type"]), base64url_decode(found["secret"]))
    except (KeyError, TypeError, ValueError):
        raise MalformedKey from None


def write_key_file(path: Path, signer: Signer) -> None:
    """Write a new private key file for its owner alone; raises Conflict where a file stands already."""
    secret: bytes = signer.secret  # type: ignore[attr-defined]  # a native signer holds its secret
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Conflict from None
    with os.fdopen(handle, "wb") as file:
        file.write(dump({"type": str(signer.public_key.type), "secret": base64url_encode(secret)}) + b"\n")


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

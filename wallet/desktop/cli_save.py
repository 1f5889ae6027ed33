"""`passport wallet save`: what is in the wallet as plain files, for any other program."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import Folder, app, opened
from wallet.desktop.vault_file import replace_file

_OWNER_ONLY = 0o700


@app.command()
def save(
    out: Annotated[Path, typer.Argument(file_okay=False, help="A folder; it is made where it is not there.")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write credentials, confirmations and records as files, as they came: unencrypted."""
    from wallet.core.endorsements import endorsements
    from wallet.core.shelf import files, kept

    with opened(folder) as (_, wallet):
        documents = [("credential", one.id, one.source) for one in kept(wallet)]
        documents += [("confirmation", one.id, one.source) for one in endorsements(wallet)]
        records = list(files(wallet).values())
    out.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    written = [
        _write(out / _name(kind, identifier, source), source) for kind, identifier, source in documents
    ]
    shelf = out / "records"
    if records:
        shelf.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    written += [_write(shelf / hashlib.sha256(data).hexdigest()[:16], data) for data in records]
    emit({"written": written}, as_json=as_json, show=lambda: console.print("\n".join(written)))


def _name(kind: str, identifier: str, source: bytes) -> str:
    """JSON, a token, or a token with claims to be shown one by one."""
    if source.lstrip().startswith(b"{"):
        return f"{kind}-{identifier[:8]}.json"
    return f"{kind}-{identifier[:8]}.{'sdjwt' if b'~' in source else 'jwt'}"


def _write(path: Path, data: bytes) -> str:
    replace_file(path, data)
    return str(path)

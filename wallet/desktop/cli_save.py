"""`passport wallet save`: what is in the wallet as plain files, for any other program."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from passport.baking.kinds import SaveAs
from passport.errors import PassportError
from passport.terminal import AsJson, console, emit
from passport.texts import Language
from wallet.desktop.cli_base import SPOKEN, Folder, In, app, opened
from wallet.desktop.vault_file import replace_file

_OWNER_ONLY = 0o700


@app.command()
def save(
    out: Annotated[Path, typer.Argument(file_okay=False, help="A folder; it is made where it is not there.")],
    *,
    kind: Annotated[
        SaveAs | None, typer.Option("--as", help="Each credential as this kind of file, and nothing else.")
    ] = None,
    name: Annotated[str, typer.Option(help="A name to print on a PDF; it says that it is not signed.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Write credentials, confirmations and records as files, as they came: unencrypted."""
    if kind is not None:
        _save_as(out, kind, name=name, folder=folder, language=language, as_json=as_json)
        return
    from wallet.core.endorsements import endorsements
    from wallet.core.shelf import files, kept
    from wallet.desk.saving import stem_of

    with opened(folder) as (_, wallet):
        documents = [(stem_of(one), one.source) for one in kept(wallet)]
        documents += [(f"confirmation-{one.id[:8]}", one.source) for one in endorsements(wallet)]
        records = list(files(wallet).values())
    out.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    written = [_write(out / _name(stem, source), source) for stem, source in documents]
    shelf = out / "records"
    if records:
        shelf.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    written += [_write(shelf / hashlib.sha256(data).hexdigest()[:16], data) for data in records]
    emit({"written": written}, as_json=as_json, show=lambda: console.print("\n".join(written)))


def _save_as(  # the same command, for people and other programs
    out: Path, kind: SaveAs, *, name: str, folder: Path | None, language: Language, as_json: bool
) -> None:
    """Those that can be such a file; of the others it is said why not."""
    from wallet.core.shelf import kept
    from wallet.desk.saving import saved
    from wallet.desktop.tools import Papers

    papers = Papers()
    files, left_out = [], []
    with opened(folder) as (_, wallet):
        for one in kept(wallet):
            try:
                files.append(saved(papers, one, kind, language, holder=name))
            except PassportError as error:
                left_out.append({"id": one.id, "code": error.code, "message": str(error)})
    out.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    written = [_write(out / each.name, each.data) for each in files]

    def show() -> None:
        for line in written:
            console.print(line)
        for each in left_out:
            console.print(f"{each['id'][:8]}: {each['message']}")

    emit({"written": written, "leftOut": left_out}, as_json=as_json, show=show)


def _name(stem: str, source: bytes) -> str:
    """JSON, a token, or a token with claims to be shown one by one."""
    if source.lstrip().startswith(b"{"):
        return f"{stem}.json"
    return f"{stem}.{'sdjwt' if b'~' in source else 'jwt'}"


def _write(path: Path, data: bytes) -> str:
    replace_file(path, data)
    return str(path)

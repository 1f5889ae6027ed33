"""Commands for who leaves or comes back: a readable copy, a backup beside what is here."""

from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, read_file
from passport.texts import Language
from wallet.core import limits
from wallet.core.merging import Found, Merging
from wallet.desktop.cli_base import (
    SPOKEN,
    Folder,
    In,
    Speaker,
    app,
    new_passphrase,
    of_file,
    opened,
    passphrase,
)
from wallet.errors_leaving import OtherHolder

_COLUMNS = (Found.NEW, Found.SAME, Found.DIFFERENT)
BackupFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup (an age file).")]
BackupPassphrase = Annotated[
    Path | None,
    typer.Option(
        "--backup-passphrase",
        exists=True,
        dir_okay=False,
        help="A file with its passphrase; else it is asked.",
    ),
]


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="A new folder; with --zip or --seal a file.")],
    *,
    as_zip: Annotated[bool, typer.Option("--zip", help="One ZIP file instead of a folder.")] = False,
    sealed: Annotated[bool, typer.Option("--seal", help="A ZIP file that `age --decrypt` opens.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Write everything as files that people and other programs read; no secret key is in it."""
    from wallet.core.leaving.readable import gather
    from wallet.desk.zip_file import write_zip
    from wallet.desktop.backup import seal
    from wallet.desktop.exporting import write_folder
    from wallet.desktop.vault_file import replace_file
    from wallet.views.leaving_copy import with_pages
    from wallet.views.rendering import Renderer

    speaker = Speaker(language)
    with opened(folder) as (_, wallet):
        files = with_pages(Renderer(stylesheet=""), language, gather(wallet))
        if sealed:
            replace_file(out, seal(write_zip(files), new_passphrase(speaker.told("cmd-passphrase-copy"))))
        elif as_zip:
            replace_file(out, write_zip(files))
        else:
            write_folder(out, files)
    emit(
        {"written": str(out), "files": sorted(files)},
        as_json=as_json,
        show=lambda: console.print(speaker.told("cmd-files-in", count=len(files), place=str(out))),
    )


@app.command()
def compare(
    backup: BackupFile,
    *,
    secret: BackupPassphrase = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Lay a backup beside the wallet, record by record; nothing is changed. Ends with 1 when they differ."""
    from wallet.core import merging
    from wallet.core.trial import check_records
    from wallet.desktop.backup import open_sealed_archive

    archive = open_sealed_archive(read_file(backup, limits.BACKUP), _secret(secret, language))
    with opened(folder) as (_, wallet):
        beside = check_records(archive.records, clock=wallet.clock, random=wallet.random)
        found = merging.compare(wallet, beside, by_holder=archive.by_holder)
    _show(found, Speaker(language), only_here=found.only_here, as_json=as_json)
    if found.only_here or len(found.that_are(Found.SAME)) != len(found.records):
        raise typer.Exit(1)


@app.command("import-archive")
def import_archive(
    backup: BackupFile,
    *,
    secret: BackupPassphrase = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take over what is new, without asking.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Take over what is new in a backup of the same holder. What is here stays as it is."""
    from wallet.core import merging
    from wallet.core.trial import check_records
    from wallet.desktop.backup import open_sealed_archive

    archive = open_sealed_archive(read_file(backup, limits.BACKUP), _secret(secret, language))
    with opened(folder) as (_, wallet):
        beside = check_records(archive.records, clock=wallet.clock, random=wallet.random)
        found = merging.compare(wallet, beside, by_holder=archive.by_holder)
        if found.other_holder:
            raise OtherHolder
        if not yes:
            _show(found, Speaker(language), only_here=None, as_json=as_json)
            if as_json or not typer.confirm(Speaker(language).told("cmd-take-over")):
                raise typer.Exit(1)
        merging.merge(wallet, beside, by_holder=archive.by_holder)
        taken = len(found.that_are(Found.NEW))
    emit(
        {"taken": taken},
        as_json=as_json,
        show=lambda: console.print(Speaker(language).told("cmd-taken", count=taken)),
    )


def _secret(file: Path | None, language: Language) -> str:
    return of_file(file) if file else passphrase(Speaker(language).told("cmd-passphrase-backup"))


def _show(found: Merging, speaker: Speaker, *, only_here: int | None, as_json: bool) -> None:
    counts, left = found.counted(), len(found.that_are(Found.LEFT))
    shown: JsonObject = {
        "did": found.did,
        "otherHolder": found.other_holder,
        "kinds": {kind: {str(each): one[each] for each in _COLUMNS} for kind, one in counts.items()},
        **({"left": left} if left else {}),
        **({} if only_here is None else {"onlyHere": only_here}),
    }

    def show() -> None:
        heads = " ".join(f"{speaker.told(f'cmd-column-{each}'):>6}" for each in _COLUMNS)
        console.print(f"{'':44} {heads}")
        for kind, one in counts.items():
            numbers = " ".join(f"{one[each]:6}" for each in _COLUMNS)
            console.print(f"{speaker.sentence(f'kind-{kind}'):44} {numbers}")
        if left:
            why = "merging-left-device" if found.by_holder else "merging-left-unknown"
            console.print(
                speaker(Reason("merging-left", {"count": left})), speaker.sentence(why), soft_wrap=True
            )
        if only_here is not None:
            console.print(speaker.told("cmd-only-here", count=only_here))

    emit(shown, as_json=as_json, show=show)

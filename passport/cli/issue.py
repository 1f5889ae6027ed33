"""`passport issue`: sign achievement credentials with a key file, one or very many."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from passport.cli import inputs
from passport.cli.inputs import LINES, STANDARD_INPUT, Input
from passport.cli.progress import progress
from passport.cli.worker_choice import workers_for
from passport.cli.written import Written, writer
from passport.clock import utc_now
from passport.dids.did_key import create_did_key, key_method_id
from passport.key_files import load_key_file
from passport.proofs import SUITES
from passport.terminal import AsJson, console, emit, errors, one_line
from passport.workers import Refused
from passport.workers.signing import Signature, sign_many


def _known(cryptosuite: str) -> str:
    if cryptosuite not in SUITES:
        raise typer.BadParameter(f"Choose one of {', '.join(SUITES)}.")
    return cryptosuite


def issue(  # noqa: PLR0917 - options of a command
    credentials: Annotated[
        list[Path],
        typer.Argument(
            callback=inputs.there,
            help="Unsigned credentials: files, folders, .jsonl with one on each line; - for standard input.",
        ),
    ],
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="The issuer's key file.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write: a file, .jsonl for lines, a folder for many."),
    ] = None,
    method: Annotated[str, typer.Option(help="Verification method, for an issuer with did:web.")] = "",
    cryptosuite: Annotated[
        str, typer.Option(callback=_known, help=f"How to sign: {', '.join(SUITES)}.")
    ] = "eddsa-rdfc-2022",
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes at once; by default all cores for very many.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Sign unsigned Open Badges (JSON) and print or write the signed ones, in the same order."""
    signer = load_key_file(key)
    signature = Signature(
        signer, method or key_method_id(create_did_key(signer.public_key)), utc_now(), cryptosuite
    )
    files = inputs.find(credentials)
    total = inputs.count(files)
    one = len(files) == 1 and files[0] != STANDARD_INPUT and files[0].suffix.lower() not in LINES
    target = writer(output, one=one and not credentials[0].is_dir())
    waiting: deque[Input] = deque()

    async def run() -> None:
        with workers_for(jobs, total) as workers, progress("Signing", total) as advance:
            signed = sign_many(_waiting(files, waiting), pool=workers, signature=signature)
            await _write(signed, waiting, target, advance)

    with target:
        asyncio.run(run())
    _tell(target, one=one, output=output, as_json=as_json)


def _waiting(files: Sequence[Path], waiting: deque[Input]) -> Iterator[bytes | Refused]:
    for each in inputs.read(files):
        waiting.append(each)
        yield each.source


async def _write(signed: AsyncIterator[Any], waiting: deque[Input], target: Written, advance: Any) -> None:
    async for outcome in signed:
        target.add(waiting.popleft().label, outcome)
        advance()


def _tell(target: Written, *, one: bool, output: Path | None, as_json: bool) -> None:
    """What was done; a single badge that was refused is a refusal of the command."""
    if one and target.refused:
        raise target.refused[0][1].error
    for label, refused in target.refused:
        errors.print(f"{one_line(label)}: {refused.error}", soft_wrap=True)
    if output is not None:
        told = {"output": str(output), "signed": target.count, "refused": len(target.refused)}
        if one:
            told = {"file": str(output), **target.about}
        emit(told, as_json=as_json, show=lambda: _show(target, output))
    if target.refused:
        raise typer.Exit(1)


def _show(target: Written, output: Path) -> None:
    many = "" if target.count == 1 and not target.refused else f"{target.count:,} to "
    console.print(f"Signed: {many}{output}", soft_wrap=True)

"""`passport conformance`: the door for the public test suites, closed unless somebody opens it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from passport.errors.conformance import ContextFileUnusable
from passport.terminal import errors, read_file

app = typer.Typer(no_args_is_help=True)


@app.callback()
def conformance() -> None:
    """Let the public test suites of the W3C run against this code. Proof-only: never for use."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65_535)] = 40443,
    context: Annotated[
        list[str] | None,
        typer.Option(metavar="URL=FILE", help="One more JSON-LD context that documents may name."),
    ] = None,
    *,
    https: Annotated[
        bool, typer.Option("--https", help="With a self-signed certificate that is made for this run.")
    ] = False,
) -> None:
    """Serve the conformance profile. It checks proofs and binds no issuer to a key: never for use."""
    from passport.conformance.app import WARNING, create
    from passport.conformance.certificate import self_signed_context
    from passport.conformance.pinned import with_more
    from passport.web import serve as run

    documents = dict(_read(each) for each in context or ())
    try:
        contexts = with_more(documents)
    except ValueError:
        raise ContextFileUnusable from None
    origin = f"{'https' if https else 'http'}://localhost:{port}"
    errors.print(WARNING)
    errors.print(f"Entry for a suite's localConfig.cjs: {origin}/implementation.json", soft_wrap=True)
    application = create(origin, contexts=contexts, allow_loopback=True)
    run(application, host=host, port=port, tls=self_signed_context(host) if https else None)


def _read(given: str) -> tuple[str, bytes]:
    address, _, path = given.rpartition("=")
    source = read_file(Path(path), 1_048_576)
    try:
        usable = isinstance(json.loads(source)["@context"], dict | list) and bool(address)
    except (ValueError, TypeError, KeyError):
        usable = False
    if not usable:
        raise ContextFileUnusable
    return address, source

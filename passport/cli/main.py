"""The root of the command line: which command is where, and how a refusal looks.

A command's module is loaded when it is asked for, so that `passport match` does not wait for a web server.
"""

import io
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from passport.cli.speaking import refusal
from passport.errors import PassportError
from passport.terminal import language_of
from passport.texts import shared

REFUSED = 1

GROUPS = {
    "issuer": ("issuer.cli", "app", "Run an issuer and work with it: organisations, achievements, batches."),
    "verifier": ("verifier.cli", "app", "Run a verifier and work with it: employers, profiles, requests."),
    "wallet": ("wallet.desktop.cli", "app", "A worker's wallet on this computer."),
    "taxonomy": (
        "matching.cli",
        "taxonomy",
        "Occupations and skills: build, look inside, search.",
    ),
    "market": (
        "matching.cli_market",
        "app",
        "Labour-market data: make, check and read signed sets, and test their trends.",
    ),
    "plan": (
        "matching.cli_plan",
        "app",
        "From what is missing to modules: catalogues, and the smallest set within hours and money.",
    ),
    "keys": ("passport.cli.keys", "app", "Make keys and the DID documents that publish them."),
    "trust": (
        "passport.cli.trust",
        "app",
        "Make, sign, compare and publish lists of who is recognised as what.",
    ),
    "skill-map": (
        "passport.cli.skill_map",
        "app",
        "Make, sign and read maps from qualifications to the skills they stand for.",
    ),
    "profile": ("passport.cli.profiles", "app", "Make, lint, sign and publish function profiles."),
    "publish": (
        "passport.cli.publish",
        "app",
        "Publish sets of profiles, modules and figures as files, for wallets to fetch whole.",
    ),
    "conformance": (
        "passport.cli.conformance",
        "app",
        "Let the public test suites run against this code: proof-only, never for use.",
    ),
    "status": ("passport.cli.status", "app", "Look a credential up in its status lists."),
}
COMMANDS = {
    "demo": ("passport.cli.demo", "demo"),
    "issue": ("passport.cli.issue", "issue"),
    "endorse": ("passport.cli.endorse", "endorse"),
    "digest": ("passport.cli.digest", "digest"),
    "verify": ("passport.cli.verify", "verify"),
    "present": ("wallet.desktop.cli", "present"),
    "import": ("wallet.desktop.cli", "receive"),
    "export": ("wallet.desktop.cli", "export"),
    "match": ("matching.cli_match", "match"),
    "weigh": ("passport.cli.weigh", "weigh_command"),
    "bench": ("passport.cli.bench", "bench"),
}


def build(asked: Sequence[str]) -> typer.Typer:
    """The command line with the command that is asked for, or with all of them."""
    first = next((word for word in asked if not word.startswith("-")), "")
    named = first in GROUPS or first in COMMANDS or "--version" in asked
    app = typer.Typer(
        name="passport",
        help="Skill credentials that the worker owns: issue, keep, match, show and verify.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_root)
    for name, (module, attribute, about) in GROUPS.items():
        if not named or name == first:
            app.add_typer(getattr(import_module(module), attribute), name=name, help=about)
    for name, (module, attribute) in COMMANDS.items():
        if not named or name == first:
            app.command(name)(getattr(import_module(module), attribute))
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"skills-passport {version('skills-passport')}")
        raise typer.Exit


def _root(
    *,
    told: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Skill credentials that the worker owns: issue, keep, match, show and verify."""


def main() -> None:
    """Run the command line and end the process: 0 done, 1 refused, 2 wrong use."""
    asked = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal lacks stops nothing
    try:
        build(asked)(args=asked, prog_name="passport")
    except PassportError as error:
        sys.exit(_refused(error, asked))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        named = f" ({error.filename})" if isinstance(error.filename, str) else ""
        values = {"reason": f"{reason}{named}"}
        message = shared().say("file_or_address", language_of(asked, os.environ), values)
        sys.exit(_say("file_or_address", message, as_json="--json" in asked))


def _refused(error: PassportError, asked: Sequence[str]) -> int:
    message = refusal(error, language_of(asked, os.environ))
    return _say(error.code, message, as_json="--json" in asked, **error.details)


def _say(code: str, message: str, *, as_json: bool, **details: str | int) -> int:
    if as_json:
        typer.echo(json.dumps({"error": {**details, "code": code, "message": message}}))
    else:
        typer.echo(message, err=True)
    return REFUSED

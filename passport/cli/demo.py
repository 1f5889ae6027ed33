"""`passport demo`: the whole story on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from passport.terminal import AsJson


def demo(
    report: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("demo-report"),
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the services running.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Agree for the worker without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Play the whole story on this machine: issue, receive, match, show, verify, revoke."""
    from passport.demo.story import play

    play(report, keep=keep, yes=yes, as_json=as_json)

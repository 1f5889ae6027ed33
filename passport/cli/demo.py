"""`passport demo`: the whole story on this machine, or the worked case of proof that hardens."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from passport.terminal import AsJson


class Story(StrEnum):
    PASSPORT = "passport"
    HARDENING = "hardening"


_FOLDERS = {Story.PASSPORT: Path("demo-report"), Story.HARDENING: Path("hardening-report")}


def demo(
    story: Annotated[
        Story,
        typer.Argument(
            help="passport: issue, receive, match, show, verify, revoke."
            " hardening: a claim is confirmed, validated, and falls back when acts are revoked."
        ),
    ] = Story.PASSPORT,
    report: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the report; by default demo-report, or hardening-report.", show_default=False
        ),
    ] = None,
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the services running (passport).")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Agree for the worker without asking (passport).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Play a story on this machine, with real services, and write a report of it."""
    folder = report or _FOLDERS[story]
    if story is Story.HARDENING:
        from passport.demo import hardening

        hardening.play(folder, as_json=as_json)
        return
    from passport.demo.story import play

    play(folder, keep=keep, yes=yes, as_json=as_json)

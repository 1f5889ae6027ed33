"""`passport wallet intake wishes`: what drives somebody and what they want; it stays in the wallet."""

from typing import Annotated

import typer

from passport.json import JsonObject
from passport.terminal import AsJson, console, emit
from wallet.core import intake_wishes as wished
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, opened
from wallet.desktop.cli_intake import intake_app
from wallet.errors_intake import NotALevel

_MOTIVES = f"What matters most, four at most: {', '.join(wished.MOTIVES)}; may be repeated."
_ATTITUDE = f"How much a sentence is like you, as promises=4: {', '.join(wished.ATTITUDES)}."


@intake_app.command()
def wishes(
    *,
    motive: Annotated[list[str] | None, typer.Option(help=_MOTIVES)] = None,
    attitude: Annotated[list[str] | None, typer.Option(help=_ATTITUDE)] = None,
    hours: Annotated[int | None, typer.Option(help="Hours of work a week.")] = None,
    travel: Annotated[int | None, typer.Option(help="Minutes of travel one way, at most.")] = None,
    learn: Annotated[int | None, typer.Option(help="Hours of learning a week.")] = None,
    time: Annotated[
        list[str] | None, typer.Option(help=f"When: {', '.join(wished.TIMES)}; may be repeated.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="What else matters to you.")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Forget all of this for good.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Show, say or forget motives, attitude and wishes; what you don't name stays as it is."""
    from wallet.core.intake_texts_summary import wishes_json

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        if forget:
            wished.forget_wishes(wallet)
        if motive:
            wished.keep_motives(wallet, tuple(motive))
        if attitude:
            wished.keep_attitude(wallet, dict(map(_levelled, attitude)))
        wanted = {"hours": hours, "travel": travel, "learn": learn, "times": time, "note": note}
        named = {name: value for name, value in wanted.items() if value is not None}
        if named:
            wished.change_wishes(wallet, named)
        found = wishes_json(wallet)

    emit(found, as_json=as_json, show=lambda: _show(found, say))


def _show(found: JsonObject, say: Speaker) -> None:
    for code in (found["motives"] or {}).get("chosen", ()):
        console.print(say.sentence(f"motive-{code}"))
    for code, level in (found["attitude"] or {}).get("levels", {}).items():
        console.print(f"{say.sentence(f'attitude-{code}')} {say.sentence(f'like-{level}')}")
    wanted = found["wishes"] or {}
    for name in ("hours", "travel", "learn"):
        if wanted.get(name) is not None:
            console.print(f"{say.sentence(f'wishes-{name}')} {wanted[name]}")
    if wanted.get("times"):
        console.print(", ".join(say.sentence(f"time-{each}") for each in wanted["times"]))
    if wanted.get("note"):
        console.print(wanted["note"], soft_wrap=True)
    if not any(found.values()):
        console.print(say.sentence("past-list-empty"))


def _levelled(text: str) -> tuple[str, int]:
    code, _, level = text.partition("=")
    if level not in {str(each) for each in wished.LEVELS}:
        raise NotALevel
    return code, int(level)

"""`passport profile reach`: which demand on proof keeps out whom, tried on made-up people."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from passport.clock import parse_datetime, utc_now
from passport.evidence import parse_function_profile
from passport.terminal import SPOKEN, AsJson, File, InLanguage, console, emit, read_file


def reach(
    path: File,
    *,
    people: Annotated[int, typer.Option(min=1, help="How many made-up people.")] = 1_000,
    seed: Annotated[int, typer.Option(help="Another number makes up other people.")] = 1,
    share: Annotated[
        int, typer.Option(min=1, max=100, help="Percent of the required skills that is enough.")
    ] = 80,
    moment: Annotated[str, typer.Option("--at", help="Count ages from this moment; now.")] = "",
    picture: Annotated[Path | None, typer.Option(help="Write an SVG picture.")] = None,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Try a function profile on made-up people (synthetic) under several demands on proof."""
    from matching.bundle import load_bundle
    from matching.reach import draw_reach, simulate
    from matching.reach.summary import reach_json, reach_sentences
    from matching.texts import catalogue

    profile = parse_function_profile(read_file(path))
    found = simulate(
        profile.demands,
        load_bundle(),
        now=parse_datetime(moment) if moment else utc_now(),
        count=people,
        seed=seed,
        share=Fraction(share, 100),
    )
    if picture is not None:
        picture.write_text(draw_reach(found, language, standalone=True), encoding="utf-8")
    value = {"id": profile.id, "version": profile.version, **reach_json(found, language)}

    def show() -> None:
        say = catalogue().say
        console.print(value["about"], style="bold")
        about, *others = reach_sentences(found, language)
        console.print(about)
        for one in found.told:
            low, high = (round(one.of * bound) for bound in one.interval)
            name = say(f"reach.{one.policy}", language)
            console.print(f"{one.reached:7} / {one.of}  ({low}–{high})  {name}", markup=False)  # noqa: RUF001  # a range
        for sentence in others:
            console.print(sentence)

    emit(value, as_json=as_json, show=show)

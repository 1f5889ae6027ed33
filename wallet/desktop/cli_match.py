"""`passport wallet match`: all work, near and chosen work, one occupation, function profiles, what counts."""

from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, read_file
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.cli_named import occupation_named

_MOST = 100


@app.command()
def match(
    *,
    folder: Folder = None,
    occupation: Annotated[
        str | None, typer.Option(help="Explain one occupation: its IRI or whole title.")
    ] = None,
    near: Annotated[str | None, typer.Option(help="Work close to this occupation.")] = None,
    chosen: Annotated[bool, typer.Option("--chosen", help="The occupations that you keep.")] = False,
    choose: Annotated[list[str] | None, typer.Option(help="Keep an occupation; may be repeated.")] = None,
    leave: Annotated[list[str] | None, typer.Option(help="Take one away again.")] = None,
    profile: Annotated[
        list[Path] | None, typer.Option(help="A signed function profile to keep; may be repeated.")
    ] = None,
    address: Annotated[list[str] | None, typer.Option(help="Where to fetch one; may be repeated.")] = None,
    profiles: Annotated[bool, typer.Option("--profiles", help="All function profiles kept.")] = False,
    skills: Annotated[bool, typer.Option("--skills", help="What counts, how old it is, where from.")] = False,
    answers: Annotated[
        bool, typer.Option("--with-answers", help="Let your self-assessment count in the order as well.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, max=_MOST)] = 10,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Compare your skills with all occupations, with some, or with function profiles."""
    from wallet.core.chosen_work import choose_work, chosen_work, leave_work
    from wallet.core.match_profiles import match_profiles
    from wallet.core.match_summary import person_json, profile_match_json
    from wallet.core.matches import match_chosen
    from wallet.core.profile import profile_of
    from wallet.core.summary import match_json
    from wallet.desk.function_profiles import fetch_profile, take_profiles
    from wallet.desktop.bodies import MatchBody
    from wallet.desktop.matching_json import match_json_for

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):

        def named(work: str) -> str:
            return occupation_named(desk.taxonomy, work, str(language))

        for one in choose or ():
            choose_work(wallet, named(one), desk.taxonomy)
        for one in leave or ():
            leave_work(wallet, one if "://" in one else named(one))
        take_profiles(desk, wallet, map(read_file, profile or ()))
        for one in address or ():
            fetch_profile(desk, wallet, one)
        if skills:
            found = person_json(profile_of(wallet), say)
        elif profile or address or profiles:
            compared = match_profiles(wallet, desk.taxonomy, language=str(language))
            found = {"profiles": [profile_match_json(one, say) for one in compared]}
        elif chosen or choose or leave:
            mine = match_chosen(
                profile_of(wallet), chosen_work(wallet), desk.taxonomy, language=str(language)
            )
            found = {"matches": [match_json(one, say) for one in mine]}
        else:
            body = MatchBody(
                occupation=None if occupation is None else named(occupation),
                near=None if near is None else named(near),
                most=most,
                answers=answers,
            )
            found = match_json_for(desk, wallet, body, str(language), say)
    emit(found, as_json=as_json, show=lambda: _show(found, say))


def _covered(one: JsonObject, say: Speaker) -> str:
    """How much of what is needed and of what is useful is there, in words, and how close the work is."""
    needed, useful = one["essential"], one["optional"]
    parts = [
        say(Reason(code, {"met": part["met"], "of": part["of"]}))
        for code, part in (("match-line-needed", needed), ("match-line-useful", useful))
        if part["of"]
    ]
    if "closeness" in one:
        parts.append(say.sentence(f"match-word-{one['closeness']}"))
    return ", ".join(parts)


def _show(found: JsonObject, say: Speaker) -> None:
    if "skills" in found:
        for one in found["skills"]:
            percent = round(100 * one["weight"])
            shown = (one["freshness"]["at"] or say.sentence("match-undated"))[:10]
            strength = say.sentence(f"strength-{one['strength']}")
            console.print(f"{percent:4} %  {shown:10}  {one['label']}  [{strength}]", markup=False)
        return
    listed = next((found[name] for name in ("matches", "profiles") if name in found), [found])
    if not listed:
        console.print(say.sentence("match-profiles-none" if "profiles" in found else "match-empty"))
        return
    for one in listed:
        place = f"{one['place']:4}. " if "place" in one else ""
        name = one.get("name") or one["label"]
        console.print(f"{place}{name}: {_covered(one, say)}", markup=False, soft_wrap=True)
    if len(listed) > 1:
        console.print(say.sentence("match-line-about"), style="dim")
    if any(one["essential"]["of"] and not one["essential"]["met"] for one in listed):
        console.print(say.sentence("match-line-none"), style="dim")
    if "reasons" in found:
        for reason in found["reasons"]:
            console.print(f"  {reason['text']}", markup=False)

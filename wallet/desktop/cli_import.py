"""Commands for diplomas: take one in, tick what follows from it, use a map, see what has to be renewed."""

from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Reason
from passport.json import JsonObject
from passport.limits import PUBLISHED
from passport.terminal import AsJson, console, emit, one_line, read_file
from wallet.core import limits
from wallet.core.learning_route import LearningRoute
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="PDF, photo or credential.")],
    *,
    title: Annotated[str, typer.Option(help="What the diploma is called (for a scan).")] = "",
    institution: Annotated[str, typer.Option(help="Who gave it (for a scan).")] = "",
    date: Annotated[str, typer.Option(help="Its day, as 2019-07-01.")] = "",
    qualification: Annotated[str, typer.Option(help="A code or address, such as a crebo number.")] = "",
    route: Annotated[LearningRoute, typer.Option(help="How it was learned.")] = LearningRoute.FORMAL,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Keep a diploma as evidence: a scan or European credential, unchecked; a badge is checked as always."""
    from wallet.core.deriving import derivable, ground_of_file
    from wallet.core.import_summary import imported_json
    from wallet.core.imported import Described, Imported
    from wallet.core.summary import examined_json
    from wallet.desk.importing import import_file

    say = Speaker(language)
    described = Described(title, institution, date, qualification, route)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        taken = import_file(desk, wallet, read_file(file, limits.UPLOAD), file.name, described)
        if isinstance(taken, Imported):
            offered = derivable(wallet, ground_of_file(taken), desk.taxonomy, language=language)
            shown: JsonObject = {"imported": imported_json(taken, offered, say)}
        else:
            shown = {"credentials": [examined_json(one, say) for one in taken.credentials]}

    def show() -> None:
        if not isinstance(taken, Imported):
            for line in shown["credentials"]:
                console.print(say.told("cmd-kept", name=one_line(line["name"])))
            return
        console.print(
            say.told("cmd-kept-unchecked", name=f"{one_line(taken.title)}, {one_line(taken.institution)}")
        )
        for each in offered:
            console.print(f"  {each.skill}  {one_line(each.name)}")
            for reason in each.reasons:
                console.print(f"      {one_line(say(reason))}")
        console.print(say.told("cmd-derive", id=taken.id))

    emit(shown, as_json=as_json, show=show)


@app.command()
def derive(
    document: Annotated[str, typer.Argument(help="The diploma's name in the wallet, or a credential's.")],
    skills: Annotated[list[str] | None, typer.Argument(help="The skills to tick, by identifier.")] = None,
    *,
    occupation: Annotated[str, typer.Option(help="The work that it leads to, by identifier.")] = "",
    qualification: Annotated[str, typer.Option(help="A code or address that a map knows.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Sign a claim of skills that follow from a diploma; without skills, show which may be ticked."""
    from wallet.core.deriving import derivable, ground_of_credential, ground_of_file
    from wallet.core.deriving import derive as sign
    from wallet.core.import_summary import offered_json
    from wallet.core.imported import imported_one
    from wallet.core.shelf import kept_one
    from wallet.core.summary import examined_json
    from wallet.core.wallet import Kind

    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        here = document in wallet.vault.of_kind(Kind.CREDENTIAL)
        ground = (
            ground_of_credential(kept_one(wallet, document))
            if here
            else ground_of_file(imported_one(wallet, document))
        )
        offered = derivable(
            wallet,
            ground,
            desk.taxonomy,
            language=language,
            occupation=occupation,
            qualification=qualification,
        )
        if skills:
            made = sign(wallet, ground, skills, offered, language=language, say=say)
            answer: JsonObject = {"credential": examined_json(made, say)}
        else:
            answer = {"offered": offered_json(offered, say)}

    def show() -> None:
        if skills:
            console.print(say.told("cmd-derived", name=one_line(answer["credential"]["name"])))
            return
        for each in offered:
            console.print(f"{each.skill}  {one_line(each.name)}")

    emit(answer, as_json=as_json, show=show)


@app.command(name="skill-map")
def skill_map(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A signed skill map.")],
    *,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    as_json: AsJson = False,
) -> None:
    """Use a published map from qualifications to skills."""
    from wallet.desk.importing import take_map

    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        found = take_map(desk, wallet, read_file(file, PUBLISHED.size))
    emit(
        {"id": found.id, "version": found.version, "publisher": found.publisher},
        as_json=as_json,
        show=lambda: console.print(f"{one_line(found.publisher_name)} ({found.publisher})"),
    )


@app.command()
def licences(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List licences and certificates: until when they hold, and which to renew."""
    from wallet.core.import_summary import licence_json
    from wallet.core.licences import licences as found_in

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        found = found_in(wallet)

    def show() -> None:
        for each in found:
            until = {"day": str(each.valid_until.date())} if each.valid_until else {}
            said = f", {say(Reason('licence-until', until))}" if until else ""
            console.print(f"{say.sentence(f'licence-{each.state}'):24} {each.name} {each.number or ''}{said}")
        if not found:
            console.print(say.told("cmd-no-licence"))

    emit({"licences": [licence_json(each) for each in found]}, as_json=as_json, show=show)


@app.command()
def stack(
    address: Annotated[str, typer.Argument(help="The stack's address, as the organisation gives it.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Show the parts to that organisation.")] = False,
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Turn several credentials into one: see which parts are needed, then show them with --yes."""
    from wallet.core.summary import examined_json
    from wallet.desk.stacking import ask_for_stack, look_at_stack

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        asked = look_at_stack(desk, wallet, address)
        parts = [
            {
                "name": part.name,
                "achievement": part.achievement,
                "credential": None if one is None else one.id,
            }
            for part, one in asked.here.found
        ]
        answer: JsonObject = {
            "name": asked.stack.name,
            "issuer": asked.stack.issuer,
            "host": asked.host,
            "least": asked.stack.least,
            "parts": parts,
            "ready": asked.here.ready,
        }
        if yes:
            received = ask_for_stack(desk, wallet, address, mark=asked.here.mark)
            answer["credentials"] = [examined_json(one, say) for one in received.credentials]

    def show() -> None:
        least = say.told("cmd-stack-least", count=answer["least"])
        console.print(f"{one_line(answer['name'])}, {answer['host']}: {least}")
        for part in parts:
            console.print(f"  {'✓' if part['credential'] else '-'} {one_line(str(part['name']))}")
        for one in answer.get("credentials", ()):
            console.print(say.told("cmd-received", name=one_line(one["name"])))
        if not yes and answer["ready"]:
            console.print(say.told("cmd-stack-yes"))

    emit(answer, as_json=as_json, show=show)

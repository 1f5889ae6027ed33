"""`passport wallet check-up`: when it is due, make one, print its report, put the day in a calendar."""

from pathlib import Path
from typing import Annotated

import typer

from matching.checkup.due import Due, DueState
from passport.answers import Reason
from passport.terminal import AsJson, console, emit, one_line
from passport.texts.days import day_in_words
from wallet.core.checkup.kept import check_up_kept, check_ups, keep_check_up
from wallet.core.checkup.looking import Said, filled_in, look
from wallet.core.checkup.reminder import check_up_calendar, due_of, remind, snooze
from wallet.core.checkup.summary import due_json, found_json, kept_json
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, app, opened
from wallet.desktop.vault_file import replace_file
from wallet.views.checkup_parts import Figures, demanded, figures, proven
from wallet.views.rendering import Renderer

checkup_app = typer.Typer(no_args_is_help=True, help="The yearly check-up: the day, the report, the list.")
app.add_typer(checkup_app, name="check-up")


@checkup_app.command()
def due(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Say when the next check-up is due, and list those that were made."""
    say = Speaker(language)
    with opened(folder) as (_, wallet):
        day, made = due_of(wallet), check_ups(wallet)

    def show() -> None:
        console.print(_due_words(day, say))
        for one in made:
            of = Reason("checkup-of", {"day": day_in_words(one.snapshot.made, language)})
            console.print(f"{say(of)}: {one.id}")

    value = {"due": due_json(day), "made": [kept_json(one) for one in made]}
    emit(value, as_json=as_json, show=show)


@checkup_app.command()
def make(
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Sign and keep it, with all suggestions.")] = False,
    own: Annotated[list[str] | None, typer.Option(help="An action in your own words.")] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Look at today; with --keep sign it and keep it. Nothing is sent."""
    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        found = look(wallet, desk.taxonomy, language)
        kept = None
        if keep:
            said = Said({}, tuple(range(len(found.suggested))), own or ())
            kept = keep_check_up(wallet, filled_in(found, said))
    value = found_json(found, desk.taxonomy, say)
    one = found.snapshot

    def show() -> None:
        console.print(say.sentence("checkup-me"), style="bold")
        for each in proven(one, None if found.last is None else found.last.snapshot, desk.taxonomy, language):
            was = "" if each.before is None else say(Reason("checkup-then", {"was": each.before}))
            console.print(f"{say.sentence(f'checkup-group-{each.group}')}: {each.count}", was)
        if not one.skills:
            console.print(say.sentence("checkup-no-skills"))
        console.print(say.sentence("checkup-work"), style="bold")
        console.print(one_line(_figures_words(figures(one, language), say)))
        for work in one.work:
            label = one_line(desk.taxonomy.label(work.occupation, language))
            state = say.sentence(f"market-state-{work.demand}") if one.market else ""
            console.print(f"{label}: {work.met} / {work.of}", state)
        asked = demanded(one, desk.taxonomy, language)
        for code, every in () if asked is None else (("have", asked.have), ("lack", asked.lack)):
            names = ", ".join(one_line(each.label) for each in every)
            console.print(f"{say.sentence(f'checkup-asked-{code}')}: {names or '-'}")
        console.print(say.sentence("checkup-actions"), style="bold")
        for each in value["suggestions"]:
            console.print(f"- {each}")
        if kept is not None:
            console.print(
                f"{say(Reason('checkup-of', {'day': day_in_words(one.made, language)}))}: {kept.id}"
            )

    emit(value | {"kept": None if kept is None else kept_json(kept)}, as_json=as_json, show=show)


@checkup_app.command()
def report(
    check_up: Annotated[str, typer.Argument(help="The check-up by its id here.")],
    out: Annotated[Path, typer.Argument(help="The PDF file to write.", dir_okay=False)],
    *,
    answers: Annotated[bool, typer.Option(help="With what you answered about your work.")] = True,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Write the report as PDF, for a talk with an independent adviser."""
    from wallet.desktop.checkup_paper import check_up_paper
    from wallet.views.checkup import written

    renderer = Renderer(stylesheet="")
    with opened(folder) as (desk, wallet):
        one = check_up_kept(wallet, check_up)
        found = written(renderer, language, wallet, desk.taxonomy, one, answers=answers)
    made = check_up_paper(renderer, language, one, found)
    replace_file(out, made.data)
    said = {"written": str(out), "bytes": len(made.data)}
    emit(said, as_json=as_json, show=lambda: console.print(str(out)))


@checkup_app.command()
def calendar(
    out: Annotated[Path, typer.Argument(help="The calendar file to write.", dir_okay=False)],
    *,
    folder: Folder = None,
    language: In = SPOKEN,
) -> None:
    """Write the day of the check-up as a calendar file (.ics)."""
    say = Speaker(language)
    with opened(folder) as (_, wallet):
        file = check_up_calendar(
            wallet, summary=say.sentence("checkup-event"), description=say.sentence("checkup-event-about")
        )
    replace_file(out, file)
    console.print(str(out))


@checkup_app.command("remind")
def remind_command(
    *,
    later: Annotated[int | None, typer.Option(help="Not for 7, 30 or 90 days.")] = None,
    on: Annotated[bool, typer.Option("--on/--off", help="Reminders on or off.")] = True,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Be reminded later, not at all, or again."""
    with opened(folder) as (_, wallet):
        if later is None:
            remind(wallet, on=on)
        else:
            snooze(wallet, later)
        found = due_of(wallet)
    words = _due_words(found, Speaker(language))
    emit(due_json(found), as_json=as_json, show=lambda: console.print(words))


def _figures_words(found: Figures | None, say: Speaker) -> str:
    """Whose figures, from the first window to the last; or that there are none."""
    if found is None:
        return say.sentence("market.none")
    window = say(Reason("checkup-window", {"first": found.first, "last": found.last}))
    made_up = f" {say.sentence('market.synthetic')}" if found.synthetic else ""
    return f"{found.publisher}: {window}{made_up}"


def _due_words(found: Due, say: Speaker) -> str:
    """The day and what the wallet does about it, as its page says it."""
    day = {"day": day_in_words(found.day, say.language)}
    if found.state is DueState.DUE:
        return say(Reason("checkup-is-due", day))
    said = [say(Reason("checkup-next", day))]
    if found.until is not None:
        said.append(say(Reason("checkup-snoozed", {"day": day_in_words(found.until, say.language)})))
    if found.state is DueState.OFF:
        said.append(say.sentence("checkup-off"))
    return " ".join(said)

"""`passport wallet intake`: what somebody did, can and wants; it stays on this computer, locked."""

from typing import Annotated

import typer

from matching.intake.past import PastKind
from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, app, opened
from wallet.desktop.cli_named import occupation_named, one_named, skill_named

intake_app = typer.Typer(no_args_is_help=True, help="Who you are, what you can do, what you want.")
app.add_typer(intake_app, name="intake")

Year = Annotated[str, typer.Option(help="A year, as 2018.")]
NewYear = Annotated[str | None, typer.Option(help="A year, as 2018; empty for the end of what goes on.")]
Title = Annotated[str, typer.Option(help="What you call it.")]
Level = Annotated[str, typer.Option(help="Of a school: primary, vmbo, mbo-2, hbo, course …")]
Record = Annotated[str, typer.Argument(help="The id of work or schooling, or the beginning of it.")]


@intake_app.command()
def show(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Which parts are filled in, and how fresh each of them is."""
    from wallet.core.intake_state import intake_state
    from wallet.core.intake_summary import state_json

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        state = intake_state(wallet)

    def tell() -> None:
        console.print(say(Reason("intake-filled", {"done": state.done, "of": len(state.parts)})))
        for part in state.parts:
            count = Reason("intake-part-count", {"count": part.count})
            told = say(count) if part.count else say(Reason("intake-part-empty"))
            console.print(f"{say(Reason(f'intake-{part.code}')):<32} {told}", soft_wrap=True)

    emit(state_json(state), as_json=as_json, show=tell)


@intake_app.command()
def past(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List past work and schooling."""
    from wallet.core.intake_pasts import pasts_kept
    from wallet.core.intake_summary import past_json

    with opened(folder) as (desk, wallet):
        now = wallet.now().year
        found = [past_json(each, desk.taxonomy, str(language), now=now) for each in pasts_kept(wallet)]
    say = Speaker(language)
    emit({"past": found}, as_json=as_json, show=lambda: _show_past(found, say))


@intake_app.command()
def add(
    kind: Annotated[PastKind, typer.Argument(help="work or school.")],
    occupations: Annotated[list[str], typer.Argument(help="Occupations: their whole titles or IRIs.")],
    *,
    since: Year,
    until: Year = "",
    title: Title = "",
    level: Level = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Add past work or schooling; the skills that go with it follow."""
    from wallet.core.intake_pasts import PastDraft, keep_past, past_kept
    from wallet.core.intake_summary import past_json

    with opened(folder) as (desk, wallet):
        named = tuple(occupation_named(desk.taxonomy, each, str(language)) for each in occupations)
        made = keep_past(wallet, PastDraft(kind, named, since, until, title, level), desk.taxonomy)
        found = past_json(past_kept(wallet, made.id), desk.taxonomy, str(language), now=wallet.now().year)
    say = Speaker(language)
    emit(found, as_json=as_json, show=lambda: _show_past([found], say))


@intake_app.command()
def change(
    record: Record,
    *,
    occupation: Annotated[
        list[str] | None, typer.Option(help="Titles or IRIs, instead of those that it has; may be repeated.")
    ] = None,
    since: NewYear = None,
    until: NewYear = None,
    title: Annotated[str | None, typer.Option(help="What you call it.")] = None,
    level: Annotated[str | None, typer.Option(help="Of a school.")] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Change past work or schooling; what you don't name stays as it is."""
    from wallet.core.intake_pasts import PastDraft, keep_past, past_kept, pasts
    from wallet.core.intake_summary import past_json

    with opened(folder) as (desk, wallet):
        old = past_kept(wallet, one_named(record, [each.id for each in pasts(wallet)])).past
        named = tuple(occupation_named(desk.taxonomy, each, str(language)) for each in occupation or ())
        draft = PastDraft(
            old.kind,
            named or old.occupations,
            str(old.since) if since is None else since,
            str(old.until or "") if until is None else until,
            old.title if title is None else title,
            old.level if level is None else level,
        )
        keep_past(wallet, draft, desk.taxonomy, record=old.id)
        found = past_json(past_kept(wallet, old.id), desk.taxonomy, str(language), now=wallet.now().year)
    say = Speaker(language)
    emit(found, as_json=as_json, show=lambda: _show_past([found], say))


@intake_app.command()
def forget(record: Record, folder: Folder = None) -> None:
    """Forget past work or schooling for good."""
    from wallet.core.intake_pasts import forget_past, pasts

    with opened(folder) as (_, wallet):
        forget_past(wallet, one_named(record, [each.id for each in pasts(wallet)]))


@intake_app.command()
def skills(
    top: Annotated[int, typer.Option(min=1, help="How many to show.")] = 40,
    *,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """List the skills that follow or that you ticked, each with its reasons; those that count most first."""
    from wallet.core.intake_summary import skills_json

    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        found = skills_json(wallet, desk.taxonomy, str(language), say)

    def tell() -> None:
        listed = sorted(found["skills"], key=lambda one: (-one["weight"], one["label"]))
        for one in listed[:top]:
            console.print(f"{round(100 * one['weight']):>3} %  {one['label']}", soft_wrap=True)
            for reason in one["reasons"]:
                console.print(f"       {reason['text']}", style="dim", soft_wrap=True)

    emit(found, as_json=as_json, show=tell)


@intake_app.command()
def tick(
    skills: Annotated[list[str], typer.Argument(help="Skills: their IRIs or whole names.")],
    *,
    not_mine: Annotated[bool, typer.Option("--not", help="Say that you can't do these.")] = False,
    level: Annotated[
        int | None, typer.Option(min=1, max=5, help="1 (just starting) to 5 (I teach it).")
    ] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say of skills that they are yours, or that they are not."""
    from wallet.core.intake_skills import Ticked, keep_skills
    from wallet.core.intake_summary import skills_json

    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        named = [Ticked(skill_named(desk.taxonomy, each, str(language))) for each in skills]
        kept = keep_skills(wallet, named, desk.taxonomy, mine=not not_mine, level=level)
        found = skills_json(wallet, desk.taxonomy, str(language), say)
        labels = [desk.taxonomy.label(one.skill, str(language)) for one in kept]
    emit(found, as_json=as_json, show=lambda: console.print("\n".join(labels), soft_wrap=True))


def _show_past(found: list[JsonObject], say: Speaker) -> None:
    for one in found:
        labels = ", ".join(each["label"] for each in one["occupations"])
        until = one["until"] or say(Reason("past-now"))
        console.print(f"{one['id'][:8]}  {one['since']} - {until}  {one['title'] or labels}", soft_wrap=True)
        console.print(
            f"          {labels}. {say(Reason('past-found', {'count': one['skills']}))}", soft_wrap=True
        )
    if not found:
        console.print(say(Reason("past-list-empty")))

"""`passport wallet plan`: make a plan, choose what goes in, and see what came of it."""

from pathlib import Path
from typing import Annotated

import typer

from matching.cli_wishes import AlsoUseful, Euros, FromHome, Hours, LeastOf, OnlyForm
from matching.plan.cover_problem import Aim
from matching.plan.summary import catalogue_json, euros
from matching.plan.wishes import Wishes
from passport.answers import Reason
from passport.json import JsonObject
from passport.limits import PUBLISHED
from passport.terminal import AsJson, console, emit, one_line, read_file
from passport.texts import Language
from wallet.core.plan.plans import Plan, Status, plans
from wallet.core.wallet import Wallet
from wallet.desktop.cli_base import SPOKEN, Folder, In, Loopback, Speaker, app, opened
from wallet.desktop.cli_named import skill_named
from wallet.desktop.desk import Desk
from wallet.errors_plan import UnknownPlan, UnknownPlanItem

plan_app = typer.Typer(
    no_args_is_help=True, help="Plans: what is missing for some work, and how to learn it."
)
app.add_typer(plan_app, name="plan")

Id = Annotated[str, typer.Argument(help="The id of a plan, or its beginning, as `plan list` shows it.")]
Part = Annotated[str, typer.Argument(help="The id of a part, or its beginning, as `plan show` shows it.")]


@plan_app.command(name="list")
def list_(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List the plans, and how far each is."""
    from wallet.core.plan.plan_summary import plan_json
    from wallet.core.plan.standing import standing

    with opened(folder) as (desk, wallet):
        found = [
            plan_json(standing(wallet, each, desk.taxonomy, language=language), desk.taxonomy, language)
            for each in plans(wallet)
        ]

    def show() -> None:
        for one in found:
            met, of = one["essential"]["met"], one["essential"]["of"]
            console.print(f"{one['id'][:8]}  {met} / {of}  {one_line(one['label'])}")
        if not found:
            console.print(Speaker(language).sentence("plans-none"))

    emit({"plans": found}, as_json=as_json, show=show)


@plan_app.command()
def new(
    work: Annotated[str, typer.Argument(help="An occupation: its IRI, or words that find it.")] = "",
    *,
    profile: Annotated[str, typer.Option(help="Or the wallet's id of a function profile.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Begin a plan for an occupation, or for a function profile that the wallet keeps."""
    from wallet.core.finding import find_occupations
    from wallet.core.plan.planning import make_plan
    from wallet.desk.planning import target_of

    with opened(folder) as (desk, wallet):
        named = work
        if work and "://" not in work:
            named = next(iter(find_occupations(desk.taxonomy, work, language)), ("", ""))[0]
        target = target_of(desk, wallet, occupation=named, profile=profile, language=language)
        found = _stands(desk, wallet, make_plan(wallet, target, desk.taxonomy), language)
    emit(found, as_json=as_json, show=lambda: _show(found, language))


@plan_app.command(name="show")
def show_(plan: Id, folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Show a plan: its parts, what came in, and what is proposed for the rest."""
    with opened(folder) as (desk, wallet):
        found = _stands(desk, wallet, plan_named(wallet, plan), language)
    emit(found, as_json=as_json, show=lambda: _show(found, language))


@plan_app.command()
def wish(
    plan: Id,
    *,
    hours: Hours = None,
    money: Euros = None,
    aim: LeastOf = Aim.FEWEST,
    form: OnlyForm = None,
    online: FromHome = False,
    optional: AlsoUseful = False,
    refused: Annotated[
        list[str] | None, typer.Option("--without", help="A module, by id, that you don't want.")
    ] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say what you can spend and would rather do, in the place of what you said before."""
    from wallet.core.plan.planning import set_wishes

    cents = None if money is None else 100 * money
    wishes = Wishes(hours, cents, aim, form, online, optional, frozenset(refused or ()))
    with opened(folder) as (desk, wallet):
        changed = set_wishes(wallet, plan_named(wallet, plan).id, wishes)
        found = _stands(desk, wallet, changed, language)
    emit(found, as_json=as_json, show=lambda: _show(found, language))


@plan_app.command()
def take(
    plan: Id,
    modules: Annotated[list[str] | None, typer.Argument(help="Modules, by id.")] = None,
    *,
    own: Annotated[
        list[str] | None, typer.Option(help="A skill, by IRI or name, to learn at work without a module.")
    ] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="All that is proposed now.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Put modules, or skills to learn at work, in the plan."""
    from wallet.core.plan.planning import take as put

    with opened(folder) as (desk, wallet):
        kept = plan_named(wallet, plan)
        every = list(modules or [])
        if proposed:
            every += [each["key"] for each in _stands(desk, wallet, kept, language)["proposal"]["modules"]]
        skills = [
            each if "://" in each else skill_named(desk.taxonomy, each, str(language)) for each in own or ()
        ]
        changed = put(wallet, kept.id, desk.taxonomy, modules=every, own=skills)
        found = _stands(desk, wallet, changed, language)
    emit(found, as_json=as_json, show=lambda: _show(found, language))


@plan_app.command()
def part(
    plan: Id,
    part: Part,
    *,
    status: Annotated[Status | None, typer.Option(help="How far you are.")] = None,
    first: Annotated[str, typer.Option(help="The first day, as 2027-02-01; without it there is none.")] = "",
    last: Annotated[str, typer.Option(help="The last day.")] = "",
    note: Annotated[str | None, typer.Option(help="A note for yourself.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out of the plan.")] = False,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say how far a part is and when it is, or take it out."""
    from wallet.core.plan.planning import change_item, read_day, remove_item

    with opened(folder) as (desk, wallet):
        kept = plan_named(wallet, plan)
        named = [each.id for each in kept.items if part and each.id.startswith(part)]
        if len(named) != 1:
            raise UnknownPlanItem
        if remove:
            changed = remove_item(wallet, kept.id, named[0])
        else:
            days = {"first": read_day(first), "last": read_day(last)}
            changed = change_item(wallet, kept.id, named[0], status=status, note=note, **days)
        found = _stands(desk, wallet, changed, language)
    emit(found, as_json=as_json, show=lambda: _show(found, language))


@plan_app.command()
def calendar(
    plan: Id,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file.")] = Path("plan.ics"),
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Write the plan's days as a calendar file."""
    from wallet.core.plan.agenda import plan_calendar
    from wallet.core.plan.standing import standing
    from wallet.desktop.vault_file import replace_file

    with opened(folder) as (desk, wallet):
        stands = standing(wallet, plan_named(wallet, plan), desk.taxonomy, language=language)
        replace_file(output, plan_calendar(wallet, stands, language))
    emit({"file": str(output)}, as_json=as_json, show=lambda: console.print(str(output)))


@plan_app.command()
def forget(plan: Id, folder: Folder = None, as_json: AsJson = False) -> None:
    """Forget a plan for good."""
    from wallet.core.plan.plans import forget_plan

    with opened(folder) as (_, wallet):
        kept = plan_named(wallet, plan)
        forget_plan(wallet, kept.id)
    emit({"forgotten": kept.id}, as_json=as_json, show=lambda: console.print(kept.id))


@plan_app.command()
def catalogue(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="A catalogue.")] = None,
    *,
    address: Annotated[str, typer.Option(help="Or its address: it is fetched whole.")] = "",
    example: Annotated[
        bool, typer.Option("--example", help="Or made-up modules for what your plans miss.")
    ] = False,
    forget: Annotated[str, typer.Option(help="Forget this one, by its record.")] = "",
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Take in a catalogue of modules; without anything, list those that are here."""
    from wallet.core.plan.catalogues import catalogue_record, catalogues, forget_catalogue, unchecked
    from wallet.desk.planning import fetch_catalogue, take_catalogue, take_example

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        if forget:
            forget_catalogue(wallet, forget)
        if file is not None:
            take_catalogue(desk, wallet, read_file(file, PUBLISHED.size))
        if address:
            fetch_catalogue(desk, wallet, address)
        if example:
            take_example(desk, wallet)
        found = [
            {"record": catalogue_record(one.id), **catalogue_json(one)}
            for one in (*catalogues(wallet), *unchecked(wallet))
        ]

    def show() -> None:
        for one in found:
            made_up = f" ({say.sentence('plan-synthetic-short')})" if one["synthetic"] else ""
            name = one_line(one["publisher"]["name"])
            count = say(Reason("catalogue-count", {"count": one["count"]}))
            console.print(f"{one['record']}  {count}  {name}{made_up}  {one['publisher']['id']}")
        if not found:
            console.print(f"{say.sentence('catalogues-none')} {say.sentence('catalogues-none-do')}")

    emit({"catalogues": found}, as_json=as_json, show=show)


@plan_app.command()
def outcome(
    *,
    on: Annotated[
        bool | None, typer.Option("--on/--off", help="Count from now on; or stop, and erase.")
    ] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Show what was counted on this device, where you switched that on. Nobody else gets it."""
    from wallet.core.plan.outcome import outcome as outcome_of
    from wallet.core.plan.outcome import outcome_json, switch_off, switch_on

    with opened(folder) as (_, wallet):
        if on is not None:
            (switch_on if on else switch_off)(wallet)
        off = outcome_of(wallet) is None
        found: JsonObject = {"on": False} if off else {"on": True, **outcome_json(wallet)}

    def show() -> None:
        say = Speaker(language)
        if not found["on"]:
            console.print(say.sentence("plan_outcome_off"))
        for kind, count in found.get("total", {}).items():
            console.print(f"{say.sentence(f'plan-counted-{kind}')}: {count}")

    emit(found, as_json=as_json, show=show)


def plan_named(wallet: Wallet, named: str) -> Plan:
    """The plan whose id begins so; raises UnknownPlan where there is not one."""
    found = [each for each in plans(wallet) if named and each.id.startswith(named)]
    if len(found) != 1:
        raise UnknownPlan
    return found[0]


def _stands(desk: Desk, wallet: Wallet, plan: Plan, language: Language) -> JsonObject:
    from wallet.core.market_kept import outlooks
    from wallet.core.plan.plan_summary import standing_json
    from wallet.core.plan.planning import propose
    from wallet.core.plan.standing import standing

    stands = standing(wallet, plan, desk.taxonomy, language=language)
    occupation = plan.target.occupation
    return standing_json(
        stands,
        propose(wallet, stands, desk.taxonomy),
        None if occupation is None else outlooks(wallet, desk.taxonomy)(occupation),
        taxonomy=desk.taxonomy,
        language=language,
        today=wallet.now().date(),
        say=Speaker(language),
    )


def _show(one: JsonObject, language: Language) -> None:
    say = Speaker(language)
    if one["synthetic"] or one["proposal"]["synthetic"]:
        console.print(say.sentence("plan-synthetic"), style="bold")
    met, of = one["essential"]["met"], one["essential"]["of"]
    console.print(f"{one['id'][:8]}  {one_line(one['label'])}: {met} / {of}")
    for each in (one["outlook"] or {"reasons": []})["reasons"]:
        console.print(one_line(each["text"]))
    for item in one["items"]:
        console.print(f"  {item['id'][:8]}  {say.sentence('plan-status-' + item['status'])}: {item['title']}")
        for gap in item["gaps"]:
            console.print(f"      {'✓' if gap['closed'] else '-'} {one_line(gap['label'])}")
        for each in item["reasons"]:
            console.print(f"      {one_line(each['text'])}")
    proposal = one["proposal"]
    for text in proposal["sentences"]:
        console.print(one_line(text))
    for module in proposal["modules"]:
        title = module["title"].get(str(language)) or next(iter(module["title"].values()))
        spent = f"{module['hours']} h, {euros(module['cents'], language)}"
        console.print(f"  + {one_line(title)} ({one_line(module['provider'])}; {spent})")
        console.print(f"      {module['id']}", style="dim")

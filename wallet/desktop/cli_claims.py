"""`passport wallet claim`: say what you can do, look at it with what others confirm, and withdraw it."""

from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, read_file
from wallet.core import limits
from wallet.core.learning_route import LearningRoute
from wallet.core.wallet import Wallet
from wallet.desktop.cli_base import MARKS, SPOKEN, Folder, In, Speaker, app, opened
from wallet.desktop.cli_named import one_named, skill_named

claim_app = typer.Typer(no_args_is_help=True, help="What you say you can do.")
app.add_typer(claim_app, name="claim")

Id = Annotated[str, typer.Argument(help="The id of a claim, or its beginning, as `claim list` shows it.")]


@claim_app.command()
def add(
    *,
    skills: Annotated[
        list[str],
        typer.Option("--skill", help="A skill's identifier or its whole name; may be repeated."),
    ],
    title: Annotated[str, typer.Option(help="A name for it.")] = "",
    words: Annotated[str, typer.Option(help="In your own words.")] = "",
    role: Annotated[str, typer.Option(help="What you were there.")] = "",
    where: Annotated[str, typer.Option(help="Where: a company, a household, a club.")] = "",
    since: Annotated[str, typer.Option("--from", help="The first day, as 2020-01-31.")] = "",
    until: Annotated[str, typer.Option(help="The last day; empty if you still do it.")] = "",
    route: Annotated[
        LearningRoute | None, typer.Option(help="How you learned it: at school, in a course, by doing.")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--file", help="A photo, time sheet (CSV) or PDF of your own; may be repeated."),
    ] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Say what you can do, with files of your own. It is signed with your key and stays in the wallet."""
    from wallet.core.claims_made import ClaimDraft, make_claim, read_day
    from wallet.core.evidence_files import own_file
    from wallet.core.summary import examined_json
    from wallet.desktop.photo_size import small_enough

    read = [small_enough(path.name, read_file(path, limits.UPLOAD)) for path in files or ()]
    with opened(folder) as (desk, wallet):
        draft = ClaimDraft(
            skills=tuple(skill_named(desk.taxonomy, skill, str(language)) for skill in skills),
            title=title,
            words=words,
            role=role,
            place=where,
            since=read_day(since),
            until=read_day(until),
            route=route,
            files=tuple(own_file(wallet.random, name, data) for name, data in read),
        )
        made = make_claim(wallet, draft, desk.taxonomy, language=str(language))
    emit(examined_json(made, Speaker(language)), as_json=as_json, show=lambda: console.print(made.id))


@claim_app.command(name="list")
def list_(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """List what you said you can do, and how well each skill is proven now."""
    from wallet.core.claims_made import claims_made

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        found = [_claim(wallet, each.id, say) for each in claims_made(wallet)]

    def show() -> None:
        for one in found:
            _show(one, say, briefly=True)
        if not found:
            console.print(say(Reason("claims-none")))

    emit({"claims": found}, as_json=as_json, show=show)


@claim_app.command(name="show")
def show_(claim: Id, folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Show a claim, its files, who confirmed it, and what would make the proof stronger."""
    say = Speaker(language)
    with opened(folder) as (_, wallet):
        found = _claim(wallet, claim_named(wallet, claim), say)
    emit(found, as_json=as_json, show=lambda: _show(found, say, briefly=False))


@claim_app.command()
def withdraw(
    claim: Id,
    folder: Folder = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without being asked.")] = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Stop using a claim. First you are told what rests on it."""
    from wallet.core.claims_made import withdraw_claim
    from wallet.core.withdrawing import withdrawing

    say = Speaker(language)
    with opened(folder) as (_, wallet):
        record = claim_named(wallet, claim)
        cost = withdrawing(wallet, record)
        said: JsonObject = {
            "id": record,
            "confirmations": [each.id for each in cost.endorsements],
            "credentials": [each.id for each in cost.credentials],
            "skills": [
                {
                    "skill": each.skill,
                    "label": each.label,
                    "before": str(each.before),
                    "after": None if each.after is None else str(each.after),
                }
                for each in cost.skills
            ],
        }
        if not as_json:
            for change in said["skills"]:
                before, after = (
                    say.sentence(f"strength-{change[when]}") if change[when] else "-"
                    for when in ("before", "after")
                )
                console.print(f"  {change['label']}: {before} → {after}")
            values = {"confirmations": len(cost.endorsements), "credentials": len(cost.credentials)}
            console.print(say(Reason("claim-withdraw-rests", values)))
        done = yes or (not as_json and typer.confirm(say(Reason("claim-withdraw-go"))))
        if done:
            withdraw_claim(wallet, record)
    emit({**said, "withdrawn": done}, as_json=as_json, show=lambda: None)


def claim_named(wallet: Wallet, named: str) -> str:
    """The claim whose id begins so; raises UnknownRecord where there is not one."""
    from wallet.core.claims_made import claims_made

    return one_named(named, [each.id for each in claims_made(wallet)])


def _claim(wallet: Wallet, record: str, say: Speaker) -> JsonObject:
    from wallet.core.claims_made import claim_made
    from wallet.core.claims_summary import claim_json
    from wallet.core.endorsements import endorsements_of
    from wallet.core.skills import skill_evidence

    confirmed = endorsements_of(wallet, record)
    return claim_json(wallet, claim_made(wallet, record), confirmed, skill_evidence(wallet), say)


def _show(one: JsonObject, say: Speaker, *, briefly: bool) -> None:
    gone = f"  ({say(Reason('claim-withdrawn-on'))})" if one["withdrawn"] else ""
    console.print(f"{one['id'][:8]}  {one['name']}{gone}")
    for skill in one["skills"]:
        strength = say.sentence(f"strength-{skill['strength']}") if skill["strength"] else "-"
        console.print(f"    {strength:10} {skill['label']}")
        if not briefly:
            for reason in skill["raiseBy"]:
                console.print(f"              {reason['text']}")
    if briefly:
        return
    for text in one["words"]:
        console.print(f"    {text}")
    for file in one["files"]:
        console.print(f"    {file['name']}  {file['mediaType']}  {file['size'] or '-'}")
    for each in one["confirmations"]:
        issuer = each["issuer"]["name"] or each["issuer"]["id"]
        console.print(f"    {MARKS[each['answer']]} {issuer}: {each['comment'] or each['confirms']}")

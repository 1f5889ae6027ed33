"""`passport wallet intake ask|answer|result`: the self-assessment in a terminal."""

from typing import Annotated

import typer

from matching.intake.adaptive import next_item
from matching.intake.assessment import LEVELS
from matching.onet import load_onet
from matching.onet.items import ITEMS
from matching.taxonomy.model import SkillKind
from passport.answers import Reason
from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, opened
from wallet.desktop.cli_intake import intake_app
from wallet.errors_intake import NotALevel

_KINDS = {item.id: "skill" if item.kind is SkillKind.SKILL else "knowledge" for item in ITEMS}


@intake_app.command()
def ask(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Show the question that tells most next; answer it with `intake answer`."""
    from wallet.core.intake_answers import how_far, levels, skipped

    say, onet = Speaker(language), load_onet()
    with opened(folder) as (_, wallet):
        far = how_far(wallet, onet)
        item = next_item(levels(wallet), onet, skipped=skipped(wallet))
    value = {"item": item, "enough": far.enough, "left": far.left}

    def tell() -> None:
        state = Reason("test-enough") if far.enough else Reason("test-left", {"count": far.left})
        console.print(say(state))
        if item is None:
            return
        console.print(f"{item}  {say(Reason(f'assess.item.{item}'))}", soft_wrap=True)
        console.print(
            f"{say.sentence('test-example')} {say(Reason(f'assess.example.{item}'))}", soft_wrap=True
        )
        for level in LEVELS:
            console.print(f"  {level}  {say(Reason(f'assess.{_KINDS[item]}-{level}'))}")

    emit(value, as_json=as_json, show=tell)


@intake_app.command()
def answer(
    answers: Annotated[list[str], typer.Argument(help="As 2.A.1.a=4; as 2.A.1.a= to skip.")],
    folder: Folder = None,
) -> None:
    """Answer questions of the self-assessment."""
    from wallet.core.intake_answers import keep_answers

    given: dict[str, int | None] = {}
    for each in answers:
        item, _, level = each.partition("=")
        if level and level not in {str(one) for one in LEVELS}:
            raise NotALevel
        given[item] = int(level) if level else None
    with opened(folder) as (_, wallet):
        keep_answers(wallet, given)


@intake_app.command()
def result(folder: Folder = None, language: In = SPOKEN, as_json: AsJson = False) -> None:
    """Show the work that fits the answers, and how sure that is."""
    from wallet.core.intake_summary import result_json

    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        found = result_json(wallet, load_onet(), desk.taxonomy, str(language))

    def tell() -> None:
        console.print(say(Reason("test-count", {"count": len(found["answers"])})))
        if not found["work"]:
            console.print(say(Reason("test-result-few")), soft_wrap=True)
        for one in found["work"]:
            labels = ", ".join(each["label"] for each in one["occupations"][:3])
            console.print(f"{one['place']:>3}. {labels or one['title']}  ({one['title']})", soft_wrap=True)

    emit(found, as_json=as_json, show=tell)

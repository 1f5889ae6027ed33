"""What `passport weigh` shows on a screen: each skill, its chain from hard to soft, what would raise it."""

from collections.abc import Sequence

from passport.answers import Answer
from passport.evidence.kinds import Strength
from passport.evidence.picture import MOST, tell_chain
from passport.evidence.picture.words import Words
from passport.json import JsonObject
from passport.terminal import MARKS, console, one_line
from passport.texts import Language

_SHAPES = {Strength.HARD: "●", Strength.SEMI_HARD: "◑", Strength.SOFT: "◔"}


def show(told: JsonObject, language: Language) -> None:
    """Print a report that has its sentences."""
    words = Words(language)
    for file in told["files"]:
        if not file["genuine"]:
            console.print(MARKS[Answer(file["answer"])], one_line(file["file"]), soft_wrap=True)
            _list(file["reasons"])
    for demand in told["demands"]:
        console.print(MARKS[Answer(demand["answer"])], one_line(demand["label"]), soft_wrap=True)
        _list(demand["reasons"])
    for skill in told["skills"]:
        _skill(skill, words)


def _skill(skill: JsonObject, words: Words) -> None:
    verdict, acts = tell_chain(skill, words.language, MOST)
    strength = Strength(skill["strengthWithout"] or Strength.SOFT)
    console.print()
    console.print(f"{_SHAPES[strength]} {one_line(skill['label'])}: {verdict}", soft_wrap=True)
    for act in acts:
        lane = f"{words.strength(act.strength):9}"
        console.print("  ", MARKS[act.answer], f"{lane} {act.line}", soft_wrap=True)
        for more in (*(words.say("rests", lower=lower) for lower in act.rests_on), act.why):
            if more:
                console.print(f"{'':15}{more}", soft_wrap=True)
    for title, reasons in (("why", skill["reasons"]), ("raise", skill["raiseBy"])):
        if reasons:
            console.print(f"  {words.say(title)}")
            _list(reasons)


def _list(reasons: Sequence[JsonObject]) -> None:
    for reason in reasons:
        console.print(f"    - {one_line(reason['sentence'])}", soft_wrap=True)

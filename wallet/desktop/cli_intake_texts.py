"""`passport wallet intake text|vacancy|vacancies`: from words to skills that the person ticks."""

from pathlib import Path
from typing import Annotated

import typer

from matching.intake.limits import INTAKE
from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import AsJson, console, emit, read_file
from wallet.desktop.cli_base import SPOKEN, Folder, In, Speaker, opened
from wallet.desktop.cli_intake import intake_app
from wallet.desktop.cli_named import one_named, skill_named

_MOST = 4 * 2 * INTAKE.text
"""Bytes of a file: every character may take four."""

Words = Annotated[str, typer.Argument(help="What you wrote; - reads it from standard input.")]
FromFile = Annotated[
    Path | None, typer.Option("--file", "-f", exists=True, dir_okay=False, help="Read it from a file.")
]
Ticks = Annotated[
    list[str] | None,
    typer.Option("--tick", help="Keep this skill, by its IRI or whole name; may be repeated."),
]


@intake_app.command()
def text(
    words: Words = "",
    *,
    file: FromFile = None,
    tick: Ticks = None,
    level: Annotated[
        int | None, typer.Option(min=1, max=5, help="1 (just starting) to 5 (I teach it).")
    ] = None,
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """What do you do on a working day? Show the skills in it; nothing is kept but what you --tick."""
    from wallet.core.intake_offered import ticked_of
    from wallet.core.intake_skills import CameFrom, keep_skills
    from wallet.core.intake_texts_summary import text_json

    say, written = Speaker(language), _written(words, file)
    with opened(folder) as (desk, wallet):
        found = text_json(written, desk.taxonomy, str(language))
        if tick:
            named = [skill_named(desk.taxonomy, each, str(language)) for each in tick]
            chosen = ticked_of(written, named, desk.taxonomy)
            kept = keep_skills(wallet, chosen, desk.taxonomy, level=level, came_from=CameFrom.TEXT)
            found["kept"] = [one.skill for one in kept]

    def tell() -> None:
        _show_skills(found["skills"], set(found.get("kept", ())))
        if not found["skills"]:
            console.print(say.sentence("words-none"), soft_wrap=True)
        if found["occupations"]:
            console.print(say.sentence("words-works"))
            for each in found["occupations"]:
                console.print(f"  {each['label']}")

    emit(found, as_json=as_json, show=tell)


@intake_app.command()
def vacancy(
    words: Words = "",
    *,
    file: FromFile = None,
    tick: Ticks = None,
    title: Annotated[str, typer.Option(help="Which job it is.")] = "",
    source: Annotated[str, typer.Option(help="Where you found it.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """What does a vacancy ask? Show the skills in it; what you --tick is kept, and compared with yours."""
    from wallet.core.intake_offered import ticked_of
    from wallet.core.intake_texts_summary import text_json, vacancy_json
    from wallet.core.intake_vacancies import keep_vacancy
    from wallet.core.profile import profile_of

    say, written = Speaker(language), _written(words, file)
    with opened(folder) as (desk, wallet):
        if tick:
            named = [skill_named(desk.taxonomy, each, str(language)) for each in tick]
            chosen = ticked_of(written, named, desk.taxonomy)
            made = keep_vacancy(wallet, written, chosen, desk.taxonomy, title=title, source=source)
            found = vacancy_json(made, profile_of(wallet), desk.taxonomy, str(language), say)
        else:
            found = text_json(written, desk.taxonomy, str(language))

    def tell() -> None:
        if "asks" in found:
            _show_vacancy(found, say)
        else:
            _show_skills(found["skills"], set())

    emit(found, as_json=as_json, show=tell)


@intake_app.command()
def vacancies(
    *,
    forget: Annotated[str, typer.Option(help="Forget this one: its id or the beginning of it.")] = "",
    folder: Folder = None,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """The vacancies that you keep, beside what you can do."""
    from wallet.core import intake_vacancies as kept
    from wallet.core.intake_texts_summary import vacancy_json
    from wallet.core.profile import profile_of

    say = Speaker(language)
    with opened(folder) as (desk, wallet):
        if forget:
            ids = [one.id for one in kept.vacancies(wallet)]
            kept.forget_vacancy(wallet, one_named(forget, ids))
        person = profile_of(wallet)
        found = [
            vacancy_json(one, person, desk.taxonomy, str(language), say) for one in kept.vacancies(wallet)
        ]

    def tell() -> None:
        for one in found:
            _show_vacancy(one, say)

    emit({"vacancies": found}, as_json=as_json, show=tell)


def _written(words: str, file: Path | None) -> str:
    if file is not None:
        return read_file(file, _MOST).decode("utf-8", "replace")
    return typer.get_text_stream("stdin").read(2 * INTAKE.text) if words == "-" else words


def _show_skills(skills: list[JsonObject], kept: set[str]) -> None:
    quote = ""
    for one in skills:
        if one["quote"] != quote:
            quote = one["quote"]
            console.print(f"“{quote}”", soft_wrap=True)
        by = f"  ({' '.join(one['words'])})" if one["words"] else ""
        console.print(f"  [{'x' if one['skill'] in kept else ' '}] {one['label']}{by}", soft_wrap=True)


def _show_vacancy(one: JsonObject, say: Speaker) -> None:
    essential = one["essential"]
    named = one["title"] or say(Reason("vacancy-untitled"))
    covered = f"{essential['met']} / {essential['of']} {say.sentence('vacancy-coverage')}"
    console.print(f"{one['id'][:8]}  {named}: {covered}", soft_wrap=True)
    for each in one["asks"]:
        has = say.sentence("vacancy-has" if each["has"] else "vacancy-lacks")
        console.print(f"          {each['label']}: {has}", soft_wrap=True)

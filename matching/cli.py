"""`passport taxonomy` and `passport match`: all of it on this computer, without a network."""

from pathlib import Path
from typing import Annotated

import typer

from matching.bundle import load_bundle
from matching.cli_taxonomy import taxonomy
from matching.errors import UnknownOccupation
from matching.explain import compare
from matching.folding import fold
from matching.onet import load_onet
from matching.onet.summary import crosswalk_json
from matching.pictures import draw_overlap
from matching.score import rank
from matching.search import Found, Table, search
from matching.shown import (
    comparison_json,
    found_json,
    ranking_json,
    show_comparison,
    show_found,
    show_ranking,
    suggestions_json,
)
from matching.skills_file import ListedSkills, parse_skills
from matching.taxonomy.compact import Taxonomy
from passport.terminal import AsJson, console, emit, read_file
from passport.texts import Language

InLanguage = Annotated[Language, typer.Option("--language", "-l", help="Language of labels and sentences.")]
Top = Annotated[int, typer.Option(min=1, max=3_007, help="How many to show.")]


@taxonomy.command("search")
def search_command(
    text: Annotated[str, typer.Argument(help="Words; typing errors are forgiven.")],
    table: Annotated[Table, typer.Option("--in", help="Where to look.")] = Table.SKILLS,
    language: InLanguage = Language.EN,
    top: Top = 10,
    *,
    as_json: AsJson = False,
) -> None:
    """Find skills or occupations by words."""
    found = search(load_bundle(), table, text, language, top=top)

    emit([found_json(one) for one in found], as_json=as_json, show=lambda: show_found(found))


def match(
    skills: Annotated[list[str] | None, typer.Argument(help="Skills: IRIs, or their exact labels.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", exists=True, dir_okay=False, help="JSON list of skills, or an export."),
    ] = None,
    occupation: Annotated[str, typer.Option(help="Compare with one occupation: its IRI or title.")] = "",
    *,
    picture: Annotated[Path | None, typer.Option(help="With --occupation: write an SVG picture.")] = None,
    language: InLanguage = Language.EN,
    top: Top = 10,
    as_json: AsJson = False,
) -> None:
    """Find the work that fits some skills, and what is shared, missing and left over."""
    shipped = load_bundle()
    listed = parse_skills(read_file(file)) if file else ListedSkills({}, {})
    known, suggestions = _recognise(skills or [], shipped, language)
    weights = {**listed.weights, **dict.fromkeys(known, 1.0)}
    if not occupation:
        ranking = rank(weights, shipped)
        emit(
            ranking_json(ranking, top, shipped, language) | {"suggestions": suggestions_json(suggestions)},
            as_json=as_json,
            show=lambda: show_ranking(ranking, top, shipped, language, suggestions),
        )
        return
    iri = occupation_named(occupation, shipped, language)
    found = compare(weights, iri, shipped, language=language, strengths=listed.strengths)
    if picture:
        picture.write_text(draw_overlap(found, language), encoding="utf-8")
    elsewhere = crosswalk_json(load_onet(), iri)

    def show() -> None:
        show_comparison(found, language, suggestions)
        for one in elsewhere:
            broader = ", of the broader occupation" if one["inherited"] else ""
            said = f"{one['taxonomy']} {one['code']} {one['title']} ({one['match']} match{broader})"
            console.print(said, markup=False, highlight=False)

    emit(
        comparison_json(found, language)
        | {"suggestions": suggestions_json(suggestions), "crosswalk": elsewhere},
        as_json=as_json,
        show=show,
    )


def _recognise(
    texts: list[str], shipped: Taxonomy, language: Language
) -> tuple[list[str], dict[str, tuple[Found, ...]]]:
    """IRIs and exact labels are taken; for the rest the person is asked: nothing is added unseen."""
    known: list[str] = []
    suggestions: dict[str, tuple[Found, ...]] = {}
    for text in texts:
        found = () if "://" in text else search(shipped, Table.SKILLS, text, language, top=3)
        if "://" in text:
            known.append(text)
        elif found and _names(found[0], text):
            known.append(found[0].iri)
        else:
            suggestions[text] = found
    return known, suggestions


def occupation_named(text: str, shipped: Taxonomy, language: Language) -> str:
    """The occupation of this IRI, or the first that these words find; raises UnknownOccupation."""
    if "://" in text:
        return text
    found = search(shipped, Table.OCCUPATIONS, text, language, top=1)
    if not found:
        raise UnknownOccupation
    return found[0].iri


def _names(found: Found, text: str) -> bool:
    """The text is the label, or the label without what stands in brackets behind it."""
    label = fold(found.label)
    return fold(text.strip()) in {label, label.partition(" (")[0]}

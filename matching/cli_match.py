"""`passport match`: skills beside all work, near work, some occupations, or function profiles."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from matching.adjacent import adjacent, skills_of_work
from matching.bundle import load_bundle
from matching.closeness import closeness
from matching.explain import Comparison, Demanded, compare
from matching.named import occupation_named, recognise
from matching.onet import load_onet
from matching.onet.summary import crosswalk_json
from matching.pictures import Near, draw_near, draw_overlap
from matching.score import Ranked, rank
from matching.shown import (
    comparison_json,
    ranking_json,
    show_comparison,
    show_comparisons,
    show_ranking,
    suggestions_json,
)
from matching.skills_file import ListedSkills, parse_skills
from matching.steadiness import steadiness
from matching.taxonomy.compact import Taxonomy
from passport.evidence.profile import FunctionProfile, parse_function_profile
from passport.json import JsonObject
from passport.terminal import SPOKEN, AsJson, InLanguage, console, emit, read_file
from passport.texts import Language

Top = Annotated[int, typer.Option(min=1, max=3_007, help="How many to show.")]


def match(
    skills: Annotated[list[str] | None, typer.Argument(help="Skills: IRIs, or their exact labels.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", exists=True, dir_okay=False, help="JSON list of skills, or an export."),
    ] = None,
    occupation: Annotated[
        list[str] | None,
        typer.Option(help="Compare with an occupation: its IRI or title; may be repeated."),
    ] = None,
    near: Annotated[str, typer.Option(help="Work close to this occupation, whoever asks.")] = "",
    profile: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="Compare with a function profile; may be repeated."),
    ] = None,
    *,
    picture: Annotated[Path | None, typer.Option(help="Write an SVG picture.")] = None,
    language: InLanguage = SPOKEN,
    top: Top = 10,
    as_json: AsJson = False,
) -> None:
    """Find the work that fits some skills, and what is shared, missing and left over.

    Function profiles are read as they are: `passport profile check` says whether they are genuine.
    """
    shipped = load_bundle()
    listed = parse_skills(read_file(file)) if file else ListedSkills({}, {})
    known, suggestions = recognise(skills or [], shipped, language)
    weights = {**listed.weights, **dict.fromkeys(known, 1.0)}
    told = {"suggestions": suggestions_json(suggestions)}
    if occupation or profile:
        found = [
            *_with_occupations(occupation or (), weights, listed, shipped, language),
            *_with_profiles(profile or (), weights, listed, shipped, language),
        ]
        if picture:
            picture.write_text(draw_overlap(found[0], language, standalone=True), encoding="utf-8")
        if len(found) == 1:
            elsewhere = crosswalk_json(load_onet(), found[0].subject, shipped)
            value = comparison_json(found[0], language) | told | {"crosswalk": elsewhere}

            def show() -> None:
                show_comparison(found[0], language, suggestions)
                _show_elsewhere(elsewhere)

            emit(value, as_json=as_json, show=show)
            return
        value = {"comparisons": [comparison_json(one, language) for one in found]} | told
        emit(value, as_json=as_json, show=lambda: show_comparisons(found, language, suggestions))
        return
    if near:
        iri = occupation_named(near, shipped, language)
        _emit_near(iri, shipped, language, top=top, picture=picture, as_json=as_json)
        return
    ranking = rank(weights, shipped)
    if picture:
        _write_map(
            picture, ranking[:top], shipped, language, {Language.NL: "u", Language.EN: "you"}[language]
        )
    value = ranking_json(ranking, top, shipped, language) | told
    firm = steadiness(weights, [one.occupation for one in ranking[:top]], shipped)
    for one, beside in zip(value["occupations"], firm or (), strict=False):
        one["interval"] = {"best": beside.best, "worst": beside.worst}
    emit(value, as_json=as_json, show=lambda: show_ranking(ranking, top, shipped, language, suggestions))


def _with_occupations(
    named: Iterable[str],
    weights: dict[str, float],
    listed: ListedSkills,
    shipped: Taxonomy,
    language: Language,
) -> Iterable[Comparison]:
    for text in named:
        iri = occupation_named(text, shipped, language)
        yield compare(weights, iri, shipped, language=language, strengths=listed.strengths)


def _with_profiles(
    paths: Iterable[Path],
    weights: dict[str, float],
    listed: ListedSkills,
    shipped: Taxonomy,
    language: Language,
) -> Iterable[Comparison]:
    for path in paths:
        profile = parse_function_profile(read_file(path))
        yield compare(
            weights,
            [Demanded(one.skill, one.required, one.label_in(language), one.level) for one in profile.demands],
            shipped,
            language=language,
            strengths=listed.strengths,
            name=_name(profile, language),
        )


def _show_elsewhere(elsewhere: Sequence[JsonObject]) -> None:
    for one in elsewhere:
        broader = ", of the broader occupation" if one["inherited"] else ""
        said = f"{one['taxonomy']} {one['code']} {one['title']} ({one['match']} match{broader})"
        console.print(said, markup=False, highlight=False)


def _name(profile: FunctionProfile, language: Language) -> str:
    return profile.name.get(language) or next(iter(profile.name.values()))


def _emit_near(
    iri: str, shipped: Taxonomy, language: Language, *, top: int, picture: Path | None, as_json: bool
) -> None:
    found = adjacent(iri, shipped, most=top)
    own = skills_of_work(iri, shipped)
    if picture:
        _write_map(picture, found, shipped, language, shipped.label(iri, language))
    value: JsonObject = {
        "near": iri,
        "label": shipped.label(iri, language),
        "taxonomy": shipped.name,
        "attribution": list(shipped.attribution),
        "occupations": [
            {
                "place": one.place,
                "occupation": one.occupation,
                "label": shipped.label(one.occupation, language),
                "score": round(one.score, 9),
                "closeness": str(closeness(one.score)),
                "essential": {"met": beside.essential.met, "of": beside.essential.of},
            }
            for one in found
            for beside in (compare(own, one.occupation, shipped),)
        ],
    }

    def show() -> None:
        for one in value["occupations"]:
            essential = one["essential"]
            covered = f"{essential['met']} / {essential['of']}"
            console.print(f"{one['place']:4}. {one['label']}  ({covered}, {one['closeness']})", markup=False)
        console.print(*shipped.attribution, style="dim")

    emit(value, as_json=as_json, show=show)


def _write_map(
    picture: Path, found: Sequence[Ranked], shipped: Taxonomy, language: Language, middle: str
) -> None:
    near = [Near(one.occupation, shipped.label(one.occupation, language), one.score) for one in found]
    picture.write_text(draw_near(near, shipped, language, middle=middle, standalone=True), encoding="utf-8")

"""How a search, a ranking and a comparison look on the command line: JSON for programs, tables for people."""

from collections.abc import Mapping, Sequence

from rich.table import Table as Grid
from rich.text import Text

from matching.explain import Comparison, SkillMatch, compare
from matching.score import Ranking
from matching.search import Found
from matching.taxonomy.compact import Taxonomy
from matching.texts import render
from passport.answers import Reason
from passport.json import JsonObject
from passport.terminal import console
from passport.texts import Language

SHOWN = 12
"""Skills of one list that are shown to people; --json shows all."""
Suggestions = Mapping[str, Sequence[Found]]
"""What was asked for and is no exact label, with what it may mean."""


def found_json(one: Found) -> JsonObject:
    return {"id": one.iri, "label": one.label, "score": round(one.score, 3)}


def _match_json(one: SkillMatch) -> JsonObject:
    return {
        "skill": one.skill,
        "label": one.label,
        "required": one.required,
        "share": round(one.share, 6),
        "strength": one.strength,
        "level": one.level,
        "ownLevel": one.own_level,
        "weight": round(one.weight, 6),
    }


def comparison_json(found: Comparison, language: Language) -> JsonObject:
    return {
        "subject": found.subject,
        "label": found.label,
        "essential": {"met": found.essential.met, "of": found.essential.of},
        "optional": {"met": found.optional.met, "of": found.optional.of},
        "overlap": [_match_json(one) for one in found.overlap],
        "shortage": [_match_json(one) for one in found.shortage],
        "surplus": [_match_json(one) for one in found.surplus],
        "unknown": list(found.unknown),
        "retired": list(found.retired),
        "sentences": [render(reason, language) for reason in found.reasons],
    }


def ranking_json(ranking: Ranking, top: int, shipped: Taxonomy, language: Language) -> JsonObject:
    return {
        "taxonomy": shipped.name,
        "attribution": list(shipped.attribution),
        "occupations": [
            {
                "place": one.place,
                "occupation": one.occupation,
                "label": shipped.label(one.occupation, language),
                "score": round(one.score, 9),
                "essential": {"met": beside.essential.met, "of": beside.essential.of},
                "overlap": len(beside.overlap),
                "shortage": len(beside.shortage),
                "surplus": len(beside.surplus),
            }
            for one in ranking[:top]
            for beside in (compare(ranking.profile, one.occupation, shipped),)
        ],
        "unknown": list(ranking.profile.unknown),
        "retired": list(ranking.profile.retired),
    }


def show_ranking(
    ranking: Ranking,
    top: int,
    shipped: Taxonomy,
    language: Language,
    suggestions: Suggestions,
) -> None:
    grid = Grid("", "Occupation", "Score", "Essential", "Overlap", "Shortage", "Surplus")
    for one in ranking[:top]:
        beside = compare(ranking.profile, one.occupation, shipped, language=language)
        counts = (len(beside.overlap), len(beside.shortage), len(beside.surplus))
        covered = f"{beside.essential.met} / {beside.essential.of}"
        grid.add_row(str(one.place), Text(beside.label), f"{one.score:.3f}", covered, *map(str, counts))
    if ranking and ranking[0].score > 0:
        console.print(grid)
        console.print(render(Reason("match.columns", {}), language), style="dim")
    else:
        console.print("No work was found: none of these skills is known here.")
    _show_suggestions(suggestions)
    missing = len(ranking.profile.unknown) + len(ranking.profile.retired)
    if missing:
        console.print(f"Not counted, as they are not in {shipped.name}: {missing}")
    console.print(*shipped.attribution, style="dim")


def show_comparison(found: Comparison, language: Language, suggestions: Suggestions) -> None:
    for reason in found.reasons:
        console.print(render(reason, language), markup=False)
    grid = Grid("Overlap", "Shortage", "Surplus")
    columns = (found.overlap, found.shortage, found.surplus)
    for place in range(min(SHOWN, max(map(len, columns)))):
        grid.add_row(*(_cell(column[place]) if place < len(column) else Text() for column in columns))
    grid.add_row(*(f"({len(column)})" for column in columns), end_section=True)
    console.print(grid)
    console.print("* essential", style="dim")
    _show_suggestions(suggestions)


def show_comparisons(found: Sequence[Comparison], language: Language, suggestions: Suggestions) -> None:
    """Several occupations or function profiles beside each other."""
    grid = Grid("", "Essential", "Optional", "Overlap", "Shortage", "Surplus")
    for one in found:
        counts = (len(one.overlap), len(one.shortage), len(one.surplus))
        covered = [f"{part.met} / {part.of}" for part in (one.essential, one.optional)]
        grid.add_row(Text(one.label), *covered, *map(str, counts))
    console.print(grid)
    console.print(render(Reason("match.columns", {}), language), style="dim")
    _show_suggestions(suggestions)


def _cell(one: SkillMatch) -> Text:
    strength = f" [{one.strength}]" if one.strength else ""
    level = f" (level {one.own_level} of {one.level})" if one.too_low else ""
    return Text(f"{one.label}{'*' if one.required else ''}{level}{strength}")


def _show_suggestions(suggestions: Suggestions) -> None:
    for text, found in suggestions.items():
        listed = "; ".join(one.label for one in found) or "nothing like it"
        console.print(f"Not counted: {text}. Did you mean: {listed}?", markup=False)


def suggestions_json(suggestions: Suggestions) -> JsonObject:
    return {text: [found_json(one) for one in found] for text, found in suggestions.items()}


def show_found(found: Sequence[Found]) -> None:
    """Label and IRI under each other, so that the IRI can be copied whole from a narrow screen."""
    for one in found:
        console.print(one.label)
        console.print(f"    {one.iri}", style="dim")
    if not found:
        console.print(
            "Nothing found. Most skills have an English name only: try an English word, "
            "or search Dutch occupations with --in occupations --language nl."
        )

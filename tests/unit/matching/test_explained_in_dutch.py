"""One match as a person reads it: what docs/matching.md shows is what comes out."""

from pathlib import Path

from matching.adjacent import skills_of_work
from matching.bundle import load_bundle
from matching.closeness import closeness
from matching.explain import compare
from matching.score import rank
from matching.steadiness import steadiness
from matching.texts import render
from passport.texts import Catalogue, Language

ROOT = Path(__file__).resolve().parents[3]


def test_the_explanation_in_the_document_is_real_output():
    esco = load_bundle()
    baker, cook = (esco.search_occupations(name, top=1)[0].iri for name in ("baker", "industrial cook"))
    skills = skills_of_work(baker, esco)
    lines = [render(reason, "nl") for reason in compare(skills, cook, esco, language="nl").reasons]
    ranking = rank(skills, esco)
    (steady,) = steadiness(skills, [cook], esco)
    texts = Catalogue(ROOT / "wallet" / "texts")
    places = {"place": ranking.place_of(cook), "count": len(esco.occupations)}
    word = texts.say(f"match-word-{closeness(ranking.score(cook))}", Language.NL)
    lines.append(f"{texts.say('match-place', Language.NL, places)}: {word}.")
    bounds = {"best": steady.best, "worst": steady.worst}
    firm = "match-steady-same" if steady.best == steady.worst else "match-steady"
    lines.append(texts.say(firm, Language.NL, bounds))
    told = [
        line[2:]
        for line in (ROOT / "docs" / "matching.md").read_text("utf-8").split("\n")
        if line[:2] == "> "
    ]
    assert " ".join(told) == " ".join(lines)

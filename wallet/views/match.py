"""Pages of matching: all work ranked, one occupation opened, near work, chosen work, and what counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from matching.closeness import Closeness, closeness
from matching.explain import Comparison
from matching.intake.assessment import can_tell
from matching.onet import load_onet
from matching.onet.summary import crosswalk_json
from matching.parts_of_score import Part, ScoreParts, parts_of
from matching.pictures import Near, draw_near, draw_overlap, draw_years
from matching.recency import Age
from matching.score import Ranked, rank
from matching.steadiness import Steadiness, steadiness
from matching.taxonomy.compact import Taxonomy
from matching.validity import MEASURED
from passport.texts import Language
from wallet.core.chosen_work import chosen_work
from wallet.core.finding import find_occupations
from wallet.core.intake_answers import levels
from wallet.core.matches import (
    Match,
    match_chosen,
    match_near,
    match_occupation,
    match_occupations,
    match_with_answers,
)
from wallet.core.plain_text import plain_name
from wallet.core.profile import profile_of
from wallet.core.profile_skills import PersonProfile
from wallet.core.wallet import Wallet
from wallet.views.pages import Named
from wallet.views.rendering import Page, Renderer
from wallet.views.skill_names import EnglishNames
from wallet.views.skill_years import skill_years

TABS = {
    "/match": "match-tab-all",
    "/match/chosen": "match-tab-chosen",
    "/match/profiles": "match-tab-profiles",
    "/match/skills": "match-tab-skills",
    "/match/number": "match-tab-number",
}
_HERE = "/match"
_SECTIONS = (("number-is", 5), ("number-tested", 5), ("number-cannot", 5), ("number-check", 1))
"""Of the page about the number: each with how many sentences it has."""
_UNFOLDED = 12
"""A longer list of skills is folded: the page stays one to read."""
_PARTS = 6
"""Parts of a score that are named; the others are added up."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The score of one occupation, opened for reading."""

    ranked: Ranked
    word: Closeness
    steady: Steadiness | None
    parts: ScoreParts
    chosen: bool

    @property
    def skills(self) -> "Shares":
        return _shares(self.parts.skills, self.parts.total)

    @property
    def groups(self) -> "Shares":
        return _shares(self.parts.groups, self.parts.total)


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of a score in percent of it: the largest by name, the others together."""

    percent: int
    named: tuple[tuple[str, str, int], ...]
    """IRI, label, percent."""
    others: int
    others_percent: int


def match(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    query: str = "",
    test: bool = False,
) -> Page:
    """All work, the closest first; or the occupations that a text finds.

    `test`: the self-assessment counts as well, where its answers have a pattern.
    """
    person, answers = profile_of(wallet), levels(wallet)
    tested = test and not query and can_tell(answers)
    if tested:
        matches = match_with_answers(person, answers, load_onet(), taxonomy, language=language)
    else:
        matches = () if query else match_occupations(person, taxonomy, language=language)
    return renderer.page(
        "match.html",
        language,
        here=_HERE,
        again=[("test", "yes")] if tested else [("q", query)],
        tested=tested,
        can_test=can_tell(answers),
        tabs=TABS,
        tab="/match",
        query=query,
        count=len(taxonomy.occupations),
        attribution=taxonomy.attribution,
        found=[Named(*one) for one in find_occupations(taxonomy, query, language)] if query else [],
        matches=matches,
        near_map=_map(matches, taxonomy, language, renderer.say("match-you", language))
        if matches and not tested
        else "",
    )


def occupation(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy, iri: str) -> Page:
    """One occupation beside the person's skills, every number opened; raises UnknownOccupation."""
    person = profile_of(wallet)
    found = match_occupation(person, iri, taxonomy, language=language)
    return compared(
        renderer,
        language,
        found,
        person,
        taxonomy,
        again=[("iri", iri)],
        here="/match/occupation",
        opened=_open(wallet, person, iri, taxonomy, language),
        count=len(taxonomy.occupations),
        elsewhere=crosswalk_json(load_onet(), iri, taxonomy),
        elsewhere_whose=load_onet().attribution,
    )


def compared(
    renderer: Renderer,
    language: Language,
    found: Comparison,
    person: PersonProfile,
    taxonomy: Taxonomy,
    *,
    again: Sequence[tuple[str, str]],
    here: str,
    **more: Any,
) -> Page:
    """An occupation or a function profile beside the person's skills."""
    values: dict[str, Any] = {"opened": None, "results": (), "kept": None, "count": 0, **more}
    values.setdefault("elsewhere", ())
    return renderer.page(
        "occupation.html",
        language,
        here=here,
        again=again,
        tabs=TABS,
        tab="",
        found=found,
        person=person.by_skill,
        overlap_picture=_safe(draw_overlap(found, language)),
        names=EnglishNames(
            taxonomy,
            language,
            [one.skill for part in (found.overlap, found.shortage, found.surplus) for one in part],
        ),
        unfolded=_UNFOLDED,
        **values,
    )


def near(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy, iri: str) -> Page:
    """Work close to an occupation; raises UnknownOccupation."""
    matches = match_near(profile_of(wallet), iri, taxonomy, language=language)
    label = taxonomy.label(iri, language)
    return renderer.page(
        "match-near.html",
        language,
        here="/match/near",
        again=[("iri", iri)],
        tabs=TABS,
        tab="",
        iri=iri,
        label=label,
        matches=matches,
        near_map=_map(matches, taxonomy, language, label) if matches else "",
        attribution=taxonomy.attribution,
    )


def chosen(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy) -> Page:
    matches = match_chosen(profile_of(wallet), chosen_work(wallet), taxonomy, language=language)
    return renderer.page(
        "match-chosen.html",
        language,
        here="/match/chosen",
        tabs=TABS,
        tab="/match/chosen",
        matches=matches,
        count=len(taxonomy.occupations),
        near_map=_map(matches, taxonomy, language, renderer.say("match-you", language)) if matches else "",
    )


def skills(renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy) -> Page:
    """What counts: every skill with its weight, its age and where it comes from."""
    person = profile_of(wallet)
    labels = {
        one.skill: taxonomy.label(one.skill, language) if one.skill in taxonomy.skills else one.label
        for one in person.skills
    }
    years = skill_years(renderer, language, wallet, person, labels)
    listed = sorted(person.skills, key=lambda one: (-one.weight, labels[one.skill]))
    ages = [one.freshness.age for one in person.skills]
    return renderer.page(
        "match-skills.html",
        language,
        here="/match/skills",
        tabs=TABS,
        tab="/match/skills",
        skills=listed,
        lists=(
            ("match-skills-full", [one for one in listed if one.weight == 1]),
            ("match-skills-part", [one for one in listed if one.weight < 1]),
        ),
        unfolded=_UNFOLDED,
        names=EnglishNames(taxonomy, language, list(labels)),
        labels=labels,
        left_out=person.left_out,
        fresh=ages.count(Age.FRESH),
        undated=ages.count(Age.UNDATED),
        years=_safe(draw_years(years, wallet.now(), language)) if any(one.dates for one in years) else "",
    )


def number(renderer: Renderer, language: Language, taxonomy: Taxonomy) -> Page:
    """What the number is, how it was tested, what it can't say (R116, R118)."""
    return renderer.page(
        "validity.html",
        language,
        here="/match/number",
        tabs=TABS,
        tab="/match/number",
        sections=_SECTIONS,
        figures=_figures(taxonomy),
    )


def _figures(taxonomy: Taxonomy) -> dict[str, int]:
    def of_hundred(share: float) -> int:
        return round(100 * share)

    return {
        "occupations": len(taxonomy.occupations),
        "queries": MEASURED.queries,
        "ours": of_hundred(MEASURED.ndcg),
        "jaccard": of_hundred(MEASURED.jaccard),
        "coverage": of_hundred(MEASURED.coverage),
        "half": of_hundred(MEASURED.own_from_half),
        "first": of_hundred(MEASURED.retest_first),
        "ten": round(10 * MEASURED.retest_ten),
        "interval": of_hundred(MEASURED.interval),
        "very": of_hundred(MEASURED.related_very_close),
        "close": of_hundred(MEASURED.related_close),
        "somewhat": of_hundred(MEASURED.related_somewhat),
    }


def _open(wallet: Wallet, person: PersonProfile, iri: str, taxonomy: Taxonomy, language: Language) -> Opened:
    ranking = rank(person.weights, taxonomy)
    ranked = Ranked(iri, ranking.score(iri), ranking.place_of(iri))
    steady = steadiness(person.weights, [iri], taxonomy)
    return Opened(
        ranked,
        closeness(ranked.score),
        steady[0] if steady else None,
        parts_of(ranking.profile, iri, taxonomy, language=language),
        iri in chosen_work(wallet),
    )


def _shares(parts: Sequence[Part], total: float) -> Shares:
    def percent(some: Sequence[Part]) -> int:
        return round(100 * sum(part.value for part in some) / total) if total else 0

    rest = parts[_PARTS:]
    named = tuple((part.iri, plain_name(part.label), percent([part])) for part in parts[:_PARTS])
    return Shares(percent(parts), named, len(rest), percent(rest))


def _map(matches: Sequence[Match], taxonomy: Taxonomy, language: Language, middle: str) -> Markup:
    found = [Near(one.ranked.occupation, one.label, one.ranked.score) for one in matches]
    return _safe(draw_near(found, taxonomy, language, middle=middle))


def _safe(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704  # our own drawing, which escapes all that is written in it

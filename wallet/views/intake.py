"""The pages of intake: the three parts, past work and schooling, and the skills that follow. Pure."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from matching.intake.past import SCHOOL_LEVELS, Derived, Past, PastKind, derive, faded, why
from matching.mbo import Qualification, load_mbo, suggest_occupations
from matching.recency import recency
from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from passport.answers import Reason
from passport.evidence.age import months_between
from passport.texts import Language
from wallet.core.finding import find_occupations, find_skills
from wallet.core.intake_pasts import KeptPast, pasts_kept
from wallet.core.intake_skills import LEVELS, OwnSkill, own_skills
from wallet.core.intake_sources import from_intake, last_used, told
from wallet.core.intake_state import Section, intake_state
from wallet.core.profile import put_together
from wallet.core.profile_skills import ProfileSkill, SourceKind
from wallet.core.wallet import Wallet
from wallet.views.pages import Named
from wallet.views.rendering import Page, Renderer
from wallet.views.skill_names import EnglishNames

HERE = "/intake"
ADDRESSES = {
    "work": "/intake/past?kind=work",
    "school": "/intake/past?kind=school",
    "motives": "/intake/wishes#motives",
    "attitude": "/intake/wishes#attitude",
    "assess": "/intake/assess",
    "wishes": "/intake/wishes#wishes",
    "vacancies": "/intake/vacancies",
    "skills": "/intake/skills",
}
FOUND = 12
"""Occupations that a search offers: more is not looked through."""
QUALIFICATIONS = 5


@dataclass(frozen=True, slots=True)
class PastForm:
    """What stands in the form, as it was typed."""

    query: str = ""
    chosen: tuple[str, ...] = ()
    title: str = ""
    level: str = ""
    since: str = ""
    until: str = ""
    record: str = ""
    """What is changed; empty for something new."""
    crebo: str = ""
    """The code of a vocational qualification that was chosen from those found."""


def form_of(past: Past) -> PastForm:
    """What is kept, to be changed."""
    until = "" if past.until is None else str(past.until)
    return PastForm("", past.occupations, past.title, past.level, str(past.since), until, past.id)


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill with what it counts for and why."""

    iri: str
    label: str
    percent: int
    reasons: tuple[Reason, ...]
    level: int | None


@dataclass(slots=True)
class Part:
    """Skills that follow from one job or school, under its reasons: what all of them rest on is said once."""

    whys: list[Reason] = field(default_factory=list)
    lines: list[SkillLine] = field(default_factory=list)

    def take(self, one: Derived, line: SkillLine, taxonomy: Taxonomy) -> None:
        here = [why(each, taxonomy) for each in one.origins if each.past == one.origins[0].past]
        if here[0] not in self.whys:
            self.whys.append(here[0])
        insort(
            self.lines,
            replace(line, reasons=tuple(each for each in line.reasons if each not in here)),
            key=_by_label,
        )


def overview(renderer: Renderer, language: Language, wallet: Wallet, *, undo: bool = False) -> Page:
    state = intake_state(wallet)
    return renderer.page(
        "intake.html",
        language,
        here=HERE,
        undo=undo,
        state=state,
        told=told(wallet),
        sections=[(str(section), state.of(section)) for section in Section],
        addresses=ADDRESSES,
    )


def past_list(
    renderer: Renderer, language: Language, wallet: Wallet, taxonomy: Taxonomy, kind: PastKind
) -> Page:
    """The work, or the schooling, that is kept."""
    return renderer.page(
        "intake-past.html",
        language,
        here=f"{HERE}/past",
        again=[("kind", str(kind))],
        kind=str(kind),
        pasts=[
            past_line(each, taxonomy, language, wallet.now().year)
            for each in pasts_kept(wallet)
            if each.past.kind is kind
        ],
    )


def past_form(
    renderer: Renderer,
    language: Language,
    taxonomy: Taxonomy,
    kind: PastKind,
    form: PastForm,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """Search an occupation, choose what comes closest, say the years. Raises SearchTextTooLong.

    For a school also vocational qualifications are found: their names suggest occupations, to choose from.
    """
    chosen = [Named(each, taxonomy.label(each, language)) for each in form.chosen if _known(each, taxonomy)]
    school = kind is PastKind.SCHOOL
    qualification = load_mbo().by_crebo.get(form.crebo) if school else None
    if qualification is not None:
        form = _of_qualification(form, qualification)
        suggested = suggest_occupations(qualification, taxonomy, language=language)
        found = [(one.iri, one.label) for one in suggested]
    else:
        found = list(find_occupations(taxonomy, form.query, language)[:FOUND]) if form.query else []
    return renderer.page(
        "intake-past-new.html",
        language,
        status=status,
        here=f"{HERE}/past/new",
        again=_again(form, kind, chosen),
        kind=str(kind),
        form=form,
        chosen=chosen,
        found=[Named(*each) for each in found if each[0] not in form.chosen],
        qualification=qualification,
        qualifications=load_mbo().search(form.query, top=QUALIFICATIONS) if school and form.query else (),
        attribution=load_mbo().attribution,
        levels=SCHOOL_LEVELS,
        error=error,
    )


def _of_qualification(form: PastForm, one: Qualification) -> PastForm:
    return replace(form, title=form.title or one.name, level=form.level or f"mbo-{one.level}")


def _again(form: PastForm, kind: PastKind, chosen: Sequence[Named]) -> list[tuple[str, str]]:
    """The same form in another language."""
    if form.record:
        return [("record", form.record)]
    named = [("kind", str(kind)), ("q", form.query), ("crebo", form.crebo)]
    return [*(each for each in named if each[1]), *(("occupation", each.iri) for each in chosen)]


def skills(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    query: str = "",
    error: str = "",
    status: int = 200,
    undo: bool = False,
) -> Page:
    """All that follows or was ticked, with its weight and reasons. Raises SearchTextTooLong."""
    said = own_skills(wallet)
    profile = put_together(from_intake(wallet), wallet)
    ticked = {one.skill: one for one in said if one.mine}
    lines = {one.skill: _skill_line(one, taxonomy, language) for one in profile.skills}
    return renderer.page(
        "intake-skills.html",
        language,
        status=status,
        here=f"{HERE}/skills",
        again=[("q", query)],
        query=query,
        found=[Named(*each) for each in find_skills(taxonomy, query, language)] if query else [],
        ticked=[lines[skill] for skill in ticked],
        refused=[Named(one.skill, taxonomy.label(one.skill, language)) for one in said if not one.mine],
        assessed=sorted((lines[one.skill] for one in profile.skills if _assessed(one)), key=_by_label),
        groups=_groups(wallet, taxonomy, language, lines, said),
        names=EnglishNames(taxonomy, language, lines),
        levels=LEVELS,
        error=error,
        undo=undo,
    )


def _assessed(one: ProfileSkill) -> bool:
    """Nothing but an answer of the self-assessment tells of it."""
    return one.kind is SourceKind.ASSESSED


def _groups(
    wallet: Wallet,
    taxonomy: Taxonomy,
    language: Language,
    lines: dict[str, SkillLine],
    said: Sequence[OwnSkill],
) -> list[dict[str, object]]:
    """Derived skills under the job or school that counts most for them, the essential ones apart."""
    answered = {one.skill for one in said}
    kept = {each.past.id: each for each in pasts_kept(wallet)}
    groups: dict[str, tuple[Part, Part]] = {record: (Part(), Part()) for record in kept}
    now = wallet.now().year
    for one in derive([each.past for each in kept.values()], taxonomy, now=now):
        if one.skill not in answered:
            first = one.origins[0]
            groups[first.past.id][first.grade is not Grade.ESSENTIAL].take(one, lines[one.skill], taxonomy)
    return [
        {
            "past": past_line(kept[record], taxonomy, language, now),
            "faded": _faded(kept[record].past, wallet.now()),
            "essential": essential,
            "optional": optional,
        }
        for record, (essential, optional) in groups.items()
        if essential.lines or optional.lines
    ]


def _faded(past: Past, now: datetime) -> Reason | None:
    """What age leaves of it, where that is not all."""
    last = last_used(past, now)
    left = recency(months_between(last, now))
    return None if left == 1 else faded(last.year, left)


def _by_label(line: SkillLine) -> tuple[str, str]:
    return (line.label.casefold(), line.iri)


def _skill_line(one: ProfileSkill, taxonomy: Taxonomy, language: Language) -> SkillLine:
    reasons = tuple(dict.fromkeys(_hashable(each) for source in one.sources for each in source.reasons))
    return SkillLine(
        one.skill,
        taxonomy.label(one.skill, language),
        round(100 * one.weight),
        tuple(Reason(code, dict(values)) for code, values in reasons),
        one.level,
    )


def _hashable(reason: Reason) -> tuple[str, tuple[tuple[str, str | int], ...]]:
    return reason.code, tuple(reason.values.items())


def past_name(past: Past, taxonomy: Taxonomy, language: Language) -> str:
    """What the person calls it, or else the occupations."""
    return past.title or ", ".join(taxonomy.label(each, language) for each in past.occupations)


def past_line(kept: KeptPast, taxonomy: Taxonomy, language: Language, now: int) -> dict[str, object]:
    past = kept.past
    return {
        "id": past.id,
        "name": past_name(past, taxonomy, language),
        "kind": str(past.kind),
        "occupations": [taxonomy.label(each, language) for each in past.occupations],
        "since": past.since,
        "until": past.until,
        "level": past.level,
        "skills": len(derive([past], taxonomy, now=now)),
        "at": kept.at,
    }


def _known(occupation: str, taxonomy: Taxonomy) -> bool:
    return occupation in taxonomy.occupations

"""The pages of one's own claims: what was said, who confirmed it, how strong it is now. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from matching.taxonomy.compact import Taxonomy
from passport.evidence.kinds import Strength
from passport.evidence.link import SkillEvidence
from passport.evidence.report import write_skill
from passport.evidence.sentences import with_sentences
from passport.json import JsonObject
from passport.texts import Language
from wallet.core.claims_made import ClaimMade, claims_made
from wallet.core.claims_summary import bound_files
from wallet.core.endorsements import KeptEndorsement, endorsements
from wallet.core.finding import find_occupations, find_skills, skills_of_work
from wallet.core.learning_route import LearningRoute, learning_route
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.skills import certain_strength, skill_evidence
from wallet.core.wallet import Wallet
from wallet.core.withdrawing import Withdrawing
from wallet.views.pages import Named, card
from wallet.views.rendering import Page, Renderer
from wallet.views.skill_names import skill_name

HERE = "/claims"
WORKS = 4
"""Occupations that are offered beside the skills found."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the form, as it was typed."""

    title: str = ""
    words: str = ""
    role: str = ""
    where: str = ""
    since: str = ""
    until: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim in a list."""

    id: str
    name: str
    skills: tuple[tuple[str, str, Strength | None], ...]
    """Identifier, label, and how strong the proof is now; none where the claim is not used."""
    route: LearningRoute | None
    role: str
    since: object
    until: object
    files: int
    confirmed: int
    withdrawn: object
    made: object = field(repr=False, default=None)


def claims(renderer: Renderer, language: Language, wallet: Wallet) -> Page:
    strengths, confirmed = _strengths(skill_evidence(wallet)), endorsements(wallet)
    lines = [_line(one, strengths, confirmed) for one in claims_made(wallet)]
    return renderer.page(
        "claims.html",
        language,
        here=HERE,
        claims=[line for line in lines if line.withdrawn is None],
        withdrawn=[line for line in lines if line.withdrawn is not None],
    )


def claim(renderer: Renderer, language: Language, wallet: Wallet, one: ClaimMade) -> Page:
    parsed = one.kept.report.parsed
    assert parsed is not None
    evidence = {each.skill: each for each in skill_evidence(wallet)}
    confirmed = [each for each in endorsements(wallet) if one.id in each.confirms]
    line = _line(one, _strengths(list(evidence.values())), confirmed)
    return renderer.page(
        "claim.html",
        language,
        here=f"{HERE}/{one.id}",
        one=line,
        paths={skill: _path(evidence.get(skill), parsed.id) for skill, _, _ in line.skills},
        pictures=[] if one.withdrawn is not None else _pictures(renderer, language, line, evidence),
        words=[plain_text(each.narrative) for each in parsed.evidence if each.narrative],
        places=[plain_text(each.description) for each in parsed.evidence if each.description],
        files=[
            {"id": each.id, "name": plain_name(each.name), "media_type": each.media_type, "size": each.size}
            for each in bound_files(wallet, parsed.evidence, parsed.related_resources)
        ],
        confirmations=[_confirmation(each, line, wallet) for each in confirmed],
        raise_by=[
            (label, evidence[skill].raise_by)
            for skill, label, _ in line.skills
            if skill in evidence and evidence[skill].raise_by
        ],
    )


def choose(
    renderer: Renderer,
    language: Language,
    taxonomy: Taxonomy,
    *,
    query: str = "",
    work: str = "",
    ticked: Sequence[str] = (),
) -> Page:
    """Step 1 of a new claim: skills by a word, or those of an occupation. Raises UnknownOccupation."""
    chosen = _named(taxonomy, ticked, language)
    if work:
        found = skills_of_work(taxonomy, work, language)
    else:
        found = find_skills(taxonomy, query, language) if query else ()
    return renderer.page(
        "claim-skills.html",
        language,
        here=f"{HERE}/new",
        again=[("q", query), ("work", work), *(("skill", each.iri) for each in chosen)],
        query=query,
        work=taxonomy.label(work, language) if work else "",
        works=[Named(*each) for each in find_occupations(taxonomy, query, language)[:WORKS]] if query else [],
        chosen=chosen,
        ticked=set(ticked),
        found=_named(taxonomy, [iri for iri, _ in found], language),
    )


def describe(
    renderer: Renderer,
    language: Language,
    taxonomy: Taxonomy,
    skills: Sequence[str],
    *,
    said: Said | None = None,
    error: str = "",
    status: int = 200,
) -> Page:
    """Step 2 of a new claim."""
    return renderer.page(
        "claim-new.html",
        language,
        status=status,
        here=f"{HERE}/describe",
        again=[("skill", each) for each in skills],
        skills=_named(taxonomy, skills, language),
        routes=tuple(LearningRoute),
        said=said or Said(),
        error=error,
    )


def withdraw(renderer: Renderer, language: Language, wallet: Wallet, cost: Withdrawing) -> Page:
    """What rests on a claim, before it is withdrawn."""
    return renderer.page(
        "claim-withdraw.html",
        language,
        here=f"{HERE}/{cost.claim.id}/withdraw",
        id=cost.claim.id,
        title=card(cost.claim.kept, wallet).name,
        confirmations=len(cost.endorsements),
        credentials=[card(each, wallet).name for each in cost.credentials],
        skills=cost.skills,
    )


def _named(taxonomy: Taxonomy, skills: Sequence[str], language: Language) -> list[Named]:
    known = [each for each in dict.fromkeys(skills) if each in taxonomy.skills]
    names = {each: skill_name(each, taxonomy.label(each), taxonomy, language) for each in known}
    return [Named(each, name.text, name.lang) for each, name in names.items()]


def _strengths(evidence: Sequence[SkillEvidence]) -> Mapping[str, Strength]:
    return {each.skill: certain_strength(each) for each in evidence}


def _line(
    one: ClaimMade, strengths: Mapping[str, Strength], confirmed: Collection[KeptEndorsement]
) -> ClaimLine:
    parsed = one.kept.report.parsed
    assert parsed is not None
    subject = parsed.subject
    labels = {each.target_url: plain_name(each.target_name) for each in subject.achievement.alignments}
    return ClaimLine(
        id=one.id,
        name=plain_name(subject.achievement.name),
        skills=tuple(
            (skill, label, None if one.withdrawn is not None else strengths.get(skill))
            for skill, label in labels.items()
        ),
        route=learning_route(subject.achievement.tags),
        role=plain_name(subject.role or ""),
        since=subject.activity_start,
        until=subject.activity_end,
        files=len(parsed.related_resources),
        confirmed=sum(one.id in each.confirms for each in confirmed),
        withdrawn=one.withdrawn,
        made=parsed.valid_from,
    )


def _path(found: SkillEvidence | None, claim: str) -> list[dict[str, object]]:
    """The acts of the strongest proof that is built on this claim, the claim in front."""
    for link in () if found is None else found.links:
        if len(link.path) > 1 and claim in {step.credential_id for step in link.path}:
            return [
                {
                    "act": str(step.act),
                    "by_holder": step.by_holder,
                    "issuer": plain_name(step.issuer_name),
                    "answer": step.answer,
                }
                for step in link.path
            ]
    return []


def _pictures(
    renderer: Renderer, language: Language, line: ClaimLine, evidence: Mapping[str, SkillEvidence]
) -> list[JsonObject]:
    """What is behind the proof of each skill, as the report on it says; for `chain` to draw."""
    found = [evidence[skill] for skill, _, _ in line.skills if skill in evidence]
    return [with_sentences(write_skill(each), lambda why: renderer.reason(why, language)) for each in found]


def _confirmation(one: KeptEndorsement, line: ClaimLine, wallet: Wallet) -> dict[str, object]:
    parsed = one.report.parsed
    assert parsed is not None
    labels = {skill: label for skill, label, _ in line.skills}
    return {
        "id": one.id,
        "issuer": plain_name(parsed.issuer.name or parsed.issuer.id),
        "host": one.host,
        "answer": one.answer,
        "standing": () if one.verified is None else one.verified.standing_reasons,
        "checks": one.report.checks,
        "skill": labels.get(parsed.subject_id),
        "comment": plain_text(parsed.comment or ""),
        "date": parsed.valid_from,
        "records": [
            {"name": plain_name(each.name), "here": each.size is not None}
            for each in bound_files(wallet, parsed.evidence, parsed.related_resources)
        ],
    }

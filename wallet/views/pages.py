"""The wallet's pages from what the core knows: typed values in, a status and a whole page out. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer, Check
from passport.certificate.content import kind_in_words
from passport.evidence.link import SkillEvidence
from passport.evidence.report import write_skill
from passport.evidence.sentences import with_sentences
from passport.json import JsonObject
from passport.texts import Language
from wallet.core.checkup.reminder import due_of
from wallet.core.claims import claims_of
from wallet.core.endorsements import endorsements, endorser
from wallet.core.finding import find_skills
from wallet.core.intake_sources import told
from wallet.core.journal import journal
from wallet.core.licences import licence_of, to_renew
from wallet.core.plain_text import plain_name, shown_escaped
from wallet.core.requests import open_requests
from wallet.core.settings_kept import LOCK_MINUTES, lock_minutes, not_in_a_backup, words_checked
from wallet.core.shelf import Kept, files, kept
from wallet.core.shipped_lists import NOTHING_SHIPPED, Shipped, offered_lists
from wallet.core.skills import certain_strength, counted, skill_evidence
from wallet.core.summary import says
from wallet.core.taxonomy_in_use import offered_taxonomy
from wallet.core.taxonomy_upgrade import upgrade_untold
from wallet.core.trust_lists import lists_in_use
from wallet.core.wallet import Kind, Wallet
from wallet.views.rendering import Page, Renderer
from wallet.views.skill_names import skill_name

_TECHNICAL = frozenset({"claim-holder", "claim-other", "claim-tag"})
_NOT_IN_SIGHT = _TECHNICAL | {"claim-name", "claim-skill"}
"""The name is the heading, and skills have a list of their own."""


@dataclass(frozen=True, slots=True)
class Card:
    """One credential in a list."""

    id: str
    name: str
    issuer: str
    answer: Answer
    genuine: bool
    self_made: bool
    valid_from: object
    host: str | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Named:
    iri: str
    label: str
    lang: Language | None = None
    """The language of the name, where it is not the page's."""


def home(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy | None = None,
    *,
    undo: bool = False,
    words_written: bool = False,
    shipped: Shipped = NOTHING_SHIPPED,
) -> Page:
    """`taxonomy` is the one in use, so that a renewed one is told.

    `words_written`: they come from the check of their recovery words. `shipped`: lists that came along.
    """
    evidence = skill_evidence(wallet)
    ordered = sorted(evidence, key=lambda one: (-certain_strength(one).rank, one.label))
    return renderer.page(
        "home.html",
        language,
        here="/",
        undo=undo,
        words_written=words_written and words_checked(wallet),
        did=wallet.did,
        unsaved=not_in_a_backup(wallet),
        can_sign=wallet.has_key,
        requests=open_requests(wallet),
        waiting=len(wallet.vault.of_kind(Kind.WAITING)),
        renewals=to_renew(wallet),
        checkup_due=due_of(wallet).remind,
        offered=offered_taxonomy(wallet) is not None,
        lists_offered=any(not one.told for one in offered_lists(wallet, shipped)),
        renewed=taxonomy is not None and upgrade_untold(wallet, taxonomy, evidence),
        counts=counted(evidence),
        told=told(wallet),
        skills=[_skill(one, taxonomy, language) for one in ordered],
        credentials=[card(one, wallet) for one in kept(wallet)],
    )


def skill(
    renderer: Renderer, language: Language, evidence: SkillEvidence, taxonomy: Taxonomy | None = None
) -> Page:
    return renderer.page(
        "skill.html",
        language,
        again=[("iri", evidence.skill)],
        one=_skill(evidence, taxonomy, language),
        found=with_sentences(write_skill(evidence), lambda reason: renderer.reason(reason, language)),
    )


def credential(
    renderer: Renderer, language: Language, wallet: Wallet, one: Kept, taxonomy: Taxonomy | None = None
) -> Page:
    """What somebody wants to know of a badge comes first; what only programs want is folded away."""
    parsed, here = one.report.parsed, files(wallet)
    claims = claims_of(one.report)
    return renderer.page(
        "credential.html",
        language,
        me=set(wallet.own_dids.values()),
        one=card(one, wallet),
        kind=kind_in_words(None if parsed is None else parsed.subject.achievement.achievement_type, language),
        licence=licence_of(one, wallet.now()),
        standing=() if one.verified is None else one.verified.standing_reasons,
        claims=[each for each in claims if each.code not in _NOT_IN_SIGHT],
        technical=[each for each in claims if each.code in _TECHNICAL],
        document=written(says(one.report)),
        forms=[str(form.name) for form in one.forms],
        shows_parts=one.shows_parts,
        skills=named_skills(one, taxonomy, language),
        can_show=can_show(one),
        strengths={each.skill: certain_strength(each) for each in skill_evidence(wallet)},
        evidence=[]
        if parsed is None
        else [
            {"name": each.name or each.genre or each.id, "here": each.id in here} for each in parsed.evidence
        ],
    )


def assess(
    renderer: Renderer,
    language: Language,
    taxonomy: Taxonomy,
    *,
    query: str = "",
    ticked: Sequence[str] = (),
    error: str = "",
    status: int = 200,
) -> Page:
    chosen = [Named(iri, taxonomy.label(iri, language)) for iri in ticked if iri in taxonomy.skills]
    found = [Named(*one) for one in find_skills(taxonomy, query, language)] if query else []
    return renderer.page(
        "assess.html",
        language,
        status=status,
        here="/assess",
        again=[("q", query), *(("skill", one.iri) for one in chosen)],
        query=query,
        found=found,
        chosen=chosen,
        ticked=set(ticked),
        error=error,
    )


def show_journal(renderer: Renderer, language: Language, wallet: Wallet) -> Page:
    names = {one.id: card(one, wallet).name for one in kept(wallet)}
    names |= {
        one.id: renderer.say("consent-confirmed-by", language, {"name": endorser(one)})
        for one in endorsements(wallet)
    }
    entries = [
        {
            "way": str(entry.way),
            "at": entry.at,
            "host": entry.host,
            "asker": entry.asker,
            "purpose": entry.purpose,
            "names": [names[record] for record in entry.credentials if record in names],
            "refused": len(entry.refused),
        }
        for entry in journal(wallet)
    ]
    return renderer.page("journal.html", language, here="/journal", entries=entries)


def backup(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    *,
    opened_by_words: bool = False,
    shipped: Shipped = NOTHING_SHIPPED,
    undo: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """`opened_by_words`: the passphrase is not known, and is asked for nothing."""
    return renderer.page(
        "backup.html",
        language,
        status=status,
        opened_by_words=opened_by_words,
        here="/backup",
        can_sign=wallet.has_key,
        lists=_lists(wallet, language),
        offered=[
            {
                "id": one.content.id,
                "name": plain_name(one.content.name.get(language) or one.content.id),
                "publisher": plain_name(one.content.publisher_name),
                "version": one.content.version,
                "held": one.held,
                "told": one.told,
            }
            for one in offered_lists(wallet, shipped)
        ],
        undo=undo,
        checked=words_checked(wallet),
        lock={"choices": LOCK_MINUTES, "chosen": lock_minutes(wallet)},
        error=error,
    )


def card(one: Kept, wallet: Wallet) -> Card:
    """A credential as a line; names are claims of its signer and are shown as plain text."""
    parsed = one.report.parsed
    assert parsed is not None
    return Card(
        id=one.id,
        name=plain_name(parsed.subject.achievement.name),
        issuer=plain_name(parsed.issuer.name or parsed.issuer.id),
        answer=one.answer,
        genuine=one.verified is not None,
        self_made=parsed.issuer.id == wallet.did,
        valid_from=parsed.valid_from,
        host=one.host,
        checks=one.report.checks,
    )


def can_show(one: Kept) -> bool:
    """Whether it may leave unasked: genuine, not lapsed, and of a person of this wallet."""
    return (
        one.verified is not None
        and one.answer is not Answer.NO
        and one.verified.credential.subject.id == one.holder
    )


def named_skills(
    one: Kept, taxonomy: Taxonomy | None = None, language: Language = Language.EN
) -> list[Named]:
    """The skills that a credential names, each once."""
    parsed = one.report.parsed
    alignments = () if parsed is None else parsed.subject.achievement.alignments
    names = {
        each.target_url: skill_name(each.target_url, each.target_name, taxonomy, language)
        for each in alignments
    }
    return [Named(skill, name.text, name.lang) for skill, name in names.items()]


def written(document: JsonObject) -> str:
    """A document for people who want to see every word of it."""
    return shown_escaped(json.dumps(document, ensure_ascii=False, indent=2))


def _skill(one: SkillEvidence, taxonomy: Taxonomy | None, language: Language) -> dict[str, object]:
    name = skill_name(one.skill, one.label, taxonomy, language)
    return {
        "skill": one.skill,
        "label": name.text,
        "lang": name.lang,
        "framework": one.framework,
        "strength": one.strength,
        "certain": certain_strength(one),
        "answer": one.answer,
        "reasons": one.reasons,
        "raise_by": one.raise_by,
        "links": one.links,
    }


def _lists(wallet: Wallet, language: Language) -> list[dict[str, object]]:
    return [
        {
            "id": one.id,
            "shipped": one.shipped,
            "name": plain_name(one.name.get(language) or one.id),
            "publisher": plain_name(one.publisher),
            "version": one.version,
            "days": one.age_days,
            "fresh": one.fresh,
            "chosen": one.chosen,
            "through": [(plain_name(delegator), words) for delegator, words in one.through],
            "classes": [
                (plain_name(each.name.get(language) or next(iter(each.name.values()))), each.counts_as)
                for each in one.classes
            ],
        }
        for one in lists_in_use(wallet)
    ]

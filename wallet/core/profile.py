"""What the person can do, as matching takes it: credentials and everything else that the wallet knows.

Each source is a function of the wallet; one more is a line in SOURCES.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from matching.limits import PROFILE
from matching.taxonomy.compact import Taxonomy
from passport.answers import Answer
from passport.documents import DocumentCache
from passport.evidence.kinds import Method, Strength
from passport.evidence.link import Link, SkillEvidence
from wallet.core.intake_sources import from_intake
from wallet.core.plain_text import plain_name
from wallet.core.profile_skills import PersonProfile, SkillSource, SourceKind, together
from wallet.core.skills import skill_evidence
from wallet.core.wallet import Wallet

Source = Callable[[Wallet, DocumentCache | None], Iterable[SkillSource]]
_OWN_WORD = "holder"
"""The row of the rule table of what a person says themselves."""


def from_credentials(wallet: Wallet, documents: DocumentCache | None) -> Iterable[SkillSource]:
    """What the credentials and claims name, each link for itself."""
    return sources_of(skill_evidence(wallet, documents))


def sources_of(evidence: Iterable[SkillEvidence]) -> Iterable[SkillSource]:
    """Skills that were weighed, as sources of a profile."""
    return (_source(one, link) for one in evidence for link in one.links)


SOURCES: tuple[Source, ...] = (from_credentials, from_intake)


def profile_of(
    wallet: Wallet,
    documents: DocumentCache | None = None,
    *,
    sources: Collection[Source] = SOURCES,
) -> PersonProfile:
    """Every skill of the person with its weight, level, strength, freshness and sources.

    `documents` are those at hand, the wallet's own where it is None. Nothing is fetched.
    """
    return put_together((each for source in sources for each in source(wallet, documents)), wallet)


def profile_by(wallet: Wallet, taxonomy: Taxonomy) -> PersonProfile:
    """The profile as it is with this list of occupations: what follows from past work is read in it."""
    return put_together((*from_credentials(wallet, None), *from_intake(wallet, taxonomy=taxonomy)), wallet)


def put_together(found: Iterable[SkillSource], wallet: Wallet) -> PersonProfile:
    """One profile; of more skills than matching takes, those that count for least are left out."""
    by_skill: defaultdict[str, list[SkillSource]] = defaultdict(list)
    for each in found:
        by_skill[each.skill].append(each)
    now = wallet.now()
    skills = [together(tuple(by_skill[skill]), now) for skill in sorted(by_skill)]
    heaviest = sorted(skills, key=lambda one: (-one.weight, one.skill))[: PROFILE.skills]
    return PersonProfile(tuple(sorted(heaviest, key=lambda one: one.skill)), len(skills) - len(heaviest))


def _source(one: SkillEvidence, link: Link) -> SkillSource:
    return SkillSource(
        skill=one.skill,
        label=plain_name(one.label),
        kind=_kind(link),
        name=plain_name(link.issuer_name),
        at=link.date,
        level=link.level,
        strength=link.certain or Strength.SOFT,
        answer=link.answer if link.ceiling is None or link.certain is not None else Answer.CANNOT_TELL,
        reasons=link.reasons,
        record=link.credential_id,
    )


def _kind(link: Link) -> SourceKind:
    if link.rule != _OWN_WORD:
        return SourceKind.CREDENTIAL
    return SourceKind.DERIVED if link.method is Method.DERIVED else SourceKind.OWN_CLAIM

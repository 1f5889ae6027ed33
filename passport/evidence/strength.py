"""Strength per skill: all verified acts of one holder together, computed and never declared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from passport.answers import Answer, Reason
from passport.credentials import Alignment
from passport.evidence.acts import Badge, Confirmation
from passport.evidence.chain import NO_CHAIN, Chain
from passport.evidence.codes import EvidenceCode
from passport.evidence.integrity import Files
from passport.evidence.kinds import Strength
from passport.evidence.link import Link, SkillEvidence
from passport.evidence.parties import Parties
from passport.evidence.reading import read_badge, read_confirmation
from passport.evidence.scales import Scales
from passport.evidence.weighing import weigh_link
from passport.trust import TrustStore
from passport.verification import VerifiedCredential, VerifiedEndorsement

_NO_FILES: Files = {}


def weigh(
    credentials: Sequence[VerifiedCredential],
    *,
    trust: TrustStore,
    now: datetime,
    files: Files = _NO_FILES,
    holder: str | None = None,
    endorsements: Sequence[VerifiedEndorsement] = (),
    also_holder: Collection[str] = (),
) -> tuple[SkillEvidence, ...]:
    """Weigh the proof of every skill that the credentials name, in order of the skills' identifiers.

    A skill is an alignment of the achievement (`targetUrl`). Strength is that of the strongest link: more
    signatures don't add up. `files` are the records that the holder shows, by evidence id. With `holder`, a
    credential about anybody else counts for nothing; without, the subjects are taken to be one person's DIDs.
    `endorsements` are those that stand beside the credentials; those inside them are weighed as well.
    `also_holder` are other DIDs of the holder: a wallet's own keys, which it knows and nobody else does.
    """
    different = {verified.credential.source: verified for verified in credentials}.values()
    confirming = _confirming(different, endorsements)
    ids = {verified.credential.id for verified in different}
    ids |= {each.endorsement.id for each in confirming}
    badges = [Badge(verified, ids) for verified in different]
    parties = Parties(different, trust, holder, confirming, also_holder)
    chain = NO_CHAIN
    if confirming or any(badge.references for badge in badges):
        badges = _once(badges)
        chain = Chain([*badges, *(Confirmation(each, ids) for each in confirming)], parties, holder)
    scales = Scales(trust, parties, files, now, holder, chain)
    links: dict[str, list[_Weighed]] = defaultdict(list)
    for badge in badges:
        weighed = read_badge(badge, scales)
        for alignment in badge.skills:
            link = weigh_link(weighed, alignment.target_url, scales)
            links[alignment.target_url].append(_Weighed(alignment, link))
    for confirmation in chain.confirmations:
        for weighed, alignment in read_confirmation(confirmation, badges, scales):
            link = weigh_link(weighed, alignment.target_url, scales)
            links[alignment.target_url].append(_Weighed(alignment, link))
    return tuple(_together(skill, links[skill]) for skill in sorted(links))


def _confirming(
    credentials: Iterable[VerifiedCredential], endorsements: Iterable[VerifiedEndorsement]
) -> Sequence[VerifiedEndorsement]:
    """The endorsements at hand, beside the credentials and in them, each once."""
    found = {each.endorsement.source: each for each in endorsements}
    for verified in credentials:
        for inside in verified.endorsements:
            found.setdefault(inside.endorsement.source, inside)
    return [found[source] for source in sorted(found)]


def _once(badges: Iterable[Badge]) -> list[Badge]:
    """What its issuer signed once counts once, in how many spellings it may be shown."""
    return list(
        {each.digest: each for each in sorted(badges, key=lambda each: each.document.source)}.values()
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    alignment: Alignment
    link: Link


def _together(skill: str, weighed: Sequence[_Weighed]) -> SkillEvidence:
    ordered = sorted(weighed, key=lambda each: _order(each.link))
    first = ordered[0].alignment
    return _summary(skill, first.target_name, first.target_framework, [each.link for each in ordered])


def _order(link: Link) -> tuple[int, int, float, str, str]:
    """The strongest first, what is certain before what is not, then the youngest."""
    age = float("inf") if link.date is None else -link.date.timestamp()
    return (-_rank(link.certain), -_rank(link.ceiling), age, link.credential_id, link.credential_digest)


def _rank(strength: Strength | None) -> int:
    return -1 if strength is None else strength.rank


def _summary(skill: str, label: str, framework: str | None, links: Sequence[Link]) -> SkillEvidence:
    marked = _mark_same_evidence(links)
    best = max((link.ceiling for link in marked if link.ceiling is not None), default=None)
    certain = max((link.certain for link in marked if link.certain is not None), default=None)
    making = [link for link in marked if best is not None and link.ceiling is best]
    counting = [link for link in marked if link.ceiling is not None]
    return SkillEvidence(
        skill=skill,
        label=label,
        framework=framework,
        strength=best or Strength.SOFT,
        answer=_answer(best, certain),
        strength_without=certain,
        links=marked,
        reasons=_merged(link.reasons for link in (making or marked)),
        raise_by=_merged(link.raise_by for link in (making or marked))
        if certain is not Strength.HARD
        else (),
        obtained=max((link.date for link in making if link.date is not None), default=None),
        level=max((link.level for link in marked if link.certain and link.level is not None), default=None),
        signers=len({link.signer for link in counting}),
        records=len(frozenset().union(*(link.digests for link in counting))),
    )


def _answer(best: Strength | None, certain: Strength | None) -> Answer:
    if best is None:
        return Answer.NO
    return Answer.YES if certain is best else Answer.CANNOT_TELL


def _mark_same_evidence(links: Sequence[Link]) -> tuple[Link, ...]:
    """Say which links rest on nothing but records that were counted before."""
    counted: frozenset[bytes] = frozenset()
    marked = []
    for link in links:
        if link.ceiling is not None and link.digests and link.digests <= counted:
            same = Reason(EvidenceCode.SAME_EVIDENCE, {"issuer": link.issuer_name})
            marked.append(replace(link, same_evidence=True, reasons=(*link.reasons, same)))
        else:
            marked.append(link)
        if link.ceiling is not None:
            counted |= link.digests
    return tuple(marked)


def _merged(reasons: Iterable[Iterable[Reason]]) -> tuple[Reason, ...]:
    """Each reason once, in order."""
    seen: dict[tuple[str, tuple[tuple[str, str | int], ...]], Reason] = {}
    for each in (reason for some in reasons for reason in some):
        seen.setdefault((each.code, tuple(sorted(each.values.items()))), each)
    return tuple(seen.values())

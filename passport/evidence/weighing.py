"""One act as proof of one skill: from verified material to facts, through the rules, to a link."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from passport.answers import Answer, Reason
from passport.credentials import Credential
from passport.evidence.acts import Act
from passport.evidence.advice import raise_by, raise_refused
from passport.evidence.age import months_between
from passport.evidence.codes import EvidenceCode
from passport.evidence.explain import link_reasons
from passport.evidence.integrity import Records
from passport.evidence.kinds import Method, Strength
from passport.evidence.level import achieved_level
from passport.evidence.link import Link, Step
from passport.evidence.path import way_up
from passport.evidence.rules import Facts, Verdict, judge
from passport.evidence.scales import Scales, name_of, recognised_once, recognitions
from passport.securing import Withheld
from passport.trust import Recognition, RecognitionFound
from passport.verification import VerifiedCredential

_PREFERENCE = tuple(Method)
"""The method to name where a credential has several, the most telling first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was read of one act: of a badge the same for all its skills, of an endorsement for one."""

    act: Act
    digest: str
    """Of the signed text."""
    records: Records
    date: datetime | None
    leveled: Credential | None
    """The badge whose levels count for it."""
    facts: Facts
    """Without what depends on the skill: who signed, and what it is recognised as."""
    refusal: EvidenceCode | None
    """Why it counts for nothing, whoever signed it."""
    doubt: EvidenceCode | None = None
    """Why nothing of it is certain, whoever signed it."""


def weigh_link(weighed: Weighed, skill: str, scales: Scales) -> Link:
    """Weigh one act for one skill: as if all checked out, and without what could not be checked."""
    act, document, verified = weighed.act, weighed.act.document, weighed.act.verified
    found = recognitions(act, skill, scales)
    best, certain = _judge(weighed, found, scales)
    fallen = weighed.refusal is not None or verified.standing is Answer.NO
    strength = None if fallen else _certain(certain, weighed)
    issuer_name = name_of(act, found)
    method = next((method for method in _PREFERENCE if method in weighed.records.methods), None)
    own = Step(
        document.id,
        act.kind,
        issuer_name,
        method,
        weighed.date,
        _answer(fallen, strength),
        scales.parties.is_holder(document.issuer.id),
    )
    path, rests_on = way_up(act, skill, own, scales)
    link = Link(
        credential_id=document.id,
        credential_digest=weighed.digest,
        issuer=document.issuer.id,
        issuer_name=issuer_name,
        signer=scales.parties.party(document.issuer.id),
        rule=best.rule.id,
        ceiling=None if fallen else best.ceiling,
        certain=strength,
        method=method,
        evidence_state=weighed.records.state,
        records_unseen=weighed.records.unseen,
        digests=weighed.records.digests,
        date=weighed.date,
        age_months=None if weighed.date is None else months_between(weighed.date, scales.now),
        level=None if weighed.leveled is None else achieved_level(weighed.leveled.subject, skill),
        standing=verified.standing,
        recognised_as=best.facts.recognised_as,
        recognised_certainly=certain.facts.recognised_as,
        same_evidence=False,
        reasons=(),
        raise_by=(),
        act=act.kind,
        path=path,
        rests_on=rests_on,
    )
    lead = _lead(weighed, found, issuer_name, scales)
    return replace(
        link,
        reasons=(*lead, *link_reasons(link, best, verified, found)),
        raise_by=raise_by(link, best, withheld=Withheld.STRENGTH in verified.withheld)
        if weighed.refusal is None
        else raise_refused(weighed.refusal, link),
    )


def _certain(verdict: Verdict, weighed: Weighed) -> Strength | None:
    """Where something that lowers may have been left out, or changed unseen, no more than soft is certain."""
    verified = weighed.act.verified
    if verified.standing is not Answer.YES or weighed.doubt is not None:
        return None
    if Withheld.STRENGTH in verified.withheld or weighed.records.hidden:
        return Strength.SOFT
    return verdict.ceiling


def _answer(fallen: bool, certain: Strength | None) -> Answer:
    if fallen:
        return Answer.NO
    return Answer.CANNOT_TELL if certain is None else Answer.YES


def _lead(
    weighed: Weighed, found: tuple[RecognitionFound, ...], issuer_name: str, scales: Scales
) -> Iterable[Reason]:
    """What comes before the row of the table."""
    codes = [code for code in (weighed.refusal, weighed.doubt) if code is not None]
    yield from (Reason(code, {"issuer": issuer_name}) for code in codes)
    once = recognised_once(found, weighed.act, scales)
    if once is not None:
        yield once
    verified = weighed.act.verified
    if Withheld.STRENGTH in verified.withheld:
        yield Reason(EvidenceCode.PARTS_WITHHELD)
    if isinstance(verified, VerifiedCredential) and verified.endorsements_refused:
        yield Reason(EvidenceCode.ENDORSEMENTS_REFUSED, {"count": verified.endorsements_refused})


def _judge(weighed: Weighed, found: Iterable[RecognitionFound], scales: Scales) -> tuple[Verdict, Verdict]:
    """As if all checked out, and without what could not be checked."""
    best = _facts(weighed, frozenset(each.recognition for each in found), scales, certain=False)
    fresh = frozenset(each.recognition for each in found if each.fresh)
    certain = _facts(weighed, fresh, scales, certain=True)
    verdict = judge(best)
    return verdict, verdict if certain == best else judge(certain)


def _facts(
    weighed: Weighed, recognised_as: frozenset[Recognition], scales: Scales, *, certain: bool
) -> Facts:
    return replace(
        weighed.facts,
        signed_by=scales.parties.signed_by(weighed.act.document.issuer.id, recognised_as),
        recognised_as=recognised_as,
        bound=weighed.records.bound(certain=certain),
    )

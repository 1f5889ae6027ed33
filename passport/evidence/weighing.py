"""One credential as proof of one skill: from verified material to facts, through the rules, to a link."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from passport.answers import Answer, Reason
from passport.credentials import Alignment
from passport.encoding import digest_multibase
from passport.evidence.age import evidence_date, months_between
from passport.evidence.codes import EvidenceCode, RaiseCode
from passport.evidence.explain import link_reasons, raise_by
from passport.evidence.integrity import Files, Records, read_records
from passport.evidence.kinds import FORMAL_PROOF, LABELS, Method, Strength
from passport.evidence.level import achieved_level, has_result, not_passed
from passport.evidence.link import Link
from passport.evidence.parties import Parties
from passport.evidence.rules import Facts, Verdict, judge
from passport.securing import Withheld
from passport.trust import Recognition, RecognitionFound, TrustStore
from passport.verification import VerifiedCredential

_PREFERENCE = tuple(Method)
"""The method to name where a credential has several, the most telling first."""


@dataclass(frozen=True, slots=True)
class Scales:
    """What all credentials of one weighing share."""

    trust: TrustStore
    parties: Parties
    files: Files
    now: datetime
    holder: str | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is the same for all skills of one credential, read once."""

    verified: VerifiedCredential
    digest: str
    records: Records
    date: datetime | None
    facts: Facts
    """Without what depends on the skill: who signed, and what it is recognised as."""


def read_credential(verified: VerifiedCredential, scales: Scales) -> Weighed:
    credential = verified.credential
    achievement, subject = credential.subject.achievement, credential.subject
    records = read_records(credential, scales.files)
    labels = [LABELS[tag] for tag in achievement.tags if tag in LABELS]
    facts = Facts(
        signed_by=scales.parties.signed_by(credential.issuer.id, frozenset()),
        methods=records.methods,
        changed=records.changed,
        formal=achievement.achievement_type in FORMAL_PROOF,
        result=has_result(subject),
        not_passed=not_passed(subject),
        assessor=scales.parties.assessor(credential),
        label=min(labels, default=None),
    )
    return Weighed(
        verified=verified,
        digest=digest_multibase(credential.source),
        records=records,
        date=None if Withheld.DATE in verified.withheld else evidence_date(credential, scales.now),
        facts=facts,
    )


def weigh_link(weighed: Weighed, alignment: Alignment, scales: Scales) -> Link:
    """Weigh one credential for one skill: as if all checked out, and without what could not be checked."""
    verified, skill = weighed.verified, alignment.target_url
    credential = verified.credential
    found = () if scales.parties.is_holder(credential.issuer.id) else _recognitions(verified, skill, scales)
    best = _judge(weighed, found, scales, certain=False)
    certain = _judge(weighed, tuple(each for each in found if each.fresh), scales, certain=True)
    refusal = _not_the_holders(verified, scales)
    ceiling = None if refusal or verified.standing is Answer.NO else best.ceiling
    link = Link(
        credential_id=credential.id,
        credential_digest=weighed.digest,
        issuer=credential.issuer.id,
        issuer_name=found[0].entry.name if found else credential.issuer.name or credential.issuer.id,
        signer=scales.parties.party(credential.issuer.id),
        rule=best.rule.id,
        ceiling=ceiling,
        certain=_certain(certain, verified) if ceiling is not None else None,
        method=next((method for method in _PREFERENCE if method in weighed.records.methods), None),
        evidence_state=weighed.records.state,
        digests=weighed.records.digests,
        date=weighed.date,
        age_months=None if weighed.date is None else months_between(weighed.date, scales.now),
        level=None if Withheld.LEVEL in verified.withheld else achieved_level(credential.subject, skill),
        standing=verified.standing,
        recognised_as=best.facts.recognised_as,
        recognised_certainly=certain.facts.recognised_as,
        same_evidence=False,
        reasons=(),
        raise_by=(),
    )
    lead = tuple(
        each
        for each in (refusal, _recognised_once(found, verified, scales), _left_out(verified))
        if each is not None
    )
    return replace(
        link,
        reasons=(*lead, *link_reasons(link, best, verified, found)),
        raise_by=(Reason(RaiseCode.ASK_ISSUE_AGAIN, {"issuer": link.issuer_name}),)
        if refusal
        else raise_by(link, best, withheld=_left_out(verified) is not None),
    )


def _certain(verdict: Verdict, verified: VerifiedCredential) -> Strength | None:
    """Where something that lowers may have been left out, no more than soft is certain."""
    if verified.standing is not Answer.YES:
        return None
    return Strength.SOFT if Withheld.STRENGTH in verified.withheld else verdict.ceiling


def _left_out(verified: VerifiedCredential) -> Reason | None:
    return Reason(EvidenceCode.PARTS_WITHHELD) if Withheld.STRENGTH in verified.withheld else None


def _judge(weighed: Weighed, found: Iterable[RecognitionFound], scales: Scales, *, certain: bool) -> Verdict:
    recognised_as = _kinds(found)
    issuer = weighed.verified.credential.issuer.id
    return judge(
        replace(
            weighed.facts,
            signed_by=scales.parties.signed_by(issuer, recognised_as),
            recognised_as=recognised_as,
            bound=weighed.records.bound(certain=certain),
        )
    )


def _recognitions(verified: VerifiedCredential, skill: str, scales: Scales) -> tuple[RecognitionFound, ...]:
    """What the issuer was recognised as at every moment of signing, and is today, for this skill."""
    credential = verified.credential
    first, *others = _signed_at(verified, scales.now)
    found = scales.trust.recognitions(
        credential.issuer.id,
        first,
        now=scales.now,
        achievement=credential.subject.achievement.id,
        skills=(skill,),
        signed_with=[proof.public_key.to_multikey() for proof in verified.proofs],
    )
    return tuple(each for each in found if all(each.entry.in_force(at) for at in others))


def _signed_at(verified: VerifiedCredential, now: datetime) -> tuple[datetime, ...]:
    """When each proof was made; where a proof doesn't say, when the credential begins."""
    begins = verified.credential.valid_from or now
    return tuple(proof.created or begins for proof in verified.proofs)


def _kinds(found: Iterable[RecognitionFound]) -> frozenset[Recognition]:
    return frozenset(each.recognition for each in found)


def _not_the_holders(verified: VerifiedCredential, scales: Scales) -> Reason | None:
    """A credential without a subject is anybody's; one about somebody else proves nothing here."""
    subject = verified.credential.subject.id
    if subject is None:
        return Reason(EvidenceCode.NO_HOLDER)
    if scales.holder is not None and scales.parties.party(subject) != scales.parties.party(scales.holder):
        return Reason(EvidenceCode.OTHER_HOLDER)
    return None


def _recognised_once(
    found: tuple[RecognitionFound, ...], verified: VerifiedCredential, scales: Scales
) -> Reason | None:
    """Known to a list, and still not recognised: at another time, or for something else."""
    issuer = verified.credential.issuer
    if found or not scales.trust.ever(issuer.id) or scales.parties.is_holder(issuer.id):
        return None
    name = issuer.name or issuer.id
    if scales.trust.recognised_at(issuer.id, scales.now, *_signed_at(verified, scales.now)):
        return Reason(EvidenceCode.RECOGNISED_OTHERWISE, {"issuer": name})
    revoked = scales.trust.revoked(issuer.id, scales.now)
    if revoked is not None:
        date = revoked.revocation.at.date().isoformat()
        return Reason(
            EvidenceCode.RECOGNITION_REVOKED,
            {"issuer": name, "publisher": revoked.publisher_name, "date": date},
        )
    return Reason(EvidenceCode.RECOGNISED_FORMERLY, {"issuer": name})

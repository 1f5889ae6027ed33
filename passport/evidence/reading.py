"""From a verified act to what the rules look at: a badge for its skills, an endorsement for what it names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from passport.credentials import Alignment, Credential, Endorsement
from passport.encoding import digest_multibase
from passport.evidence.acts import Act, Badge, Confirmation
from passport.evidence.age import endorsed_date, evidence_date
from passport.evidence.chain import confirmed
from passport.evidence.codes import EvidenceCode
from passport.evidence.integrity import Records, read_records
from passport.evidence.kinds import FORMAL_PROOF, LABELS, EvidenceState
from passport.evidence.level import has_result, not_passed
from passport.evidence.rules import Facts
from passport.evidence.scales import Scales
from passport.evidence.weighing import Weighed
from passport.securing import Withheld

_BEST_FIRST = (EvidenceState.MATCHES, EvidenceState.UNCERTAIN, EvidenceState.FALLEN)
_DOUBTS: Mapping[EvidenceState, EvidenceCode] = {EvidenceState.UNCERTAIN: EvidenceCode.CLAIM_UNCERTAIN}
_REFUSALS: Mapping[EvidenceState, EvidenceCode] = {EvidenceState.FALLEN: EvidenceCode.CLAIM_FALLEN}


def read_badge(act: Badge, scales: Scales) -> Weighed:
    """What a badge says, read once for all its skills."""
    credential, withheld = act.document, act.verified.withheld
    achievement, subject = credential.subject.achievement, credential.subject
    records = read_records(credential, scales.files, act.references, scales.chain)
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
        in_circle=bool(act.references) and act.digest in scales.chain.looped,
    )
    return Weighed(
        act=act,
        digest=digest_multibase(credential.source),
        records=records,
        date=None if Withheld.DATE in withheld else evidence_date(credential, scales.now),
        leveled=None if Withheld.LEVEL in withheld else credential,
        facts=facts,
        refusal=scales.parties.not_the_holders(credential.subject.id, scales.holder),
    )


def read_confirmation(
    act: Confirmation, badges: Sequence[Badge], scales: Scales
) -> Iterator[tuple[Weighed, Alignment]]:
    """What an endorsement says of each skill that it confirms.

    One that confirms nothing is read for the skills of `badges` that it was meant for, to say why.
    """
    endorsement = act.document
    records = read_records(endorsement, scales.files, act.references, scales.chain)
    found: dict[str, list[tuple[EvidenceState, Act, Alignment]]] = {}
    looped = act.digest in scales.chain.looped
    for reference in () if looped else act.references:
        state, base = scales.chain.look_up(reference)
        if base is not None:
            for skill, alignment in confirmed(endorsement, base, scales.chain.scope(base)).items():
                found.setdefault(skill, []).append((state, base, alignment))
    for bases in found.values():
        state, _, alignment = min(bases, key=lambda each: _BEST_FIRST.index(each[0]))
        holding = [base for of_base, base, _ in bases if of_base is state]
        weighed = _weighed(
            act,
            records,
            scales,
            date=_date(act, [each for base in holding for each in _badges(base, scales)], scales.now),
            leveled=_leveled(endorsement, holding),
            refusal=_REFUSALS.get(state),
            doubt=_DOUBTS.get(state),
        )
        yield weighed, alignment
    if not found:
        refusal = _why(act, badges, scales)
        for alignment in _meant(endorsement, badges):
            idle = _weighed(act, records, scales, date=None, leveled=None, refusal=refusal)
            yield idle, alignment


def _weighed(
    act: Confirmation,
    records: Records,
    scales: Scales,
    *,
    date: datetime | None,
    leveled: Credential | None,
    refusal: EvidenceCode | None,
    doubt: EvidenceCode | None = None,
) -> Weighed:
    endorsement = act.document
    return Weighed(
        act=act,
        digest=digest_multibase(endorsement.source),
        records=records,
        date=date,
        leveled=leveled,
        facts=Facts(
            signed_by=scales.parties.signed_by(endorsement.issuer.id, frozenset()),
            methods=records.methods,
            changed=records.changed,
        ),
        refusal=refusal,
        doubt=doubt,
    )


def _badges(base: Act, scales: Scales) -> Iterator[Badge]:
    """The badges that are confirmed with a base, directly or through another endorsement."""
    return (each for each in (base, *scales.chain.rests_on(base)[0]) if isinstance(each, Badge))


def _date(act: Confirmation, badges: Sequence[Badge], now: datetime) -> datetime | None:
    """Where one of the dates may have been left out, an earlier one than is shown: then there is none."""
    if any(Withheld.DATE in each.verified.withheld for each in (act, *badges)):
        return None
    return endorsed_date(act.document, (badge.document for badge in badges), now)


def _leveled(endorsement: Endorsement, bases: Sequence[Act]) -> Credential | None:
    """The claim whose level is confirmed with it: one that is endorsed itself, and not only its skill."""
    for base in bases:
        hidden = Withheld.LEVEL in base.verified.withheld
        if isinstance(base, Badge) and base.id == endorsement.subject_id and not hidden:
            return base.document
    return None


def _meant(endorsement: Endorsement, badges: Iterable[Badge]) -> Iterable[Alignment]:
    """The skills at hand that an endorsement names, or that stand in what it names."""
    meant: dict[str, Alignment] = {}
    for badge in badges:
        whole = endorsement.subject_id in {badge.id, *_parts(badge.document)}
        for skill in badge.skills:
            if whole or skill.target_url == endorsement.subject_id:
                meant.setdefault(skill.target_url, skill)
    return meant.values()


def _parts(credential: Credential) -> frozenset[str]:
    """What stands in a badge and may be endorsed by itself: that says nothing of whoever holds the badge."""
    subject = credential.subject
    profiles = (credential.issuer, subject.source, subject.achievement.creator)
    return frozenset({subject.achievement.id, *(each.id for each in profiles if each is not None)})


def _why(act: Confirmation, badges: Iterable[Badge], scales: Scales) -> EvidenceCode:
    """Why an endorsement confirms nothing."""
    if act.digest in scales.chain.looped:
        return EvidenceCode.IN_LOOP
    documents = [badge.document for badge in badges]
    subject = act.document.subject_id
    if subject in {each.subject.achievement.id for each in documents}:
        return EvidenceCode.OF_DEFINITION
    if any(subject in _parts(each) for each in documents):
        return EvidenceCode.OF_ORGANISATION
    states = {scales.chain.look_up(reference)[0] for reference in act.references}
    if not states:
        return EvidenceCode.NO_DIGEST
    if EvidenceState.CHANGED in states:
        return EvidenceCode.CLAIM_CHANGED
    return EvidenceCode.CLAIM_NOT_SHOWN if EvidenceState.HIDDEN in states else EvidenceCode.SKILL_NOT_CLAIMED

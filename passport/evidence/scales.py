"""What all acts of one weighing share, and what a list says of the one who signed an act."""

from dataclasses import dataclass, field
from datetime import datetime

from passport.answers import Reason
from passport.evidence.acts import Act, Badge, Verified
from passport.evidence.chain import Chain
from passport.evidence.codes import EvidenceCode
from passport.evidence.integrity import Files
from passport.evidence.link import Step
from passport.evidence.parties import Parties
from passport.trust import RecognitionFound, TrustStore


@dataclass(frozen=True, slots=True)
class Scales:
    trust: TrustStore
    parties: Parties
    files: Files
    now: datetime
    holder: str | None
    chain: Chain
    steps: dict[tuple[str, str], Step] = field(default_factory=dict)
    """Those of acts that others rest on, by digest and skill."""


def recognitions(act: Act, skill: str, scales: Scales) -> tuple[RecognitionFound, ...]:
    """What the issuer was recognised as at every moment of signing, and is today, for this skill.

    The holder is never recognised. An entry that is limited to achievements says who may award them: it is
    not found for an endorsement, which awards nothing and whose claim names an achievement as it likes.
    """
    document = act.document
    if scales.parties.is_holder(document.issuer.id):
        return ()
    first, *others = _signed_at(act.verified, document.valid_from or scales.now)
    found = scales.trust.recognitions(
        document.issuer.id,
        first,
        now=scales.now,
        achievement=act.document.subject.achievement.id if isinstance(act, Badge) else None,
        skills=(skill,),
        signed_with=act.keys,
    )
    return tuple(each for each in found if all(each.entry.in_force(at) for at in others))


def name_of(act: Act, found: tuple[RecognitionFound, ...]) -> str:
    """As a trust list has it; where none does, as the issuer calls itself."""
    issuer = act.document.issuer
    return found[0].entry.name if found else issuer.name or issuer.id


def recognised_once(found: tuple[RecognitionFound, ...], act: Act, scales: Scales) -> Reason | None:
    """Known to a list, and still not recognised: at another time, or for something else."""
    issuer = act.document.issuer
    if found or not scales.trust.ever(issuer.id) or scales.parties.is_holder(issuer.id):
        return None
    name = name_of(act, found)
    begins = act.document.valid_from or scales.now
    if scales.trust.recognised_at(issuer.id, scales.now, *_signed_at(act.verified, begins)):
        return Reason(EvidenceCode.RECOGNISED_OTHERWISE, {"issuer": name})
    revoked = scales.trust.revoked(issuer.id, scales.now)
    if revoked is not None:
        date = revoked.revocation.at.date().isoformat()
        return Reason(
            EvidenceCode.RECOGNITION_REVOKED,
            {"issuer": name, "publisher": revoked.publisher_name, "date": date},
        )
    return Reason(EvidenceCode.RECOGNISED_FORMERLY, {"issuer": name})


def _signed_at(verified: Verified, begins: datetime) -> tuple[datetime, ...]:
    """When each proof was made; where a proof doesn't say, when the credential begins."""
    return tuple(proof.created or begins for proof in verified.proofs)

"""What the person can do: every skill that the credentials name, with how well it is proven and why."""

from collections import Counter
from collections.abc import Mapping, Sequence

from passport.documents import DocumentCache
from passport.evidence.kinds import Strength
from passport.evidence.link import SkillEvidence
from passport.evidence.strength import weigh
from wallet.core.shelf import files, genuine, kept, trust
from wallet.core.wallet import Wallet
from wallet.errors import UnknownSkill


def skill_evidence(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[SkillEvidence, ...]:
    """All proof per skill; computed by the same rules that a verifier uses."""
    return weigh(
        genuine(kept(wallet, documents)),
        trust=trust(wallet, documents),
        now=wallet.now(),
        files=files(wallet),
        holder=wallet.did,
    )


def evidence_of(wallet: Wallet, skill: str) -> SkillEvidence:
    """Raises UnknownSkill when no credential names it."""
    for found in skill_evidence(wallet):
        if found.skill == skill:
            return found
    raise UnknownSkill


def counted(evidence: Sequence[SkillEvidence]) -> Mapping[Strength, int]:
    """How many skills there are of each strength, counting only what could be checked."""
    found = Counter(certain_strength(one) for one in evidence)
    return {strength: found[strength] for strength in reversed(Strength)}


def certain_strength(evidence: SkillEvidence) -> Strength:
    """The strength that holds whatever the uncertain links turn out to be; cannot tell never adds to it."""
    return evidence.strength_without or Strength.SOFT

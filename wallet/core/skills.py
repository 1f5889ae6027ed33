"""What the person can do: every skill that the credentials name, with how well it is proven and why."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from passport.documents import DocumentCache
from passport.evidence.kinds import Strength
from passport.evidence.link import SkillEvidence
from passport.evidence.strength import weigh
from wallet.core.endorsements import endorsements, genuine_endorsements
from wallet.core.shelf import files, genuine, kept, trust
from wallet.core.wallet import Wallet
from wallet.errors import UnknownSkill


def skill_evidence(
    wallet: Wallet, documents: DocumentCache | None = None, *, without: Collection[str] = ()
) -> tuple[SkillEvidence, ...]:
    """All proof per skill, with what others confirmed; computed by the same rules that a verifier uses.

    `without` names credentials, by the wallet's ids, that are left out of it.
    """
    used = tuple(one for one in kept(wallet, documents) if one.id not in without)
    ids = {one.id for one in used}
    confirmed = [one for one in endorsements(wallet, documents) if not ids.isdisjoint(one.confirms)]
    return weigh(
        genuine(used),
        endorsements=genuine_endorsements(confirmed),
        trust=trust(wallet, documents),
        now=wallet.now(),
        files=files(wallet),
        holder=wallet.did,
        also_holder=wallet.names,
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

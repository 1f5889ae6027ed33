"""What withdrawing a claim would cost, said before it is done: what rests on it, which skills get weaker."""

from dataclasses import dataclass

from passport.evidence.kinds import Strength
from wallet.core.claims_made import ClaimMade, claim_made
from wallet.core.endorsements import KeptEndorsement, endorsements_of
from wallet.core.shelf import Kept, kept
from wallet.core.skills import certain_strength, skill_evidence
from wallet.core.wallet import Wallet


@dataclass(frozen=True, slots=True)
class SkillChange:
    skill: str
    label: str
    before: Strength
    after: Strength | None
    """None where nothing would prove it any more."""


@dataclass(frozen=True, slots=True)
class Withdrawing:
    claim: ClaimMade
    endorsements: tuple[KeptEndorsement, ...]
    """Confirmations of this claim: they prove nothing without it."""
    credentials: tuple[Kept, ...]
    """Credentials of others that name it as what they build on."""
    skills: tuple[SkillChange, ...]


def withdrawing(wallet: Wallet, record: str) -> Withdrawing:
    """Raises UnknownRecord, NotAClaim."""
    claim = claim_made(wallet, record)
    parsed = claim.kept.report.parsed
    assert parsed is not None
    named = [
        one
        for one in kept(wallet)
        if one.id != record
        and one.report.parsed is not None
        and parsed.id in {resource.id for resource in one.report.parsed.related_resources}
    ]
    after = {one.skill: certain_strength(one) for one in skill_evidence(wallet, without=frozenset({record}))}
    changes = tuple(
        SkillChange(one.skill, one.label, certain_strength(one), after.get(one.skill))
        for one in skill_evidence(wallet)
        if after.get(one.skill) != certain_strength(one)
    )
    return Withdrawing(claim, endorsements_of(wallet, record), tuple(named), changes)

"""What weighing gives: per skill the links behind it, each with its ceiling, its path and its reasons."""

from dataclasses import dataclass, field
from datetime import datetime

from passport.answers import Answer, Reason
from passport.evidence.acts import ActKind
from passport.evidence.kinds import EvidenceState, Method, Strength
from passport.trust import Recognition


@dataclass(frozen=True, slots=True)
class Step:
    """One signed act on the way from a claim to what was built on it."""

    credential_id: str
    act: ActKind
    issuer_name: str
    method: Method | None
    date: datetime | None
    answer: Answer
    """Whether it is in force and confirms what holds: yes, no, or cannot tell."""
    by_holder: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One badge, or one endorsement of a claim, as proof of one skill."""

    credential_id: str
    credential_digest: str
    """Of the signed text: tells apart two credentials with one id."""
    issuer: str
    issuer_name: str
    """As a trust list has it; where none does, as the issuer calls itself."""
    signer: str
    """One name for all DIDs of one party."""
    rule: str
    """The row of the rule table that set the ceiling."""
    ceiling: Strength | None
    """What it counts for at most; None where it counts for nothing (revoked, expired, another's)."""
    certain: Strength | None
    """The same, leaving out all that could not be checked."""
    method: Method | None
    evidence_state: EvidenceState
    digests: frozenset[bytes] = field(repr=False)
    date: datetime | None
    """Of the evidence, not of the signature."""
    age_months: int | None
    level: int | None
    standing: Answer
    recognised_as: frozenset[Recognition]
    recognised_certainly: frozenset[Recognition]
    same_evidence: bool
    """An earlier link rests on the same records: together they count once."""
    reasons: tuple[Reason, ...]
    raise_by: tuple[Reason, ...]
    act: ActKind = ActKind.CREDENTIAL
    path: tuple[Step, ...] = ()
    """The acts that it rests on, each after what it rests on itself, and at the end this one."""
    records_unseen: bool = False
    """One of its records is bound and not shown, also where `evidence_state` tells of another."""
    rests_on: tuple[str, ...] = ()
    """What has to be shown with it: `credential_digest` of each act below it, at hand first, then the digests
    of those that are not."""

    @property
    def answer(self) -> Answer:
        """Whether it counts: yes, no, or cannot tell."""
        if self.ceiling is None:
            return Answer.NO
        return Answer.YES if self.certain is self.ceiling else Answer.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """All proof of one skill.

    `strength` is what it would be if everything checked out; `answer` says whether it did. With CANNOT_TELL,
    `strength_without` is what remains without the uncertain links, None for nothing. With NO nothing holds:
    it is no more than the person's own word.
    """

    skill: str
    label: str
    framework: str | None
    strength: Strength
    answer: Answer
    strength_without: Strength | None
    links: tuple[Link, ...]
    reasons: tuple[Reason, ...]
    raise_by: tuple[Reason, ...]
    obtained: datetime | None
    """The latest date among the links that make the strength."""
    level: int | None
    """The highest level among the links that hold."""
    signers: int
    """Different parties whose links count."""
    records: int
    """Different records behind the links that count."""

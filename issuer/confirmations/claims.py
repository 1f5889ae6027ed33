"""Read what a worker sends: a presentation made for this organisation, with one claim of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from issuer.confirmations.content import Skill
from issuer.confirmations.errors import (
    ClaimWithoutSkills,
    NotOneClaim,
    PresentationNotAccepted,
    StaleChallenge,
    TooManyClaimedSkills,
)
from issuer.confirmations.limits import CONFIRMATION
from issuer.offers.codes import check_nonce
from issuer.offers.used import use_nonce
from issuer.service import Service
from passport.answers import Answer
from passport.credentials import Credential
from passport.credentials.digest import credential_digest
from passport.credentials.enveloped import MEDIA_TYPES
from passport.errors.openid4vc import InvalidNonce
from passport.errors.storage import AlreadyUsed
from passport.json import JsonObject
from passport.verification import VerifiedCredential, VerifiedPresentation

_MEDIA_TYPE = "application/vc"
_SELF_CONTAINED = ("did:key:", "did:jwk:")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that is genuine, in force, about its maker and signed by them."""

    holder: str
    credential: Credential
    digest: str
    media_type: str
    skills: tuple[Skill, ...]

    @property
    def narrative(self) -> str:
        """What the worker wrote about it."""
        return "\n".join(item.narrative for item in self.credential.evidence if item.narrative)

    @property
    def period(self) -> tuple[date | None, date | None]:
        subject = self.credential.subject
        return (
            None if subject.activity_start is None else subject.activity_start.date(),
            None if subject.activity_end is None else subject.activity_end.date(),
        )


async def read_presentation(
    service: Service, *, asker: str, did: str, document: JsonObject
) -> VerifiedPresentation:
    """Verify a presentation for this organisation and use its challenge up.

    `asker` is whose nonce it must answer, `did` for whom it must be made. The holder's keys must stand in
    the DID itself (did:key, did:jwk).

    Raises:
        StaleChallenge: not our nonce, too old, or used before: a presentation is taken once.
        PresentationNotAccepted: it does not hold, or was made for somebody else.
    """
    challenge, now = _challenge(document), service.clock()
    try:
        lapses = check_nonce(service.master, asker, challenge, now)
    except InvalidNonce:
        raise StaleChallenge from None
    report = await service.checker.presentation(document, challenge=challenge, domain=did)
    if report.presentation is None or not report.presentation.holder.startswith(_SELF_CONTAINED):
        raise PresentationNotAccepted
    try:
        await use_nonce(challenge, now, lapses=lapses)
    except AlreadyUsed:
        raise StaleChallenge from None
    return report.presentation


def claim_of(shown: VerifiedPresentation, asked_skills: Sequence[str] | None) -> Claim:
    """The one claim among what is shown; what else is shown is not looked at and not kept.

    Raises:
        NotOneClaim, ClaimWithoutSkills, TooManyClaimedSkills
    """
    own = [found for found in shown.credentials if _is_own(found, shown.holder)]
    if len(own) != 1:
        raise NotOneClaim
    credential = own[0].credential
    skills = _skills(credential)
    if asked_skills is not None:
        if not set(asked_skills) <= {skill.id for skill in skills}:
            raise ClaimWithoutSkills
        skills = tuple(skill for skill in skills if skill.id in asked_skills)
    if not skills:
        raise ClaimWithoutSkills
    if len(skills) > CONFIRMATION.skills:
        raise TooManyClaimedSkills(limit=CONFIRMATION.skills)
    return Claim(
        holder=shown.holder,
        credential=credential,
        digest=credential_digest(credential.source),
        media_type=MEDIA_TYPES.get(credential.form, _MEDIA_TYPE),
        skills=skills,
    )


def _is_own(found: VerifiedCredential, holder: str) -> bool:
    credential = found.credential
    return credential.issuer.id == credential.subject.id == holder and found.standing is Answer.YES


def _skills(credential: Credential) -> tuple[Skill, ...]:
    named = {each.target_url: each.target_name for each in credential.subject.achievement.alignments}
    return tuple(Skill(target, name) for target, name in named.items())


def _challenge(document: JsonObject) -> str:
    """What the presentation says that it answers; whether it does is checked with its proof."""
    proof = document.get("proof")
    first = proof[0] if isinstance(proof, list) and proof else proof
    challenge = first.get("challenge") if isinstance(first, dict) else None
    if not isinstance(challenge, str):
        raise StaleChallenge
    return challenge

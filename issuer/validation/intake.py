"""A worker's request: a presentation that answers our nonce, and files that its claims bind by digests."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from issuer.achievements.requests import NewAlignment
from issuer.issuance.prepare import check_subject
from issuer.limits import NAME
from issuer.offers.codes import check_nonce
from issuer.offers.used import use_nonce
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.validation.errors import (
    ChallengeNotOurs,
    FileDigestDiffers,
    FileNotBound,
    NameTooLong,
    NoClaims,
    PresentationNotVerified,
    TooManyCaseFiles,
    TooManyCaseSkills,
)
from issuer.validation.limits import CASE
from issuer.validation.media import check_media
from issuer.validation.records import SkillState
from passport import limits
from passport.credentials import Alignment, Credential, VerifiableCredential
from passport.encoding import base64url_decode, check_digest_multibase, digest_multibase
from passport.errors import Invalid
from passport.errors.openid4vc import InvalidNonce
from passport.errors.storage import AlreadyUsed
from passport.json import JsonObject, canonicalize
from passport.verification import PresentationReport
from passport.web import Body

REQUEST = limits.JsonLimits(
    size=CASE.body, array=limits.CREDENTIAL.array, string=limits.PRESENTATION.string + CASE.file * 4 // 3
)
"""The JSON of a request: its longest string is a file as base64url."""
_LONGEST_ID = 2_048
"""Characters of a credential's id: it is named by what builds on it."""
Text = Annotated[str, Field(max_length=CASE.message)]


class FileBody(Body):
    """One file. `id` is the id of the evidence in the claim that binds it."""

    id: Annotated[str, Field(min_length=1, max_length=2_048)]
    name: Annotated[str, Field(min_length=1, max_length=256)]
    media_type: Annotated[str, Field(alias="mediaType", max_length=64)]
    content: Annotated[str, Field(min_length=1)]
    """base64url, without padding."""


class ContactBody(Body):
    email: Annotated[str, Field(max_length=254)]


class SupplementBody(Body):
    """More claims, confirmations and files for a case that is not assessed yet."""

    presentation: dict[str, Any]
    files: list[FileBody] = Field(default_factory=list, max_length=CASE.files)
    message: Text = ""


class RequestBody(SupplementBody):
    """A request for validation."""

    contact: ContactBody | None = None
    """Where reminders go. Nothing about the claims is ever mailed."""
    renews: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None
    """An earlier case of the same holder here, whose credential runs out."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    evidence: str
    name: str
    media_type: str
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What was sent, verified. `credentials` as they came, for the case."""

    holder: str
    credentials: tuple[JsonObject, ...]
    claims: tuple[Credential, ...]
    files: tuple[TakenFile, ...]
    confirmations: int
    """Endorsements that somebody else signed."""

    @property
    def skills(self) -> list[SkillState]:
        """The skills of the claims, each once, in the order in which they are named."""
        named = (alignment for claim in self.claims for alignment in claim.subject.achievement.alignments)
        first = {each.target_url: each for each in reversed(list(named))}
        if not all(_fits(each) for each in first.values()):
            raise NameTooLong
        found = [
            SkillState(
                skill=each.target_url,
                name=each.target_name,
                framework=each.target_framework,
                type=each.target_type,
            )
            for each in reversed(first.values())
        ]
        if not found:
            raise NoClaims
        if len(found) > CASE.skills:
            raise TooManyCaseSkills(limit=CASE.skills)
        return found

    @property
    def key(self) -> str:
        """Names what was sent: the same credentials and files again give the same."""
        credentials = sorted(hashlib.sha256(canonicalize(each)).hexdigest() for each in self.credentials)
        files = sorted(f"{each.evidence} {each.digest}" for each in self.files)
        return hashlib.sha256("\n".join([self.holder, *credentials, *files]).encode()).hexdigest()


def _fits(alignment: Alignment) -> bool:
    """Whether a badge of this skill could be made: a decision must never meet a name that does not fit."""
    try:
        NewAlignment.model_validate(
            {
                "targetUrl": alignment.target_url,
                "targetName": alignment.target_name[:NAME],
                "targetFramework": alignment.target_framework,
                "targetType": alignment.target_type,
            }
        )
    except ValidationError:
        return False
    return True


async def take_in(service: Service, organisation: Organisation, body: SupplementBody) -> Intake:
    """Verify a presentation and its files; the nonce that it answers is used up last, and once.

    Raises:
        ChallengeNotOurs: no nonce of ours, an old one, or one that was answered before.
        PresentationNotVerified, or the first refusal of the verification itself.
        NameTooLong, TooManyCaseFiles, FileNotOfItsType, FileNotBound, FileDigestDiffers
    """
    challenge = _challenge(body.presentation)
    now = service.clock()
    try:
        lapses = check_nonce(service.master, organisation.id, challenge, now)
    except InvalidNonce:
        raise ChallengeNotOurs from None
    report = await service.checker.presentation(
        body.presentation, challenge=challenge, domain=organisation.did
    )
    holder = _check_whole(report)
    parsed = _parsed(report)
    if any(len(each.id) > _LONGEST_ID for each in parsed):
        raise NameTooLong
    files = _files(body.files, parsed)
    claims = tuple(
        each
        for each in parsed
        if isinstance(each, Credential) and each.issuer.id == holder and each.subject.id == holder
    )
    try:
        await use_nonce(challenge, now, lapses=lapses)
    except AlreadyUsed:
        raise ChallengeNotOurs from None
    shown = report.presentation
    assert shown is not None
    others = [each for each in shown.endorsements if each.endorsement.issuer.id != holder]
    return Intake(holder, shown.presentation.credentials, claims, files, len(others))


def _challenge(presentation: Mapping[str, Any]) -> str:
    proof = presentation.get("proof")
    challenge = proof.get("challenge") if isinstance(proof, dict) else None
    if not isinstance(challenge, str):
        raise ChallengeNotOurs
    return challenge


def _check_whole(report: PresentationReport) -> str:
    """The holder; every credential must be genuine, or an assessor would look at what nobody signed."""
    genuine = [each.credential is not None for each in report.credentials]
    genuine += [each.endorsement is not None for each in report.endorsements]
    if report.presentation is None or not all(genuine):
        raise report.error or PresentationNotVerified
    return check_subject(report.presentation.holder)


def _parsed(report: PresentationReport) -> list[VerifiableCredential]:
    badges = [each.parsed for each in report.credentials if each.parsed is not None]
    return [*badges, *(each.parsed for each in report.endorsements if each.parsed is not None)]


def _files(sent: Sequence[FileBody], credentials: Iterable[VerifiableCredential]) -> tuple[TakenFile, ...]:
    bound = {
        resource.id: resource.digest_multibase
        for credential in credentials
        for resource in credential.related_resources
        if resource.digest_multibase is not None
    }
    taken: dict[str, TakenFile] = {}
    total = 0
    for place, file in enumerate(sent):
        member = f"files/{place}/content"
        if file.id in taken or file.id not in bound:
            raise FileNotBound(field=f"files/{place}/id")
        data = _decoded(file.content, member)
        total += len(data)
        if total > CASE.files_bytes:
            raise TooManyCaseFiles(limit=CASE.files_bytes)
        check_media(data, file.media_type, f"files/{place}/mediaType")
        try:
            check_digest_multibase(data, bound[file.id])
        except Invalid:
            raise FileDigestDiffers(field=member) from None
        taken[file.id] = TakenFile(file.id, file.name, file.media_type, data, digest_multibase(data))
    return tuple(taken.values())


def _decoded(content: str, member: str) -> bytes:
    data = base64url_decode(content, CASE.file * 4 // 3 + 4)
    if len(data) > CASE.file:
        raise TooManyCaseFiles(field=member, limit=CASE.file)
    return data

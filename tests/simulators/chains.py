"""The hardening chain, made by hand: a worker's claim, an employer's confirmation, an assessor's validation."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from passport.credentials import credential_digest
from passport.credentials.build import endorsement_credential, related_resource
from passport.encoding import digest_multibase
from passport.evidence import SkillEvidence, weigh
from passport.json import JsonObject
from passport.trust import Recognition, TrustStore
from passport.verification import verify_endorsement
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

MEDIA = "application/vc"


def claim(holder: Party, skills: Sequence[str] | Mapping[str, str], **members: Any) -> JsonObject:
    """What a worker says of themselves: an Open Badge that they sign."""
    return holder.issue(holder, skills, **{"genres": ["self-report"], "bound": False, **members})


def builds_on(document: JsonObject | bytes, identifier: str | None = None, **changes: Any) -> JsonObject:
    """The related resource that names a credential by its digest."""
    named = identifier or (document["id"] if isinstance(document, dict) else "")
    return related_resource(resource_id=named, digest=credential_digest(document), media_type=MEDIA) | changes


def unsigned_confirmation(
    issuer: Party,
    claimed: JsonObject | None,
    subject: str | None = None,
    *,
    genres: Sequence[str] = ("work-record",),
    files: Sequence[bytes] = (),
    bound: bool = True,
    on: Sequence[JsonObject] = (),
    at: datetime = NOW,
    **members: Any,
) -> JsonObject:
    """An endorsement of a skill, or of all of the claim, with one record for each genre.

    `on` are further related resources; `claimed` None names no claim.
    """
    number = members.pop("credential_id", f"urn:uuid:{uuid.uuid4()}")
    ids = [f"{number}/record/{place}" for place in range(len(genres))]
    contents = [*files, *(f"{number} {genre}".encode() for genre in genres[len(files) :])]
    records = [
        related_resource(resource_id=place, digest=digest_multibase(content), media_type="text/csv")
        for place, content in zip(ids, contents, strict=True)
        if bound
    ]
    named = [] if claimed is None else [builds_on(claimed)]
    return endorsement_credential(
        credential_id=number,
        name="Confirmation",
        issuer=members.pop("issuer", issuer.profile),
        subject_id=subject or (claimed or {})["id"],
        valid_from=members.pop("valid_from", at),
        evidence=[
            {"id": place, "name": "Record", "genre": genre, "narrative": "What was seen."}
            for place, genre in zip(ids, genres, strict=True)
        ]
        + list(members.pop("evidence", [])),
        related_resources=[*named, *on, *records],
        comment="I saw this done.",
        **members,
    )


def confirm(
    issuer: Party, claimed: JsonObject | None, subject: str | None = None, **members: Any
) -> JsonObject:
    """A signed confirmation; `cryptosuite` says how."""
    suite = members.pop("cryptosuite", "eddsa-jcs-2022")
    at = members.get("at", NOW)
    return issuer.sign(unsigned_confirmation(issuer, claimed, subject, **members), at=at, cryptosuite=suite)


def validate(
    issuer: Party,
    holder: Party,
    skills: Sequence[str],
    on: Sequence[JsonObject],
    *,
    assessor: JsonObject | None = None,
    record: bool = False,
    genre: str = "validation",
    named: Sequence[JsonObject] | None = None,
    at: datetime = NOW,
    cryptosuite: str = "eddsa-jcs-2022",
    **members: Any,
) -> JsonObject:
    """An assessor's badge that names what it builds on, as evidence and by digest.

    `record` adds a report of its own, bound by a digest; `named` are the related resources instead of those
    that `on` would give.
    """
    made = issuer.issue(
        holder,
        skills,
        genres=["assessment"] if record else [],
        results=members.pop("results", [{"value": "8"}]),
        at=at,
        **({} if assessor is None else {"source": assessor}),
        **members,
    )
    del made["proof"]
    resources = [builds_on(each) for each in on] if named is None else list(named)
    made["evidence"] = [
        *made.get("evidence", []),
        *(
            {"id": each["id"], "type": ["Evidence"], "name": "Builds on", "genre": genre}
            for each in resources
        ),
    ]
    made["relatedResource"] = [*made.get("relatedResource", []), *resources]
    if not made["evidence"]:
        del made["evidence"], made["relatedResource"]
    return issuer.sign(made, at=at, cryptosuite=cryptosuite)


SKILL, OTHER = f"{ESCO}welding", f"{ESCO}baking"


@dataclass
class Trade:
    """A worker, an employer and an assessor's organisation, and a list that recognises the last two."""

    world: World = field(default_factory=World)
    holder: Party = field(default_factory=lambda: Party("Holder"))
    employer: Party = field(default_factory=lambda: Party("Employer"))
    validator: Party = field(default_factory=lambda: Party("Validator"))
    school: Party = field(default_factory=lambda: Party("School"))
    assessor: Party = field(default_factory=lambda: Party("Assessor"))
    trust: TrustStore = field(init=False)

    def __post_init__(self) -> None:
        self.recognising()

    def recognising(self, *more: Any, employer: Mapping[str, Any] | None = None) -> "Trade":
        """Use a list with these entries besides; `employer` bounds the employer's."""
        self.trust = self.world.trusting(
            recognise(self.employer, Recognition.EMPLOYER, **(employer or {})),
            recognise(self.validator, Recognition.VALIDATOR),
            recognise(self.school, Recognition.EDUCATOR),
            *more,
        )
        return self

    def weigh(
        self, badges: Sequence[JsonObject], endorsements: Sequence[JsonObject] = (), **more: Any
    ) -> dict[str, SkillEvidence]:
        """Verify all of it and weigh it, for this holder; evidence by skill."""
        found = weigh(
            [self.world.verify(each) for each in badges],
            trust=self.trust,
            now=NOW,
            endorsements=[verify_endorsement(each, self.world.context).require() for each in endorsements],
            **{"holder": self.holder.did, **more},
        )
        return {each.skill: each for each in found}

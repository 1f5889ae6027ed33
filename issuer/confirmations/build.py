"""From what was said to what will be signed: an EndorsementCredential for each confirmed skill, unsigned.

The same statement gives the same documents: they are shown before they are signed, and made again when a
crash came in between. They name the claim by id and digest and the records by theirs; of people they name
nobody. The supervisor is known by role, the holder only through the claim.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from issuer.confirmations.content import Answer, Asked, Skill, Statement
from issuer.confirmations.files import ConfirmationFile
from issuer.confirmations.records import Confirmation
from issuer.identifiers import record_id
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.credentials.build import endorsement_credential
from passport.json import JsonObject
from passport.texts import Catalogue, Language


@dataclass(frozen=True, slots=True)
class Unsigned:
    """One endorsement. `number` is the skill's place in what was asked."""

    id: str
    number: int
    document: JsonObject


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the documents are made from."""

    confirmation: Confirmation
    asked: Asked
    statement: Statement
    records: Sequence[ConfirmationFile]

    @property
    def bound(self) -> list[ConfirmationFile]:
        """The records of the statement, in its order."""
        by_number = {file.number: file for file in self.records}
        return [by_number[number] for number in self.statement.records]


def endorsement_id(service: Service, confirmation: Confirmation, number: int) -> str:
    """32 hexadecimal digits that a retry meets again, in this round alone."""
    key = f"{confirmation.id} {confirmation.round} {number}"
    return record_id(service.master, "endorsement", confirmation.organisation, key)


def unsigned_endorsement(
    service: Service, basis: Basis, number: int, *, issuer: JsonObject, status: Sequence[JsonObject]
) -> Unsigned:
    """The document for one confirmed skill; `issuer` is the organisation's Profile or the supervisor's."""
    skill, answer = basis.asked.skills[number], basis.statement.answers[number]
    made = endorsement_id(service, basis.confirmation, number)
    document = endorsement_credential(
        credential_id=uuid.UUID(hex=made).urn,
        name=_say(basis.statement.language, "endorsement-name", skill=skill.name),
        issuer=issuer,
        subject_id=skill.id,
        valid_from=basis.statement.saved_at,
        comment=_comment(basis.statement, answer),
        evidence=_evidence(basis, skill, answer),
        related_resources=[
            {
                "id": basis.confirmation.claim_id,
                "digestMultibase": basis.confirmation.claim_digest,
                "mediaType": basis.confirmation.claim_media_type,
            },
            *(
                {
                    "id": file.evidence_id,
                    "digestMultibase": file.digest_multibase,
                    "mediaType": file.media_type,
                }
                for file in basis.bound
            ),
        ],
        status=status,
    )
    return Unsigned(made, number, document)


def organisation_profile(organisation: Organisation) -> JsonObject:
    profile: JsonObject = {"id": organisation.did, "type": ["Profile"], "name": organisation.name}
    if organisation.url is not None:
        profile["url"] = organisation.url
    return profile


def supervisor_profile(did: str) -> JsonObject:
    return {"id": did, "type": ["Profile"]}


def _comment(statement: Statement, answer: Answer) -> str | None:
    said = [text for text in (answer.remark, statement.text) if text]
    return "\n\n".join(said) or None


def _evidence(basis: Basis, skill: Skill, answer: Answer) -> list[JsonObject]:
    """One piece for each record, or one without a record: a bare statement, which counts for less."""
    shared: JsonObject = {
        "type": ["Evidence"],
        "name": _say(basis.statement.language, f"endorsement-{answer.word}", skill=skill.name),
        "genre": answer.word.value,
        "narrative": _narrative(basis),
    }
    return [{"id": file.evidence_id, **shared} for file in basis.bound] or [shared]


def _narrative(basis: Basis) -> str:
    """In which role somebody confirms, over which period, and how we know it was them."""
    statement, invitation = basis.statement, basis.confirmation.invitation
    language = statement.language
    parts = [_say(language, "endorsement-role", role=statement.role)]
    if statement.start is not None or statement.end is not None:
        start = "" if statement.start is None else statement.start.isoformat()
        end = "" if statement.end is None else statement.end.isoformat()
        parts.append(_say(language, "endorsement-period", start=start or "…", end=end or "…"))
    assert invitation is not None  # there is no statement without one
    parts.append(_say(language, f"endorsement-proved-{invitation.proved_by}"))
    return " ".join(parts)


def _say(language: Language, code: str, **values: str) -> str:
    return _texts().say(code, language, values)


@cache
def _texts() -> Catalogue:
    return Catalogue(files("issuer") / "texts")

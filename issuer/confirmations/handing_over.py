"""What the worker who asked hears and gets, by the token of the request alone."""

import uuid

from issuer.confirmations.content import Statement
from issuer.confirmations.endorse import EndorsementRecord, finish, signed_document
from issuer.confirmations.files import ConfirmationFile, about, sealed_of
from issuer.confirmations.records import Confirmation, ConfirmationState
from issuer.confirmations.revoke import is_revoked
from issuer.confirmations.statement import asked_of, statement_of
from issuer.service import Service
from passport.clock import format_datetime
from passport.json import JsonObject

_SAID = (ConfirmationState.ANSWERED, ConfirmationState.CONFIRMED, ConfirmationState.REFUSED)


async def answer_for_worker(service: Service, confirmation: Confirmation) -> JsonObject:
    """The state of a request, and what came of it. What a crash left unsigned is signed now."""
    current = await finish(service, confirmation)
    endorsements = [
        (record, document)
        for record in await EndorsementRecord.of(current.id)
        if (document := signed_document(service, current, record)) is not None
    ]
    return {
        "id": current.id,
        "url": service.addresses.confirmation(current.organisation, current.id),
        "state": current.state.value,
        "phase": _phase(current.state),
        "history": [{"at": format_datetime(entry.at), "what": entry.what} for entry in current.history],
        "deadline": _deadline(current),
        "claim": {"id": current.claim_id, "digestMultibase": current.claim_digest},
        "skills": _skills(service, current),
        "reason": reason_of(service, current),
        "credentials": [document for _, document in endorsements],
        "revoked": [uuid.UUID(hex=record.id).urn for record, _ in endorsements if await is_revoked(record)],
        "files": await _files(service, current),
    }


def reason_of(service: Service, confirmation: Confirmation) -> str | None:
    if confirmation.reason is None:
        return None
    return sealed_of(service, confirmation).open_text(confirmation.reason, "reason")


def bound_numbers(service: Service, confirmation: Confirmation) -> tuple[int, ...]:
    """The files that what was signed rests on."""
    statement = statement_of(service, confirmation) if confirmation.state in _SAID else None
    return () if statement is None else statement.records


def _phase(state: ConfirmationState) -> str:
    """For whoever waits: with whom it lies."""
    return {
        ConfirmationState.ASKED: "coordinator",
        ConfirmationState.INVITED: "supervisor",
        ConfirmationState.ANSWERED: "organisation",
    }.get(state, "over")


def _deadline(confirmation: Confirmation) -> str | None:
    if confirmation.state is not ConfirmationState.INVITED or confirmation.invitation is None:
        return None
    return format_datetime(confirmation.invitation.expires_at)


def _skills(service: Service, confirmation: Confirmation) -> list[JsonObject]:
    if confirmation.asked is None:
        return []
    statement: Statement | None = None
    if confirmation.state in _SAID:
        statement = statement_of(service, confirmation)
    return [
        {
            "id": skill.id,
            "name": skill.name,
            "answer": None if statement is None else statement.answers[number].word.value,
            "remark": None if statement is None else statement.answers[number].remark or None,
        }
        for number, skill in enumerate(asked_of(service, confirmation).skills)
    ]


async def _files(service: Service, confirmation: Confirmation) -> list[JsonObject]:
    bound = bound_numbers(service, confirmation)
    return [
        {
            "n": file.number,
            "id": file.evidence_id,
            "name": about(service, file).get("name"),
            "mediaType": file.media_type,
            "size": file.size,
            "digestMultibase": file.digest_multibase,
            "available": file.sealed is not None,
        }
        for file in await ConfirmationFile.of(confirmation.id)
        if file.number in bound
    ]

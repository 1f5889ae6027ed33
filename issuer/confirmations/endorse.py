"""Prepare, record, sign, for each confirmed skill: in the order of issuer.issuance.issue.

1. the answer is recorded: from there on it can't change, and whoever comes by finishes what is missing;
2. for each skill a status index is reserved for ever, and the unsigned endorsement recorded by one insert;
3. the audit log says so;
4. it is signed, and the first signature that is stored is the one that is handed over;
5. when all are signed, the confirmation is confirmed.
"""

import asyncio
import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from beanie import Document

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.confirmations.build import (
    Basis,
    Unsigned,
    endorsement_id,
    organisation_profile,
    unsigned_endorsement,
)
from issuer.confirmations.errors import StatementChanged, StatementIncomplete
from issuer.confirmations.files import ConfirmationFile, sealed_of
from issuer.confirmations.invite import INVITED
from issuer.confirmations.policy import ConfirmationPolicy
from issuer.confirmations.records import Confirmation, ConfirmationState
from issuer.confirmations.statement import asked_of, digest_of, statement_of
from issuer.issuance.issue import sign
from issuer.organisations.keyring import open_key
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.status.records import StatusCounter, list_number, list_place
from passport.credentials import parse_endorsement
from passport.json import JsonObject, dump, parse_object
from passport.limits import PUBLISHED
from passport.status.credential import REVOCATION
from passport.storage.first import first_of


class EndorsementRecord(Document):
    """A recorded endorsement; `credential` is there once it is signed, and never changes after that."""

    id: str  # type: ignore[assignment]
    organisation: str
    confirmation: str
    number: int
    """The skill's place in what was asked."""
    status_index: int | None
    """None where the supervisor signed: that is not the organisation's to revoke."""
    unsigned: bytes
    """Sealed, as is what was signed: the supervisor's words stand in both."""
    credential: bytes | None = None
    key: str | None = None
    recorded_at: datetime
    signed_at: datetime | None = None

    class Settings:
        name = "endorsements"
        indexes: ClassVar = ["confirmation"]

    @classmethod
    async def of(cls, confirmation: str) -> list["EndorsementRecord"]:
        return await cls.find({"confirmation": confirmation}).sort("+number").to_list()

    async def record(self) -> "EndorsementRecord":
        """Write it, or return the one that was first."""
        return await first_of(self)

    async def keep_signed(self, credential: bytes, key: str, now: datetime) -> None:
        """Keep the signature, unless another one was first."""
        await EndorsementRecord.get_pymongo_collection().update_one(
            {"_id": self.id, "credential": None},
            {"$set": {"credential": credential, "key": key, "signed_at": now}},
        )


async def send(
    service: Service,
    confirmation: Confirmation,
    *,
    seen: str,
    own: list[JsonObject] | None = None,
) -> Confirmation:
    """Record the answer that the page showed, then sign what it confirms.

    `seen` is the digest of what was shown, `own` what the supervisor's wallet signed instead of us.

    Raises:
        StatementIncomplete: nothing was filled in.
        StatementChanged: somebody changed it in another window, or sent it already.
    """
    statement = statement_of(service, confirmation)
    if statement is None:
        raise StatementIncomplete
    if digest_of(statement) != seen or confirmation.statement_digest is None:
        raise StatementChanged
    now = service.clock()
    values: dict[str, Any] = {"files_until": await files_until(confirmation, now)}
    if own is not None:
        values["own_signatures"] = sealed_of(service, confirmation).seal(dump({"signed": list(own)}), "own")
    action = "confirmation.answer"
    await AuditEvent.of(confirmation.organisation, now, "supervisor", action, confirmation.id).write()
    to = ConfirmationState.ANSWERED if statement.confirmed else ConfirmationState.REFUSED
    if not statement.confirmed:
        values["refused_by"] = "supervisor"
    refused = () if statement.confirmed else (telling.confirmation(telling.REFUSED, confirmation),)
    async with service.webhooks.telling(*refused) as told:
        changed = await confirmation.change(
            now,
            expected=INVITED,
            to=to,
            values=values,
            where={"statement_digest": confirmation.statement_digest},
        )
        told.came_about = changed is not None
    if changed is None:
        raise StatementChanged
    service.faults.reach("confirmation-answered")
    return await finish(service, changed)


async def finish(service: Service, confirmation: Confirmation) -> Confirmation:
    """Sign what an answer confirms and is not signed yet. Anybody may come by, and several at once."""
    if confirmation.state is not ConfirmationState.ANSWERED:
        return confirmation
    statement = statement_of(service, confirmation)
    assert statement is not None  # it was there when it was answered
    organisation = await Organisation.find_or_fail(confirmation.organisation)
    basis = Basis(
        confirmation,
        asked_of(service, confirmation),
        statement,
        await ConfirmationFile.of(confirmation.id),
    )
    own = _own(service, confirmation)
    for number in statement.confirmed:
        await _endorse(service, organisation, basis, number, own)
    service.faults.reach("confirmation-signed")
    async with service.webhooks.telling(telling.confirmation(telling.SIGNED, confirmation)) as told:
        changed = await confirmation.change(
            service.clock(), expected=(ConfirmationState.ANSWERED,), to=ConfirmationState.CONFIRMED
        )
        told.came_about = changed is not None
    service.faults.reach("confirmation-confirmed")
    return changed or await Confirmation.find_or_fail(confirmation.organisation, confirmation.id)


def signed_document(
    service: Service, confirmation: Confirmation, record: EndorsementRecord
) -> JsonObject | None:
    """The endorsement as it was signed; None while it is not."""
    if record.credential is None:
        return None
    return sealed_of(service, confirmation).open_json(record.credential, f"signed {record.id}")


def _sealed(
    service: Service, confirmation: Confirmation, record: EndorsementRecord, credential: bytes
) -> bytes:
    return sealed_of(service, confirmation).seal(credential, f"signed {record.id}")


async def files_until(confirmation: Confirmation, now: datetime) -> datetime:
    policy = await ConfirmationPolicy.of(confirmation.organisation)
    return now + timedelta(days=policy.retention)


async def _endorse(
    service: Service, organisation: Organisation, basis: Basis, number: int, own: dict[str, JsonObject]
) -> None:
    recorded = await EndorsementRecord.get(endorsement_id(service, basis.confirmation, number))
    if recorded is None:
        recorded = await _record(service, organisation, basis, number, own)
    if recorded.credential is not None:
        return
    await AuditEvent.of(
        organisation.id, recorded.recorded_at, "supervisor", "endorsement.issue", recorded.id, once=True
    ).write()
    service.faults.reach("endorsement-audited")
    signed = own.get(recorded.id)
    now, key = service.clock(), organisation.current_key
    if signed is not None:
        own_words = _sealed(service, basis.confirmation, recorded, dump(signed))
        await recorded.keep_signed(own_words, "supervisor", now)
        return
    signer = open_key(service.master, organisation.id, key)
    unsigned = sealed_of(service, basis.confirmation).open(recorded.unsigned, f"unsigned {recorded.id}")
    credential = await asyncio.to_thread(sign, unsigned, signer, organisation.did, key, now)
    service.faults.reach("endorsement-signed")
    await recorded.keep_signed(_sealed(service, basis.confirmation, recorded, credential), key.id, now)
    service.faults.reach("endorsement-stored")


async def _record(
    service: Service, organisation: Organisation, basis: Basis, number: int, own: dict[str, JsonObject]
) -> EndorsementRecord:
    now = service.clock()
    made_id = endorsement_id(service, basis.confirmation, number)
    index: int | None = None
    if made_id in own:
        unsigned = Unsigned(made_id, number, own[made_id])
    else:
        service.faults.reach("endorsement-prepared")
        (index,) = await StatusCounter.reserve(organisation.id, 1, now)
        service.faults.reach("endorsement-reserved")
        unsigned = unsigned_endorsement(
            service,
            basis,
            number,
            issuer=organisation_profile(organisation),
            status=[_status(service, organisation, index)],
        )
        parse_endorsement(unsigned.document)
    recorded = await EndorsementRecord(
        id=made_id,
        organisation=organisation.id,
        confirmation=basis.confirmation.id,
        number=number,
        status_index=index,
        unsigned=sealed_of(service, basis.confirmation).seal(dump(unsigned.document), f"unsigned {made_id}"),
        recorded_at=now,
    ).record()
    service.faults.reach("endorsement-recorded")
    return recorded


def _status(service: Service, organisation: Organisation, index: int) -> JsonObject:
    url = service.addresses.status(organisation.id, list_number(index, REVOCATION))
    return {
        "id": f"{url}#{list_place(index)}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": REVOCATION,
        "statusListIndex": str(list_place(index)),
        "statusListCredential": url,
    }


def _own(service: Service, confirmation: Confirmation) -> dict[str, JsonObject]:
    """What the supervisor signed, by the id of its record."""
    if confirmation.own_signatures is None:
        return {}
    sealed = sealed_of(service, confirmation).open(confirmation.own_signatures, "own")
    listed: list[JsonObject] = parse_object(sealed, PUBLISHED)["signed"]
    return {uuid.UUID(item["id"]).hex: item for item in listed}

"""Issue a stretch of rows together: record them all, log them all, sign them all.

Every row has an id of its own, so whoever comes again after a crash meets what was recorded and goes on from
there; nothing is issued twice.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from issuer import telling
from issuer.achievements.records import AchievementRecord
from issuer.audit.records import AuditEvent
from issuer.batches.records import Batch
from issuer.batches.rows import RefusedRow, Row
from issuer.identifiers import record_id
from issuer.issuance.forms import IssuedForm
from issuer.issuance.issue import audit_event, sign
from issuer.issuance.prepare import Order, prepare
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import seal, unsigned_of
from issuer.offers.make import new_offer
from issuer.offers.records import Offer
from issuer.organisations.keyring import open_key
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.status.records import StatusCounter
from passport.errors import Invalid


@dataclass(slots=True)
class ChunkDone:
    issued: int = 0
    offered: int = 0
    failures: dict[str, str] = field(default_factory=dict)


def row_id(service: Service, batch: Batch, row: Row | RefusedRow) -> str:
    """By its own reference, the same in every batch of this achievement; else by batch and number."""
    if row.reference:
        return reference_id(service, batch.organisation, batch.achievement, row.reference)
    return record_id(service.master, "row", batch.organisation, f"row {batch.id} {row.number}")


def reference_id(service: Service, slug: str, achievement: str, reference: str) -> str:
    """What the row with this reference became: a credential or an offer."""
    return record_id(service.master, "row", slug, f"reference {achievement} {reference}")


async def issue_chunk(service: Service, batch: Batch, rows: Sequence[Row | RefusedRow]) -> ChunkDone:
    """Issue, or go on issuing, the rows of one chunk."""
    done = ChunkDone()
    good = {row_id(service, batch, row): row for row in rows if isinstance(row, Row)}
    issued, offered = await Issuance.among(list(good)), await Offer.among(list(good))
    await _offer(
        service,
        batch,
        {key: row for key, row in good.items() if row.subject is None and key not in issued},
        done,
    )
    await _issue(
        service,
        batch,
        {key: row for key, row in good.items() if row.subject is not None and key not in offered},
        done,
    )
    return done


async def _issue(service: Service, batch: Batch, ids: dict[str, Row], done: ChunkDone) -> None:
    if not ids:
        return
    organisation = await Organisation.find_or_fail(batch.organisation)
    present = await Issuance.among(list(ids))
    missing = {key: row for key, row in ids.items() if key not in present}
    if missing:
        present |= await _record(service, batch, organisation, missing, done)
        service.faults.reach("batch-recorded")
    await AuditEvent.write_many([audit_event(item) for item in present.values()])
    unsigned = [item for item in present.values() if item.credential is None]
    if unsigned:
        key = organisation.current_key
        signer, now = open_key(service.master, organisation.id, key), service.clock()

        def with_key(bare: bytes) -> bytes:
            return sign(bare, signer, organisation.did, key, now)

        signed = await asyncio.to_thread(lambda: [_signed(service, item, with_key) for item in unsigned])
        service.faults.reach("batch-signed")
        async with service.webhooks.telling(*(telling.credential(telling.ISSUED, item) for item in unsigned)):
            await Issuance.keep_signed_many(signed, key.id, now)
    done.issued += sum(item.batch == batch.id for item in present.values())


def _signed(service: Service, item: Issuance, with_key: Callable[[bytes], bytes]) -> tuple[Issuance, bytes]:
    """Signed, under its seal."""
    signed = with_key(unsigned_of(service.master, item))
    return item, seal(service.master, item.organisation, item.id, IssuedForm.LDP_VC, signed)


async def _record(
    service: Service, batch: Batch, organisation: Organisation, missing: dict[str, Row], done: ChunkDone
) -> dict[str, Issuance]:
    now = service.clock()
    achievement = await AchievementRecord.find_or_fail(batch.organisation, batch.achievement)
    indexes = await StatusCounter.reserve(batch.organisation, len(missing), now)
    issuances = []
    for (key, row), index in zip(missing.items(), indexes, strict=True):
        order = _order(batch, organisation, achievement, key, row)
        try:
            issuances.append(
                prepare(
                    order,
                    addresses=service.addresses,
                    master=service.master,
                    status_indexes=[index],
                    now=now,
                )
            )
        except Invalid as error:
            done.failures[str(row.number)] = error.code
    return await Issuance.record_many(issuances) if issuances else {}


def _order(
    batch: Batch, organisation: Organisation, achievement: AchievementRecord, key: str, row: Row
) -> Order:
    assert row.subject is not None
    return Order(
        id=key,
        organisation=organisation,
        achievement=achievement,
        claims=row.claims,
        subject=row.subject,
        files={},
        request=f"row {batch.achievement} {row.reference or f'{batch.id} {row.number}'}",
        account=batch.account,
        batch=batch.id,
    )


async def _offer(service: Service, batch: Batch, ids: dict[str, Row], done: ChunkDone) -> None:
    if not ids:
        return
    present = await Offer.among(list(ids))
    missing = {key: row for key, row in ids.items() if key not in present}
    if missing:
        now = service.clock()
        achievement = await AchievementRecord.find_or_fail(batch.organisation, batch.achievement)
        await Offer.record_many(
            [
                new_offer(
                    master=service.master,
                    offer_id=key,
                    achievement=achievement,
                    claims=row.claims,
                    subject=None,
                    tx_code=batch.tx_code,
                    expires_in=batch.expires_in,
                    request=f"row {batch.id} {row.number}",
                    account=batch.account,
                    now=now,
                    batch=batch.id,
                )
                for key, row in missing.items()
            ]
        )
        present = await Offer.among(list(ids))
    await AuditEvent.write_many(
        [
            AuditEvent.of(
                batch.organisation, item.created_at, batch.account, "offer.make", item.id, once=True
            )
            for item in present.values()
            if item.batch == batch.id
        ]
    )
    done.offered += sum(item.batch == batch.id for item in present.values())

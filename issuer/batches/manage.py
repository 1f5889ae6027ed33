"""Take in a batch, look at it, start it or throw it away."""

from issuer.achievements.records import AchievementRecord
from issuer.audit.records import AuditEvent
from issuer.batches.records import Batch, BatchState
from issuer.batches.rows import RefusedRow, read_rows
from issuer.batches.run import PURPOSE
from issuer.errors import BatchNotRunning, BatchStarted, IdempotencyKeyReused, TooManyBatches
from issuer.identifiers import record_id, request_digest
from issuer.limits import BATCH
from issuer.organisations.records import Account
from issuer.service import Service
from passport.encoding import digest_multibase


async def take_batch(
    service: Service,
    actor: Account,
    data: bytes,
    *,
    achievement: str,
    tx_code: bool,
    expires_in: int,
    draft: bool,
    idempotency_key: str | None,
) -> Batch:
    """Read and keep a CSV file; with `draft` it waits to be started.

    Raises:
        UnknownAchievement, MalformedCsv, UnknownColumn, TooManyRows, NoRows, TooManyBatches,
        IdempotencyKeyReused
    """
    slug, now = actor.organisation, service.clock()
    await AchievementRecord.find_or_fail(slug, achievement)
    rows = read_rows(data, achievement)
    batch_id = record_id(service.master, "batch", slug, idempotency_key)
    batch = Batch(
        id=batch_id,
        organisation=slug,
        achievement=achievement,
        state=BatchState.DRAFT if draft else BatchState.RUNNING,
        sealed=service.master.seal(data, purpose=PURPOSE, bound_to=(slug, batch_id)),
        rows=len(rows),
        refused=sum(isinstance(row, RefusedRow) for row in rows),
        tx_code=tx_code,
        expires_in=expires_in,
        request=request_digest("batch", achievement, tx_code, expires_in, digest_multibase(data)),
        account=actor.id,
        created_at=now,
        leased_until=now,
    )
    if not draft and await Batch.get(batch_id) is None:
        await _check_room(slug)
    recorded = await batch.record()
    if recorded.request != batch.request:
        raise IdempotencyKeyReused
    await AuditEvent.of(slug, recorded.created_at, actor.id, "batch.take", recorded.id, once=True).write()
    return recorded


async def start_batch(service: Service, actor: Account, batch_id: str) -> Batch:
    """Raises UnknownBatch, BatchStarted, TooManyBatches."""
    batch = await Batch.find_or_fail(actor.organisation, batch_id)
    await _check_room(actor.organisation)
    now = service.clock()
    await AuditEvent.of(actor.organisation, now, actor.id, "batch.start", batch.id).write()
    if not await Batch.move(batch.id, BatchState.DRAFT, BatchState.RUNNING):
        raise BatchStarted
    return await Batch.find_or_fail(actor.organisation, batch_id)


async def discard_batch(service: Service, actor: Account, batch_id: str) -> None:
    """Raises UnknownBatch, BatchStarted."""
    batch = await Batch.find_or_fail(actor.organisation, batch_id)
    if not await Batch.move(batch.id, BatchState.DRAFT, BatchState.DISCARDED):
        raise BatchStarted
    now = service.clock()
    await AuditEvent.of(actor.organisation, now, actor.id, "batch.discard", batch.id).write()


async def pause_batch(service: Service, actor: Account, batch_id: str) -> None:
    """Hold a batch after the rows that are in work. Raises UnknownBatch, BatchNotRunning."""
    batch = await Batch.find_or_fail(actor.organisation, batch_id)
    if not await Batch.move(batch.id, BatchState.RUNNING, BatchState.PAUSED):
        raise BatchNotRunning
    await _note(service, actor, "batch.pause", batch.id)


async def resume_batch(service: Service, actor: Account, batch_id: str) -> None:
    """Raises UnknownBatch, BatchNotRunning, TooManyBatches."""
    batch = await Batch.find_or_fail(actor.organisation, batch_id)
    await _check_room(actor.organisation)
    if not await Batch.go_on(batch.id, service.clock()):
        raise BatchNotRunning
    await _note(service, actor, "batch.resume", batch.id)


async def stop_batch(service: Service, actor: Account, batch_id: str) -> None:
    """End a batch for good; what was issued and offered stays. Raises UnknownBatch, BatchNotRunning."""
    batch = await Batch.find_or_fail(actor.organisation, batch_id)
    moved = await Batch.move(batch.id, BatchState.PAUSED, BatchState.STOPPED)
    if not moved and not await Batch.move(batch.id, BatchState.RUNNING, BatchState.STOPPED):
        raise BatchNotRunning
    await _note(service, actor, "batch.stop", batch.id)


async def _note(service: Service, actor: Account, what: str, batch_id: str) -> None:
    await AuditEvent.of(actor.organisation, service.clock(), actor.id, what, batch_id).write()


async def _check_room(slug: str) -> None:
    if await Batch.count_running(slug) >= BATCH.running:
        raise TooManyBatches(limit=BATCH.running)

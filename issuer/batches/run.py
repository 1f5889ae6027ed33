"""Work through batches in the background, chunk by chunk, also those that a former process left."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from pymongo.errors import PyMongoError

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.batches.chunk import issue_chunk
from issuer.batches.records import Batch, BatchState
from issuer.batches.rows import read_rows
from issuer.limits import BATCH
from issuer.service import Service
from passport.errors import Indeterminate, PassportError

log = logging.getLogger("issuer.batches")

_LEASE = timedelta(seconds=15)
_LOOK_AGAIN = 5.0
PURPOSE = "batch"


class BatchRunner:
    """One a process. Two processes on one store don't harm: a row's record is made once."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """There is something to do."""
        self._wake.set()

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            try:
                for batch_id in await Batch.waiting(self._service.clock()):
                    await self._run(batch_id)
            except asyncio.CancelledError:
                raise
            except PyMongoError as error:  # the store is away; the batch stays and is tried again
                log.warning("batches wait: %s", type(error).__qualname__)
            except Exception:
                log.exception("batches wait")  # a mistake of ours: say where, and try again all the same
            with contextlib.suppress(TimeoutError):  # wait_for can miss its end before Python 3.12
                async with asyncio.timeout(_LOOK_AGAIN):
                    await self._wake.wait()

    async def _run(self, batch_id: str) -> None:
        now = self._service.clock()
        batch = await Batch.lease(batch_id, now, now + _LEASE)
        if batch is None:
            return
        try:
            await run_batch(self._service, batch)
        except Indeterminate:
            raise
        except PassportError as error:
            log.warning("batch %s stopped: %s", batch_id, error.code)


def rows_of(service: Service, batch: Batch) -> bytes:
    """The CSV file of a batch."""
    return service.master.open(batch.sealed, purpose=PURPOSE, bound_to=(batch.organisation, batch.id))


async def run_batch(service: Service, batch: Batch) -> None:
    """Issue what is left of a batch."""
    rows = read_rows(rows_of(service, batch), batch.achievement)
    issued, offered, failures = batch.issued, batch.offered, dict(batch.failures)
    position = batch.next_row
    while position < len(rows):
        done = await issue_chunk(service, batch, rows[position : position + BATCH.chunk])
        issued, offered = issued + done.issued, offered + done.offered
        failures.update(done.failures)
        following = min(position + BATCH.chunk, len(rows))
        moved = await Batch.progress(
            batch.id,
            position,
            {
                "next_row": following,
                "issued": issued,
                "offered": offered,
                "failed": len(failures),
                "failures": failures,
                "leased_until": service.clock() + _LEASE,
            },
        )
        if not moved:
            return  # somebody else works on it
        service.faults.reach("batch-chunk")
        position = following
    now = service.clock()
    await Batch.get_pymongo_collection().update_one({"_id": batch.id}, {"$set": {"done_at": now}})
    async with service.webhooks.telling(telling.batch(batch)) as told:
        moved = told.came_about = await Batch.move(batch.id, BatchState.RUNNING, BatchState.DONE)
    if moved:
        await AuditEvent.of(batch.organisation, now, batch.account, "batch.done", batch.id).write()

"""What came of each row of a batch, for a file and for a program."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from issuer.batches.chunk import row_id
from issuer.batches.records import Batch
from issuer.batches.rows import RefusedRow, Row, read_rows
from issuer.batches.run import rows_of
from issuer.issuance.records import Issuance
from issuer.limits import BATCH
from issuer.offers.make import Shown, shown, state_of
from issuer.offers.records import Offer
from issuer.service import Service
from issuer.status.withdraw import standing


@dataclass(frozen=True, slots=True)
class RowResult:
    row: int
    reference: str
    outcome: str
    """issued, offered, already (by an earlier batch), waiting or failed."""
    credential: str | None = None
    offer: Shown | None = None
    state: str | None = None
    """Of the credential (valid, suspended, revoked) or of the offer (open, accepted, expired …)."""
    error: str | None = None
    """The code of what was wrong."""


async def results(
    service: Service, batch: Batch, *, after: int = 0, most: int | None = None
) -> AsyncIterator[list[RowResult]]:
    """The rows after a number, a hundred at a time."""
    rows = read_rows(rows_of(service, batch), batch.achievement)[after:]
    rows = rows if most is None else rows[:most]
    for start in range(0, len(rows), BATCH.chunk):
        chunk = rows[start : start + BATCH.chunk]
        ids = [row_id(service, batch, row) for row in chunk]
        issuances, offers = await Issuance.among(ids), await Offer.among(ids)
        yield [
            await _result(service, batch, row, issuances.get(key), offers.get(key))
            for row, key in zip(chunk, ids, strict=True)
        ]


async def all_results(
    service: Service, batch: Batch, *, after: int = 0, most: int | None = None
) -> Sequence[RowResult]:
    return [row async for page in results(service, batch, after=after, most=most) for row in page]


async def next_offer(service: Service, batch: Batch, *, after: int) -> RowResult | None:
    """The first row after a number whose offer nobody took yet: for a class that takes turns."""
    async for page in results(service, batch, after=after):
        for row in page:
            if row.offer is not None and row.state == "open":
                return row
    return None


async def _result(
    service: Service, batch: Batch, row: Row | RefusedRow, issuance: Issuance | None, offer: Offer | None
) -> RowResult:
    failures: Mapping[str, str] = batch.failures
    if isinstance(row, RefusedRow):
        return RowResult(row.number, row.reference, "failed", error=row.error.code)
    if str(row.number) in failures:
        return RowResult(row.number, row.reference, "failed", error=failures[str(row.number)])
    if issuance is not None and issuance.credential is not None:
        outcome = "issued" if issuance.batch == batch.id else "already"
        state = await standing(issuance)
        return RowResult(row.number, row.reference, outcome, credential=issuance.id, state=state)
    if offer is not None:
        outcome = "offered" if offer.batch == batch.id else "already"
        state = state_of(offer, service.clock())
        return RowResult(row.number, row.reference, outcome, offer=shown(service, offer), state=state)
    return RowResult(row.number, row.reference, "waiting")

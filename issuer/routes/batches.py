"""Batches: a CSV file in, progress and a report out."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from issuer.batches.json_rows import BOUNDS, VALUES, NewBatch, as_csv
from issuer.batches.manage import (
    discard_batch,
    pause_batch,
    resume_batch,
    start_batch,
    stop_batch,
    take_batch,
)
from issuer.batches.records import Batch, BatchState
from issuer.batches.report import report, sentence
from issuer.batches.results import RowResult, all_results
from issuer.batches.run import BatchRunner
from issuer.limits import BATCH, OFFER, PAGE
from issuer.organisations.records import Account
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf
from passport import limits
from passport.texts import Language
from passport.web import document_body, language_of, strict_body
from passport.web.csv_out import MEDIA_TYPE, AsCsv, csv_response

router = APIRouter(prefix="/api/batches", tags=["batches"])


class BatchShown(BaseModel):
    """How far a batch is."""

    id: str
    achievement: str
    state: BatchState
    rows: int
    done: int = Field(description="Rows that are behind us.")
    issued: int
    offered: int
    failed: int
    created_at: str
    done_at: str | None


class RowOffer(BaseModel):
    id: str
    credential_offer_uri: str
    link: str = Field(description="For the holder's wallet, on their own device.")
    page: str = Field(description="For the holder's browser: the link and its QR code.")
    tx_code: str | None
    expires_at: datetime


class RowShown(BaseModel):
    row: int
    reference: str
    outcome: str = Field(description="issued, offered, already, waiting or failed.")
    state: str | None = Field(description="Of the credential or the offer, as it is at present.")
    credential: str | None
    offer: RowOffer | None
    error: str | None
    reason: str | None


class BatchRows(BaseModel):
    rows: list[RowShown]
    next: int | None


_OFFER = tuple(RowOffer.model_fields)
CSV_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}


def batch_shown(batch: Batch) -> BatchShown:
    return BatchShown(
        id=batch.id,
        achievement=batch.achievement,
        state=batch.state,
        rows=batch.rows,
        done=batch.next_row,
        issued=batch.issued,
        offered=batch.offered,
        failed=batch.refused + batch.failed,
        created_at=batch.created_at.isoformat(),
        done_at=None if batch.done_at is None else batch.done_at.isoformat(),
    )


def wake(request: Request) -> None:
    runner: BatchRunner = request.app.state.batches
    runner.wake()


@router.post("", status_code=202)
async def take(
    account: Issuer,
    request: Request,
    body: Annotated[bytes, document_body(most=BATCH.size, media_types=("text/csv",))],
    *,
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
    achievement: Annotated[str, Query(pattern=r"^[0-9a-f]{32}$")],
    tx_code: Annotated[
        bool, Query(description="Offers ask for a six-digit code; the report has it.")
    ] = False,
    expires_in: Annotated[int, Query(ge=1, le=OFFER.longest)] = limits.TIME.offer_lifetime,
    draft: Annotated[bool, Query(description="Look at it first; start it with POST …/start.")] = False,
) -> BatchShown:
    """Issue up to 10,000 credentials: a row with `subject` is signed, one without becomes an offer."""
    batch = await take_batch(
        service,
        account,
        body,
        achievement=achievement,
        tx_code=tx_code,
        expires_in=expires_in,
        draft=draft,
        idempotency_key=idempotency_key,
    )
    wake(request)
    return batch_shown(batch)


@router.post("/rows", status_code=202)
async def take_rows(
    account: Issuer,
    request: Request,
    body: Annotated[NewBatch, strict_body(NewBatch, BOUNDS, values=VALUES)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> BatchShown:
    """The same as JSON: each row has a `reference`, so that it is never issued twice."""
    batch = await take_batch(
        service,
        account,
        as_csv(body.rows),
        achievement=body.achievement,
        tx_code=body.tx_code,
        expires_in=body.expires_in,
        draft=body.draft,
        idempotency_key=idempotency_key,
    )
    wake(request)
    return batch_shown(batch)


@router.get("")
async def index(account: Reader) -> list[BatchShown]:
    """The newest hundred."""
    return [batch_shown(batch) for batch in await Batch.newest(account.organisation, PAGE)]


@router.get("/{batch_id}")
async def show(account: Reader, batch_id: str) -> BatchShown:
    return batch_shown(await Batch.find_or_fail(account.organisation, batch_id))


@router.post("/{batch_id}/start")
async def start(account: Issuer, request: Request, batch_id: str, service: ServiceOf) -> BatchShown:
    batch = await start_batch(service, account, batch_id)
    wake(request)
    return batch_shown(batch)


@router.post("/{batch_id}/pause")
async def pause(account: Issuer, batch_id: str, service: ServiceOf) -> BatchShown:
    """Hold it after the rows that are in work."""
    await pause_batch(service, account, batch_id)
    return await _shown(account, batch_id)


@router.post("/{batch_id}/resume")
async def resume(account: Issuer, request: Request, batch_id: str, service: ServiceOf) -> BatchShown:
    """Go on where it was held."""
    await resume_batch(service, account, batch_id)
    wake(request)
    return await _shown(account, batch_id)


@router.post("/{batch_id}/stop")
async def stop(account: Issuer, batch_id: str, service: ServiceOf) -> BatchShown:
    """End it for good; what was issued and offered stays. A row with a reference is never issued twice."""
    await stop_batch(service, account, batch_id)
    return await _shown(account, batch_id)


async def _shown(account: Account, batch_id: str) -> BatchShown:
    return batch_shown(await Batch.find_or_fail(account.organisation, batch_id))


@router.delete("/{batch_id}", status_code=204)
async def discard(account: Issuer, batch_id: str, service: ServiceOf) -> Response:
    await discard_batch(service, account, batch_id)
    return Response(status_code=204)


@router.get("/{batch_id}/report", response_class=Response, responses=CSV_ANSWER)
async def show_report(
    account: Issuer, request: Request, batch_id: str, service: ServiceOf, form: AsCsv
) -> Response:
    """A line for each row, with what came of it."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    return report_response(await report(service, batch, language_of(request), form), batch_id)


@router.get("/{batch_id}/rows")
async def show_rows(
    account: Issuer,
    request: Request,
    batch_id: str,
    service: ServiceOf,
    *,
    after: Annotated[int, Query(ge=0, le=BATCH.rows, description="Page on from this row.")] = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> BatchRows:
    """What came of each row, also while the batch is under way; page on with `after` until `next` is null."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    found = await all_results(service, batch, after=after, most=limit)
    language = language_of(request)
    following = found[-1].row if found and found[-1].row < batch.rows else None
    return BatchRows(rows=[_row(each, language) for each in found], next=following)


def _row(result: RowResult, language: Language) -> RowShown:
    offer = result.offer
    return RowShown(
        row=result.row,
        reference=result.reference,
        outcome=result.outcome,
        state=result.state,
        credential=result.credential,
        offer=None if offer is None else RowOffer(**{name: getattr(offer, name) for name in _OFFER}),
        error=result.error,
        reason=None if result.error is None else sentence(result.error, language),
    )


def report_response(text: str, batch_id: str) -> Response:
    return csv_response(text, f"report-{batch_id[:8]}.csv")

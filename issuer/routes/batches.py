"""Batches: a CSV file in, progress and a report out."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from issuer.batches.manage import discard_batch, start_batch, take_batch
from issuer.batches.records import Batch
from issuer.batches.report import report
from issuer.batches.run import BatchRunner
from issuer.limits import BATCH, OFFER, PAGE
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf
from passport import limits
from passport.json import JsonObject
from passport.web import document_body, language_of

router = APIRouter(prefix="/api/batches", tags=["batches"])


def batch_shown(batch: Batch) -> dict[str, Any]:
    return {
        "id": batch.id,
        "achievement": batch.achievement,
        "state": batch.state.value,
        "rows": batch.rows,
        "done": batch.next_row,
        "issued": batch.issued,
        "offered": batch.offered,
        "failed": batch.refused + batch.failed,
        "created_at": batch.created_at.isoformat(),
        "done_at": None if batch.done_at is None else batch.done_at.isoformat(),
    }


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
) -> JsonObject:
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


@router.get("")
async def index(account: Reader) -> list[JsonObject]:
    """The newest hundred."""
    return [batch_shown(batch) for batch in await Batch.newest(account.organisation, PAGE)]


@router.get("/{batch_id}")
async def show(account: Reader, batch_id: str) -> JsonObject:
    return batch_shown(await Batch.find_or_fail(account.organisation, batch_id))


@router.post("/{batch_id}/start")
async def start(account: Issuer, request: Request, batch_id: str, service: ServiceOf) -> JsonObject:
    batch = await start_batch(service, account, batch_id)
    wake(request)
    return batch_shown(batch)


@router.delete("/{batch_id}", status_code=204)
async def discard(account: Issuer, batch_id: str, service: ServiceOf) -> Response:
    await discard_batch(service, account, batch_id)
    return Response(status_code=204)


@router.get("/{batch_id}/report", response_class=Response)
async def show_report(account: Issuer, request: Request, batch_id: str, service: ServiceOf) -> Response:
    """A line for each row, with what came of it."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    return report_response(await report(service, batch, language_of(request)), batch_id)


def report_response(text: str, batch_id: str) -> Response:
    return Response(
        text,
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="report-{batch_id[:8]}.csv"'},
    )

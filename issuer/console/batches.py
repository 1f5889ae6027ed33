"""Batches in the console: send a file, look at it, start it, watch it, take the report."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from issuer.achievements.records import AchievementRecord
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
from issuer.batches.results import all_results
from issuer.batches.rows import COLUMNS, RefusedRow, read_rows
from issuer.batches.run import rows_of
from issuer.console.forms import fields, uploaded
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.limits import BATCH, CARDS, PAGE
from issuer.organisations.records import Account
from issuer.routes.access import ServiceOf
from issuer.routes.batches import report_response, wake
from issuer.service import Service
from passport import limits
from passport.web import language_of
from passport.web.csv_out import AsCsv
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/batches")
BatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
After = Annotated[int, Query(ge=0, le=BATCH.rows)]
_SHOWN = 10


@router.get("")
async def index(request: Request, account: SignedIn) -> Response:
    response: Response = request.app.state.pages.respond(
        request,
        "batches.html",
        achievements=await AchievementRecord.of_organisation(account.organisation, PAGE),
        batches=await Batch.newest(account.organisation, PAGE),
        columns=COLUMNS,
        once=secrets.token_hex(16),
    )
    return response


@router.post("", dependencies=[same_origin])
async def take(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    form = await fields(request)
    batch = await take_batch(
        service,
        account,
        await uploaded(request),
        achievement=form.get("achievement", ""),
        tx_code=form.get("tx_code") == "yes",
        expires_in=limits.TIME.offer_lifetime,
        draft=True,
        idempotency_key=form.get("once"),
    )
    return RedirectResponse(f"/console/batches/{batch.id}", status_code=303)


@router.get("/{batch_id}")
async def show(request: Request, batch_id: BatchId, account: SignedIn, service: ServiceOf) -> Response:
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    looked_at = batch.state is BatchState.DRAFT or batch.refused
    rows = read_rows(rows_of(service, batch), batch.achievement) if looked_at else []
    response: Response = request.app.state.pages.respond(
        request,
        "batch.html",
        batch=batch,
        cards=CARDS,
        refused=[row for row in rows if isinstance(row, RefusedRow)][:_SHOWN],
        good=[row for row in rows if not isinstance(row, RefusedRow)][:_SHOWN],
    )
    return response


class Act(StrEnum):
    """What is done with a batch as a whole."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    DISCARD = "discard"


_ACTS: Mapping[Act, Callable[[Service, Account, str], Awaitable[object]]] = {
    Act.START: start_batch,
    Act.PAUSE: pause_batch,
    Act.RESUME: resume_batch,
    Act.STOP: stop_batch,
    Act.DISCARD: discard_batch,
}


@router.post("/{batch_id}/{what}", dependencies=[same_origin])
async def act(
    request: Request, batch_id: BatchId, what: Act, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    await _ACTS[what](service, account, batch_id)
    wake(request)
    there = "" if what is Act.DISCARD else f"/{batch_id}"
    return RedirectResponse(f"/console/batches{there}", status_code=303)


@router.get("/{batch_id}/report")
async def show_report(
    batch_id: BatchId,
    request: Request,
    account: IssuerSignedIn,
    service: ServiceOf,
    form: AsCsv,
    *,
    failed: Annotated[bool, Query()] = False,
) -> Response:
    """A line for each row, or for each that failed, also before the start."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    text = await report(service, batch, language_of(request), form, failed_only=failed)
    return report_response(text, batch_id)


@router.get("/{batch_id}/rows")
async def show_rows(
    request: Request, batch_id: BatchId, account: IssuerSignedIn, service: ServiceOf, after: After = 0
) -> Response:
    """What came of each row, a hundred at a time."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    found = await all_results(service, batch, after=after, most=PAGE)
    language = language_of(request)
    response: Response = request.app.state.pages.respond(
        request,
        "batch_rows.html",
        batch=batch,
        rows=[(row, None if row.error is None else sentence(row.error, language)) for row in found],
        after=after,
        page=PAGE,
        following=found[-1].row if found and found[-1].row < batch.rows else None,
    )
    return response

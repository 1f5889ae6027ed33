"""Withdraw many credentials: a list in, what came of each out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from issuer.batches.report import sentence
from issuer.limits import BATCH, REFERENCE
from issuer.routes.access import Issuer, ServiceOf, once_as_issuer
from issuer.routes.batches import CSV_ANSWER
from issuer.status.listed import Action, Listed, Withdrawn, check_list, read_list, withdraw_listed
from passport.limits import JsonLimits
from passport.texts import Language
from passport.web import Body, document_body, language_of, strict_body
from passport.web.csv_out import AsCsv, csv_response
from passport.web.idempotency import IdempotentRoute

router = APIRouter(prefix="/api/withdrawals", tags=["credentials"], route_class=IdempotentRoute)
_BOUNDS = JsonLimits(size=BATCH.withdrawals_size, array=BATCH.withdrawals)
_HEADER = ("row", "credential", "offer", "state", "error", "reason")


class NamedCredential(Body):
    """By its id, or by the achievement and the reference of its row in a batch."""

    credential: Annotated[str, Field(max_length=64)] = ""
    achievement: Annotated[str, Field(max_length=64)] = ""
    reference: Annotated[str, Field(max_length=REFERENCE)] = ""


class Withdrawal(Body):
    action: Annotated[Action, Field(strict=False)] = Action.REVOKE
    rows: Annotated[list[NamedCredential], Field(min_length=1, max_length=BATCH.withdrawals)]


class WithdrawnRow(BaseModel):
    row: int
    credential: str | None
    offer: str | None
    state: str | None = Field(
        description="revoked, suspended, valid; withdrawn for an offer that nobody took."
    )
    error: str | None
    reason: str | None


class Withdrawals(BaseModel):
    failed: int
    rows: list[WithdrawnRow]


@router.post("", response_class=Response, responses=CSV_ANSWER, dependencies=[once_as_issuer])
async def withdraw_csv(
    account: Issuer,
    request: Request,
    body: Annotated[bytes, document_body(most=BATCH.withdrawals_size, media_types=("text/csv",))],
    service: ServiceOf,
    form: AsCsv,
    *,
    action: Annotated[Action, Query()] = Action.REVOKE,
) -> Response:
    """Up to 1,000 rows with `credential`, or `achievement` and `reference`. Again is no error."""
    done = await withdraw_listed(service, account, read_list(body), action)
    language = language_of(request)
    rows = [tuple(_row(each, language).model_dump().values()) for each in done]
    return csv_response(form.start + form.lines([_HEADER, *rows]), "withdrawn.csv")


@router.post("/rows", dependencies=[once_as_issuer])
async def withdraw_rows(
    account: Issuer,
    request: Request,
    body: Annotated[Withdrawal, strict_body(Withdrawal, _BOUNDS)],
    service: ServiceOf,
) -> Withdrawals:
    """The same as JSON."""
    rows = check_list([Listed(each.credential, each.achievement, each.reference) for each in body.rows])
    done = await withdraw_listed(service, account, rows, body.action)
    language = language_of(request)
    return Withdrawals(
        failed=sum(each.error is not None for each in done), rows=[_row(each, language) for each in done]
    )


def _row(done: Withdrawn, language: Language) -> WithdrawnRow:
    return WithdrawnRow(
        row=done.row,
        credential=done.credential,
        offer=done.offer,
        state=done.state,
        error=None if done.error is None else done.error.code,
        reason=None if done.error is None else sentence(done.error.code, language),
    )

"""A batch in a classroom: the learners' codes one by one on a screen, or all of them on paper to cut.

Each learner has a code of their own: see docs/decisions/0061-no-code-for-a-whole-class.md.
"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from markupsafe import Markup

from issuer.achievements.records import AchievementRecord
from issuer.batches.records import Batch
from issuer.batches.results import RowResult, all_results, next_offer
from issuer.console.session import IssuerSignedIn
from issuer.limits import BATCH, PAGE
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from passport.pictures.qr import draw_svg

router = APIRouter(prefix="/console/batches/{batch_id}")
BatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
After = Annotated[int, Query(ge=0, le=BATCH.rows)]


@router.get("/class")
async def show_class(
    request: Request, batch_id: BatchId, account: IssuerSignedIn, service: ServiceOf, after: After = 0
) -> Response:
    """One code on the whole screen, and the next as soon as a wallet took it."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    achievement = await AchievementRecord.find_or_fail(account.organisation, batch.achievement)
    row = await next_offer(service, batch, after=after)
    offer = None if row is None else row.offer
    response: Response = request.app.state.pages.respond(
        request,
        "batch_class.html",
        batch=batch,
        achievement=achievement.name,
        row=row,
        offer=offer,
        picture="" if offer is None else Markup(draw_svg(offer.link)),  # noqa: S704  # our own drawing
    )
    return response


@router.get("/slips")
async def show_slips(
    request: Request, batch_id: BatchId, account: IssuerSignedIn, service: ServiceOf, after: After = 0
) -> Response:
    """A slip for each learner whose offer is open, a hundred rows at a time. No transaction code is on it."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    achievement = await AchievementRecord.find_or_fail(account.organisation, batch.achievement)
    organisation = await Organisation.find_or_fail(account.organisation)
    found, given = await _page_of(service, batch, after)
    links = [row.offer.link for row in given if row.offer is not None]
    pictures = await asyncio.to_thread(lambda: [draw_svg(link) for link in links])
    response: Response = request.app.state.pages.respond(
        request,
        "batch_slips.html",
        batch=batch,
        organisation=organisation.name,
        achievement=achievement.name,
        slips=[(row, Markup(svg)) for row, svg in zip(given, pictures, strict=True)],  # noqa: S704  # as above
        after=after,
        page=PAGE,
        following=found[-1].row if found and found[-1].row < batch.rows else None,
    )
    return response


@router.get("/codes")
async def show_codes(
    request: Request, batch_id: BatchId, account: IssuerSignedIn, service: ServiceOf, after: After = 0
) -> Response:
    """The transaction codes of the same learners, for whoever reads them out: never on the slips."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    found, given = await _page_of(service, batch, after)
    response: Response = request.app.state.pages.respond(
        request,
        "batch_codes.html",
        batch=batch,
        rows=[row for row in given if row.offer is not None and row.offer.tx_code is not None],
        after=after,
        page=PAGE,
        following=found[-1].row if found and found[-1].row < batch.rows else None,
    )
    return response


async def _page_of(service: ServiceOf, batch: Batch, after: int) -> tuple[list[RowResult], list[RowResult]]:
    """So many rows, and those among them whose offer nobody took yet."""
    found = list(await all_results(service, batch, after=after, most=PAGE))
    return found, [row for row in found if row.offer is not None and row.state == "open"]

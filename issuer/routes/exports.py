"""Everything of an organisation as CSV, for spreadsheets and for systems that read files."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime

from fastapi import APIRouter, Response

from issuer.achievements.records import AchievementRecord
from issuer.confirmations.endorse import EndorsementRecord
from issuer.confirmations.records import Confirmation
from issuer.issuance.records import Issuance
from issuer.offers.make import shown, state_of
from issuer.offers.records import Offer
from issuer.routes.access import Issuer, Reader, ServiceOf
from issuer.routes.batches import CSV_ANSWER
from issuer.routes.validations import Staff
from issuer.selection import ORIGINALS, Selected, pages
from issuer.status.withdraw import standing
from issuer.validation.records import Case
from passport.clock import format_datetime
from passport.web.csv_out import AsCsv, csv_stream

router = APIRouter(prefix="/api/exports", tags=["exports"], default_response_class=Response)
Rows = AsyncIterator[Iterable[Sequence[object]]]
_CREDENTIALS = (
    "credential", "achievement", "achievement_name", "subject", "standing", "offer", "batch",
    "recorded_at", "valid_until", "license_number",
)  # fmt: skip
_OFFERS = ("offer", "achievement", "achievement_name", "state", "batch", "created_at", "expires_at", "link")
_VALIDATIONS = ("validation", "state", "phase", "outcomes", "created_at", "due_at", "decided_at")
_CONFIRMATIONS = ("confirmation", "state", "created_at", "endorsements")


async def _names(slug: str) -> dict[str, str]:
    return {each.id: each.name for each in await AchievementRecord.of_organisation(slug, 10_000)}


@router.get("/credentials.csv", responses=CSV_ANSWER)
async def export_credentials(account: Reader, form: AsCsv, selected: Selected) -> Response:
    """Every credential with its standing at this moment."""
    names = await _names(account.organisation)

    async def rows() -> Rows:
        asked = selected.filter(account.organisation, "recorded_at") | dict(ORIGINALS)
        async for found in pages(Issuance, asked):
            yield [
                (
                    each.id, each.achievement, names.get(each.achievement), each.subject,
                    await standing(each), each.offer, each.batch, _at(each.recorded_at),
                    _at(each.valid_until), each.license_number,
                )
                for each in found
            ]  # fmt: skip

    return csv_stream(form, _CREDENTIALS, rows(), "credentials.csv")


@router.get("/offers.csv", responses=CSV_ANSWER)
async def export_offers(account: Issuer, service: ServiceOf, form: AsCsv, selected: Selected) -> Response:
    """Every offer in its state. Whoever has the link of an open one can take it, so keep the file safe."""
    names, now = await _names(account.organisation), service.clock()

    async def rows() -> Rows:
        async for found in pages(Offer, selected.filter(account.organisation, "created_at")):
            yield [
                (
                    each.id, each.achievement, names.get(each.achievement), state_of(each, now), each.batch,
                    _at(each.created_at), _at(each.expires_at),
                    shown(service, each).link if state_of(each, now) == "open" else None,
                )
                for each in found
            ]  # fmt: skip

    return csv_stream(form, _OFFERS, rows(), "offers.csv")


@router.get("/validations.csv", responses=CSV_ANSWER)
async def export_validations(staff: Staff, form: AsCsv, selected: Selected) -> Response:
    """Every validation that you have a role in; what it is about stays sealed."""

    async def rows() -> Rows:
        asked = selected.filter(staff.account.organisation, "created_at")
        async for found in pages(Case, asked):
            yield [
                (
                    each.id, each.state.value, each.phase.value,
                    " ".join(skill.outcome.value for skill in each.skills if skill.outcome is not None),
                    _at(each.created_at), _at(each.due_at), _at(each.decided_at),
                )
                for each in found
                if staff.roles_in(each)
            ]  # fmt: skip

    return csv_stream(form, _VALIDATIONS, rows(), "validations.csv")


@router.get("/confirmations.csv", responses=CSV_ANSWER)
async def export_confirmations(account: Issuer, form: AsCsv, selected: Selected) -> Response:
    """Every request to confirm a claim; who asked what stays sealed."""

    async def rows() -> Rows:
        async for found in pages(Confirmation, selected.filter(account.organisation, "created_at")):
            yield [
                (each.id, each.state.value, _at(each.created_at), len(await EndorsementRecord.of(each.id)))
                for each in found
            ]

    return csv_stream(form, _CONFIRMATIONS, rows(), "confirmations.csv")


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)

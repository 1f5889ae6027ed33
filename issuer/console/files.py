"""Files of credentials and pictures of badges in the console."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from issuer.achievements.records import AchievementRecord
from issuer.batches.records import Batch
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.issuance.cards import cards_of, issued_in
from issuer.issuance.forms import IssuedForm
from issuer.issuance.records import Issuance
from issuer.issuance.saving import saved
from issuer.limits import PICTURE_SIZE
from issuer.organisations.records import Organisation
from issuer.pictures.manage import choose_picture, drop_picture
from issuer.pictures.records import AchievementPicture
from issuer.routes.access import ServiceOf
from issuer.routes.files import as_download
from passport.errors.web import NotAPicture
from passport.paper import SaveAs
from passport.web import language_of
from passport.web.forms import same_origin

router = APIRouter(prefix="/console")
RecordId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.get("/credentials/{credential_id}/save/{kind}")
async def save(  # noqa: PLR0917  # the parts of one request
    request: Request,
    credential_id: RecordId,
    kind: SaveAs,
    account: SignedIn,
    service: ServiceOf,
    signed: IssuedForm | None = None,
) -> Response:
    """The credential as a file to hand over."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    organisation = await Organisation.find_or_fail(account.organisation)
    return as_download(await saved(service, issuance, organisation, kind, language_of(request), form=signed))


@router.get("/credentials/{credential_id}/card")
async def card(request: Request, credential_id: RecordId, account: SignedIn, service: ServiceOf) -> Response:
    """The credential as a card to print."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    organisation = await Organisation.find_or_fail(account.organisation)
    name = f"card-{issuance.id[:8]}"
    return as_download(await cards_of(service, [issuance], organisation, language_of(request), name=name))


@router.get("/batches/{batch_id}/cards")
async def batch_cards(  # the parts of one request
    request: Request,
    batch_id: RecordId,
    account: SignedIn,
    service: ServiceOf,
    part: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Cards of what a batch issued; a large batch in parts."""
    batch = await Batch.find_or_fail(account.organisation, batch_id)
    organisation = await Organisation.find_or_fail(account.organisation)
    issued = await issued_in(batch.id, account.organisation, part)
    name = f"cards-{batch.id[:8]}-{part}"
    return as_download(await cards_of(service, issued, organisation, language_of(request), name=name))


@router.get("/achievements/{achievement_id}/picture")
async def show_picture(request: Request, achievement_id: RecordId, account: SignedIn) -> Response:
    record = await AchievementRecord.find_or_fail(account.organisation, achievement_id)
    chosen = await AchievementPicture.get(achievement_id)
    response: Response = request.app.state.pages.respond(
        request,
        "picture.html",
        achievement=record,
        picture=f"/o/{account.organisation}/achievements/{achievement_id}/picture",
        changed=None if chosen is None else chosen.changed_at,
    )
    return response


@router.post("/achievements/{achievement_id}/picture", dependencies=[same_origin])
async def choose(
    request: Request, achievement_id: RecordId, account: IssuerSignedIn, service: ServiceOf
) -> Response:
    record = await AchievementRecord.find_or_fail(account.organisation, achievement_id)
    form = await request.form(max_files=1, max_fields=4, max_part_size=PICTURE_SIZE)
    file = form.get("file")
    if form.get("drawn"):
        await drop_picture(service, account, record)
    elif isinstance(file, UploadFile):
        await choose_picture(service, account, record, await file.read(PICTURE_SIZE + 1))
    else:
        raise NotAPicture
    return RedirectResponse(f"/console/achievements/{achievement_id}/picture", status_code=303)

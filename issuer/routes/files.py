"""Credentials as files, and the pictures of badges."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from issuer.achievements.records import AchievementRecord
from issuer.issuance.forms import IssuedForm
from issuer.issuance.records import Issuance
from issuer.issuance.saving import saved
from issuer.limits import PICTURE_SIZE
from issuer.organisations.records import Organisation
from issuer.pictures.manage import choose_picture, drop_picture, picture_of
from issuer.routes.access import Issuer, Reader, ServiceOf
from passport.attachment import attachment
from passport.json import JsonObject
from passport.paper import SaveAs, Saved
from passport.web import document_body, language_of

router = APIRouter(tags=["files"])
_PICTURES = ("image/png", "image/svg+xml")
_BINARY: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}, "image/png": {}, "image/svg+xml": {}, "text/html": {}}}
}


@router.get("/api/credentials/{credential_id}/files/{kind}", response_class=Response, responses=_BINARY)
async def download_file(  # noqa: PLR0917  # the parts of one request
    request: Request,
    account: Reader,
    credential_id: str,
    kind: SaveAs,
    service: ServiceOf,
    signed: IssuedForm | None = None,
) -> Response:
    """The credential as a file of this kind. `signed`: the form that is inside pdf, png, svg and html."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    organisation = await Organisation.find_or_fail(account.organisation)
    return as_download(await saved(service, issuance, organisation, kind, language_of(request), form=signed))


@router.put("/api/achievements/{achievement_id}/picture")
async def choose_achievement_picture(
    account: Issuer,
    achievement_id: str,
    service: ServiceOf,
    data: Annotated[bytes, document_body(most=PICTURE_SIZE, media_types=_PICTURES)],
) -> JsonObject:
    """Use a PNG or a plain SVG as the picture of this badge. It stands in files made from here on."""
    record = await AchievementRecord.find_or_fail(account.organisation, achievement_id)
    chosen = await choose_picture(service, account, record, data)
    return {"achievement": record.id, "media_type": chosen.media_type, "size": len(chosen.data)}


@router.delete("/api/achievements/{achievement_id}/picture", status_code=204)
async def drop_achievement_picture(account: Issuer, achievement_id: str, service: ServiceOf) -> None:
    """Go back to the picture that is drawn."""
    record = await AchievementRecord.find_or_fail(account.organisation, achievement_id)
    await drop_picture(service, account, record)


@router.get("/o/{slug}/achievements/{achievement_id}/picture", response_class=Response)
async def achievement_picture(slug: str, achievement_id: str) -> Response:
    """The picture of a badge: the one that the organisation chose, or a drawn one."""
    record = await AchievementRecord.find_or_fail(slug, achievement_id)
    media_type, data = await picture_of(await Organisation.find_or_fail(slug), record)
    return Response(
        data,
        media_type=media_type,
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"},
    )


def as_download(found: Saved) -> Response:
    """To be saved, never shown by this service: what stands in it was written by others."""
    return Response(
        found.data,
        media_type=found.media_type,
        headers=attachment(found.name),
    )

"""How wallets show the organisation: names, logo, colours."""

import base64
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from issuer.audit.records import AuditEvent
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.errors import RoleNotEnough, UnknownEvidence
from issuer.limits import LOGO_SIZE
from issuer.organisations.accounts import may
from issuer.organisations.appearance import Look, appearance_of, set_appearance
from issuer.organisations.records import Organisation, Role
from issuer.pictures.checking import checked_picture
from issuer.routes.access import ServiceOf
from passport.errors.web import MalformedRequest, NotAPicture
from passport.web.body import known_names, where
from passport.web.forms import same_origin

router = APIRouter(prefix="/console/wallets")
_FIELDS = 16
_PNG = "data:image/png;base64,"


@router.get("")
async def show(request: Request, account: SignedIn, service: ServiceOf) -> Response:
    organisation = await Organisation.find_or_fail(account.organisation)
    look = await appearance_of(account.organisation)
    response: Response = request.app.state.pages.respond(
        request,
        "wallets.html",
        organisation=organisation.name,
        look=look,
        logo_inside=look.logo is not None and look.logo.startswith("data:"),
        address=urlsplit(service.addresses.origin).netloc,
        may_change=may(account.role, Role.OWNER),
        largest=LOGO_SIZE // 1024,
    )
    return response


@router.get("/logo")
async def logo(account: SignedIn) -> Response:
    """The picture that stands in the metadata itself, for this page, which shows no `data:`."""
    look = await appearance_of(account.organisation)
    if look.logo is None or not look.logo.startswith(_PNG):
        raise UnknownEvidence
    return Response(base64.b64decode(look.logo.removeprefix(_PNG)), media_type="image/png")


@router.post("", dependencies=[same_origin])
async def change(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    if not may(account.role, Role.OWNER):
        raise RoleNotEnough
    form = await request.form(max_files=1, max_fields=_FIELDS, max_part_size=LOGO_SIZE)
    typed = {name: value.strip() for name, value in form.items() if isinstance(value, str) and value.strip()}
    chosen = {name: value for name, value in typed.items() if name in Look.model_fields}
    file = form.get("file")
    if isinstance(file, UploadFile) and file.size:
        chosen["logo"] = _inside(await file.read(LOGO_SIZE + 1))
    elif "keep" in typed:
        chosen["logo"] = (await appearance_of(account.organisation)).logo or ""
    if not chosen.get("logo"):
        chosen.pop("logo", None)
        chosen.pop("logo_alt", None)
    try:
        look = Look.model_validate(chosen)
    except ValidationError as error:
        raise MalformedRequest(**where(error.errors(), known_names(Look))) from None
    now = service.clock()
    await AuditEvent.of(
        account.organisation, now, account.id, "appearance.change", account.organisation
    ).write()
    await set_appearance(account.organisation, look)
    return RedirectResponse("/console/wallets", status_code=303)


def _inside(data: bytes) -> str:
    """An uploaded picture as it stands in the metadata; raises NotAPicture and as `checked_picture`."""
    media_type, kept = checked_picture(data, most=LOGO_SIZE)
    if media_type != "image/png":
        raise NotAPicture
    return _PNG + base64.b64encode(kept).decode("ascii")

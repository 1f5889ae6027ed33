"""Every form of an issued credential, for the organisation's own people; and the type of one of them."""

from fastapi import APIRouter, Response

from issuer.achievements.records import AchievementRecord
from issuer.issuance.credential_type import type_metadata
from issuer.issuance.forms import FORMS, IssuedForm, media_type
from issuer.issuance.issue import deliver
from issuer.issuance.records import Issuance
from issuer.organisations.records import Organisation
from issuer.routes.access import Reader, ServiceOf
from passport.json import JsonObject, dump

router = APIRouter()


@router.get("/api/credentials/{credential_id}/forms", tags=["credentials"])
async def index(account: Reader, credential_id: str) -> list[JsonObject]:
    """The forms in which this credential can be had. All say the same; revoking it ends all of them."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    return [
        {
            "form": str(form),
            "media_type": media_type(form),
            "path": f"/api/credentials/{issuance.id}/forms/{form}",
        }
        for form in FORMS
    ]


@router.get("/api/credentials/{credential_id}/forms/{form}", tags=["credentials"])
async def show(account: Reader, credential_id: str, form: IssuedForm, service: ServiceOf) -> Response:
    """The credential in one form, as the bytes that are delivered to whoever asks."""
    issuance = await Issuance.find_or_fail(account.organisation, credential_id)
    organisation = await Organisation.find_or_fail(account.organisation)
    return Response(await deliver(service, issuance, organisation, form), media_type=media_type(form))


@router.get("/o/{slug}/achievements/{achievement_id}/type", response_class=Response, tags=["public"])
async def credential_type(slug: str, achievement_id: str, service: ServiceOf) -> Response:
    """Type metadata of the credentials of an achievement, at their `vct` (SD-JWT VC, section 6.3.1)."""
    record = await AchievementRecord.find_or_fail(slug, achievement_id)
    metadata = type_metadata(record.document, service.addresses.credential_type(slug, record.id))
    return Response(
        dump(metadata), media_type="application/json", headers={"Access-Control-Allow-Origin": "*"}
    )

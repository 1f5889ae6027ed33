"""Check something that was shown or handed over: the programs' door."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from passport.baking.limits import CARRIER
from passport.web import document_body, language_of
from verifier.given import check_given
from verifier.rendering import with_sentences
from verifier.routes.parts import AsEmployer, Service
from verifier.shown import JSON_TYPES, PICTURE_TYPES, TEXT_TYPES

router = APIRouter()
_TOKENS = ("application/jwt", "application/vc+jwt", "application/vc+sd-jwt", "application/dc+sd-jwt")
MEDIA_TYPES = (
    *JSON_TYPES,
    *TEXT_TYPES,
    *PICTURE_TYPES,
    *("application/vc", "application/vc+json", *_TOKENS),
    *("image/svg+xml", "application/pdf", "text/html", "application/zip", "application/octet-stream"),
)


@router.post(
    "/api/files",
    status_code=201,
    tags=["employers"],
    summary="Check a file: a baked picture, PDF, page, JSON, token, archive, or a picture of QR codes",
)
async def check_file(
    request: Request,
    service: Service,
    employer: AsEmployer,
    data: Annotated[bytes, document_body(most=CARRIER.pdf, media_types=MEDIA_TYPES)],
    profile: Annotated[str | None, Query(max_length=64)] = None,
) -> dict[str, Any]:
    """What it is, its first bytes say, whatever the content type. A presentation is checked as one (way A); a
    credential by itself is genuine or not, and says nothing of who holds it (way F, or E in printed codes);
    a share link, as text or in a code, is fetched and opened (way D). The answer to an open request of this
    employer is taken as that (way B).
    """
    report = await check_given(service, employer, [("", data)], "", profile)
    content = with_sentences(report.content, request.app.state.pages, language_of(request))
    return {"id": report.id, "deleteAt": report.delete_at, **content}

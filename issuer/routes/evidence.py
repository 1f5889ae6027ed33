"""Evidence files, for the organisation's own people."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from issuer.evidence.files import MEDIA_TYPES, open_file
from issuer.evidence.manage import keep_evidence
from issuer.evidence.records import EvidenceFile
from issuer.limits import EVIDENCE_SIZE
from issuer.routes.access import IdempotencyKey, Issuer, Reader, ServiceOf
from issuer.routes.answers import EvidenceKept
from passport.json import JsonObject
from passport.web import document_body

router = APIRouter(prefix="/api", tags=["evidence"])


def file_response(data: bytes, media_type: str) -> Response:
    """Bytes of somebody else's making: never shown by the browser as a page of ours."""
    return Response(
        data,
        media_type=media_type,
        headers={"Content-Disposition": "attachment", "Cache-Control": "private, no-store"},
    )


@router.post("/evidence", status_code=201, response_model=EvidenceKept)
async def keep(
    account: Issuer,
    request: Request,
    body: Annotated[bytes, document_body(most=EVIDENCE_SIZE, media_types=MEDIA_TYPES)],
    service: ServiceOf,
    idempotency_key: IdempotencyKey,
) -> JsonObject:
    """Keep a file of 1 MiB at most, sealed; name its `id` as `file` in the evidence of a credential."""
    media_type = request.headers["content-type"].partition(";")[0].strip().lower()
    kept = await keep_evidence(service, account, body, media_type, idempotency_key)
    return {
        "id": kept.id,
        "url": service.addresses.evidence(kept.organisation, kept.id),
        "digestMultibase": kept.digest_multibase,
        "mediaType": kept.media_type,
        "size": kept.size,
    }


@router.get("/evidence/{evidence_id}", response_class=Response)
async def show(account: Reader, evidence_id: str, service: ServiceOf) -> Response:
    file = await EvidenceFile.find_or_fail(account.organisation, evidence_id)
    return file_response(open_file(service.master, file), file.media_type)

"""What anybody may read, and where wallets send their answers."""

import asyncio
import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from passport import limits
from passport.evidence.bundle import write_bundle
from passport.evidence.profile import parse_function_profile
from passport.json import JsonObject, dump
from passport.openid4vc.presentation_submission import FORM_TYPE, NO_HINTS, read_response
from passport.web import document_body
from verifier.employers import did_document
from verifier.records import Profile
from verifier.routes.parts import Service
from verifier.shown import JSON_TYPES, TEXT_TYPES, read_shown

router = APIRouter(tags=["public"])
_TAKEN = (*JSON_TYPES, *TEXT_TYPES, FORM_TYPE)
_MOST_BYTES = 3 * limits.PRESENTATION.size
"""In a form every quotation mark is three characters."""


@router.get("/e/{slug}/did.json", summary="The employer's DID document (did:web)")
async def employer_did(slug: str, request: Request, service: Service) -> Response:
    document = did_document(await service.employers.get(slug))
    return _published(request, document, "application/did+json")


@router.get("/e/{slug}/profiles/index.json", summary="All function profiles of an employer, with digests")
async def profile_index(slug: str, request: Request, service: Service) -> Response:
    employer = await service.employers.get(slug)
    listed = [
        (f"{each.key}/{each.version}", parse_function_profile(each.document), dump(each.document))
        for each in await service.profiles.all(employer.id)
    ]
    return _published(request, write_bundle(listed[: limits.TRUST.profiles]))


@router.get("/e/{slug}/profiles/{key}", summary="The newest version of a function profile")
async def newest_profile(slug: str, key: str, request: Request, service: Service) -> Response:
    return _published(request, (await service.profiles.get(slug, key)).document)


@router.get("/e/{slug}/profiles/{key}/{version}", summary="One version of a function profile")
async def one_profile(slug: str, key: str, version: int, request: Request, service: Service) -> Response:
    return _published(request, (await service.profiles.get(slug, key, version)).document)


@router.get("/r/{request_id}", summary="A request that waits for its answer")
async def open_request(request_id: str, service: Service) -> Response:
    created = await service.requests.open(request_id, service.clock())
    return Response(dump(created.document), media_type="application/json")


@router.post("/r/{request_id}", summary="Answer a request with a presentation")
async def answer_request(
    request_id: str,
    request: Request,
    service: Service,
    data: Annotated[bytes, document_body(most=_MOST_BYTES, media_types=_TAKEN)],
) -> dict[str, Any]:
    """The holder learns that the answer arrived; what the employer decides is between the two of them."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == FORM_TYPE:
        source, hints = await asyncio.to_thread(read_response, data, definition_id=f"urn:uuid:{request_id}")
    else:
        source, hints = data, NO_HINTS
    source = await asyncio.to_thread(
        read_shown, "application/json" if media_type == FORM_TYPE else media_type, source
    )
    await service.answer(request_id, source, hints=hints)
    return {"state": "answered"}


def profile_url(origin: str, profile: Profile) -> str:
    return f"{origin}/e/{profile.employer}/profiles/{profile.key}/{profile.version}"


def _published(request: Request, document: JsonObject, media_type: str = "application/json") -> Response:
    body = dump(document)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=0, must-revalidate"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)

"""What everybody may fetch: DID documents, status lists, achievements."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response

from issuer.achievements.records import AchievementRecord
from issuer.organisations.keyring import did_document
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.status.cache import PublishedList
from issuer.status.publish import publish
from issuer.status.publish_token import publish_token_list
from passport.json import dump
from passport.status.token_list import MEDIA_TYPE as TOKEN_STATUS_LIST

router = APIRouter(prefix="/o/{slug}", tags=["public"])

_OPEN = {"Access-Control-Allow-Origin": "*"}
"""Public and without cookies: a verifier or wallet in a browser may read it."""


@router.get("/did.json", response_class=Response)
async def did_json(slug: str) -> Response:
    """The organisation's DID document, with the history of its keys (did:web)."""
    organisation = await Organisation.find_or_fail(slug)
    return Response(
        dump(did_document(organisation.did, organisation.keys)),
        media_type="application/did+json",
        headers={**_OPEN, "Cache-Control": "no-cache"},
    )


ListNumber = Annotated[int, Path(ge=1, le=1_000_000)]
IfNoneMatch = Annotated[str | None, Header()]


@router.get("/status/{number}", response_class=Response)
async def status_list(
    slug: str, number: ListNumber, service: ServiceOf, if_none_match: IfNoneMatch = None
) -> Response:
    """A BitstringStatusListCredential. Ask again with If-None-Match: 304 means it did not change."""
    return _published(await publish(service, slug, number), "application/vc", if_none_match)


@router.get("/token-status/{number}", response_class=Response)
async def token_status_list(
    slug: str, number: ListNumber, service: ServiceOf, if_none_match: IfNoneMatch = None
) -> Response:
    """A Status List Token: the same places and the same statuses, 0 valid, 1 revoked, 2 suspended."""
    return _published(await publish_token_list(service, slug, number), TOKEN_STATUS_LIST, if_none_match)


def _published(published: PublishedList, media_type: str, if_none_match: str | None) -> Response:
    headers = {**_OPEN, "ETag": published.etag, "Cache-Control": "no-cache"}
    known = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    if published.etag.removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(published.body, media_type=media_type, headers=headers)


@router.get("/achievements/{achievement_id}", response_class=Response)
async def achievement(request: Request, slug: str, achievement_id: str) -> Response:
    """An achievement: a page for people, the Achievement of Open Badges 3.0 for programs."""
    record = await AchievementRecord.find_or_fail(slug, achievement_id)
    if "text/html" in request.headers.get("accept", ""):
        organisation = await Organisation.find_or_fail(slug)
        response: Response = request.app.state.pages.respond(
            request, "achievement.html", achievement=record.document, organisation=organisation.name
        )
        return response
    return Response(dump(record.document), media_type="application/json", headers={**_OPEN, "Vary": "Accept"})

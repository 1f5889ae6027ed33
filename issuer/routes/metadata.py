"""What an organisation tells wallets of itself: as JSON, or signed (OpenID4VCI 1.0, section 12.2)."""

import asyncio
import hashlib
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Header, Response

from issuer.achievements.records import AchievementRecord
from issuer.issuance.key_policy import terms_of
from issuer.issuance.metadata import issuer_metadata
from issuer.organisations.appearance import appearance_of
from issuer.organisations.keyring import open_key
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.service import Service
from passport.encoding import base64url_encode
from passport.json import JsonObject, dump
from passport.keys import KeyType
from passport.openid4vc import sign_metadata
from passport.openid4vc.signed_metadata import MEDIA_TYPE

router = APIRouter(tags=["claiming"])

_ACHIEVEMENTS = 1_000
_SIGNED_FOR = timedelta(days=1)
_JSON = "application/json"


@router.get("/.well-known/openid-credential-issuer/o/{slug}", response_class=Response)
async def metadata(
    slug: str,
    service: ServiceOf,
    accept: Annotated[str, Header()] = _JSON,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Credential Issuer Metadata. `Accept: application/jwt` asks for it signed."""
    organisation = await Organisation.find_or_fail(slug)
    achievements = await AchievementRecord.of_organisation(slug, _ACHIEVEMENTS)
    appearance, terms = await appearance_of(slug), await terms_of(slug)

    def made() -> tuple[JsonObject, bytes]:
        written = issuer_metadata(service, organisation, achievements, appearance, terms).to_json()
        return written, dump(written)

    written, body = await asyncio.to_thread(made)
    signed = prefers_signed(accept)
    tag = f'"{base64url_encode(hashlib.sha256(body).digest()[:12])}{"-jwt" if signed else ""}"'
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    if not signed:
        if tag in {each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")}:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=_JSON, headers=headers)
    token = await asyncio.to_thread(_signed, service, organisation, written, service.clock())
    return Response(token, media_type=MEDIA_TYPE, headers=headers)


def prefers_signed(accept: str) -> bool:
    """Whether the signed form is asked for, and JSON is not liked better (RFC 9110, section 12.5.1)."""
    liked = {_JSON: 0.0, MEDIA_TYPE: 0.0}
    for part in accept.split(",")[:16]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name in liked:
            liked[name] = max(liked[name], _quality(parameters))
    return liked[MEDIA_TYPE] > liked[_JSON]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            number = value.strip()
            return float(number) if number.isascii() and number.replace(".", "", 1).isdigit() else 0.0
    return 1.0


def _signed(service: Service, organisation: Organisation, written: JsonObject, now: datetime) -> str:
    """By the key that wallets for tokens can check, with its certificates where it has some."""
    key = organisation.current(KeyType.P256)
    return sign_metadata(
        written,
        signer=open_key(service.master, organisation.id, key),
        verification_method=f"{organisation.did}#{key.id}",
        issued_at=now,
        expires=now + _SIGNED_FOR,
        certificates=key.certificates,
    )

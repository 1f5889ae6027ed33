"""Programs that registered themselves (RFC 7591; Open Badges 3.0, section 7.1.1). Nobody vouches for them."""

import hmac
import secrets
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from beanie import Document

from issuer.authorization.grants import digest
from issuer.open_badges_api.description import SCOPES
from issuer.open_badges_api.limits import BADGE_PROVIDER
from issuer.service import Service
from passport.errors.oauth import (
    InvalidClient,
    InvalidClientMetadata,
    InvalidRedirectUri,
    InvalidScope,
)
from passport.oauth.client_registration import ClientMetadata, RegisteredClient, parse_client_metadata
from passport.oauth.client_secret import CLIENT_SECRET_BASIC
from passport.oauth.redirect_uri import RedirectUri, is_registered
from passport.oauth.server_metadata import NONE
from passport.oauth.token_request import AUTHORIZATION_CODE, REFRESH_TOKEN

_GRANTS = (AUTHORIZATION_CODE, REFRESH_TOKEN)


class BadgeClient(Document):
    id: str  # type: ignore[assignment]
    organisation: str
    name: str
    """As it calls itself, or the host that it is sent back to."""
    redirect_uris: list[str]
    secret: bytes | None = None
    """Digest; None for a program that can keep none."""
    refreshes: bool = False
    scope: list[str]
    created_at: datetime
    used_at: datetime | None = None
    """When it was last given a token; None while nobody agreed to it."""

    class Settings:
        name = "badge_clients"
        indexes: ClassVar = ["organisation"]

    def redirect_uri(self, asked: RedirectUri) -> RedirectUri:
        """The address to go back to, if it was registered (RFC 9700, 4.1.3). Raises InvalidRedirectUri."""
        if not is_registered(asked, self.redirect_uris):
            raise InvalidRedirectUri
        return asked

    def check_secret(self, given: str | None) -> None:
        """Raises InvalidClient: wrong, missing, or there although it has none."""
        if self.secret is None and given is None:
            return
        if self.secret is None or given is None or not hmac.compare_digest(self.secret, digest(given)):
            raise InvalidClient

    def scope_of(self, asked: tuple[str, ...]) -> list[str]:
        """What it asks of what it registered for; nothing named means all. Raises InvalidScope."""
        if not set(asked) <= set(self.scope):
            raise InvalidScope
        return list(asked) or list(self.scope)

    async def note_use(self, now: datetime) -> None:
        await BadgeClient.get_pymongo_collection().update_one({"_id": self.id}, {"$set": {"used_at": now}})

    @classmethod
    async def find_or_fail(cls, slug: str, client_id: str | None) -> "BadgeClient":
        """Raises InvalidClient."""
        found = None if client_id is None else await cls.get(client_id)
        if found is None or found.organisation != slug:
            raise InvalidClient
        return found

    @classmethod
    async def forget_before(cls, *, unused: datetime, idle: datetime) -> None:
        await cls.find({"used_at": None, "created_at": {"$lt": unused}}).delete()
        await cls.find({"used_at": {"$lt": idle}}).delete()


async def register(service: Service, slug: str, source: bytes) -> RegisteredClient:
    """Take a program in; nothing is fetched of what it says of itself, and none of it is believed.

    Scopes that we don't give are left out of the answer (RFC 7591, section 2).

    Raises:
        InvalidRedirectUri, InvalidClientMetadata, MalformedJson and its kinds.
    """
    asked = parse_client_metadata(source)
    method = asked.token_endpoint_auth_method
    scope = tuple(word for word in asked.scope if word in SCOPES) if asked.scope else SCOPES
    if method not in {CLIENT_SECRET_BASIC, NONE} or "code" not in asked.response_types or not scope:
        raise InvalidClientMetadata
    if AUTHORIZATION_CODE not in asked.grant_types:
        raise InvalidClientMetadata
    if len(asked.redirect_uris) > BADGE_PROVIDER.redirects:
        raise InvalidRedirectUri
    given = replace(
        asked,
        scope=scope,
        grant_types=tuple(grant for grant in _GRANTS if grant in asked.grant_types),
        response_types=("code",),
    )
    return await _stored(service, slug, given)


async def _stored(service: Service, slug: str, given: ClientMetadata) -> RegisteredClient:
    now = service.clock()
    secret = secrets.token_urlsafe(32) if given.token_endpoint_auth_method == CLIENT_SECRET_BASIC else None
    client = BadgeClient(
        id=secrets.token_hex(16),
        organisation=slug,
        name=given.client_name or given.redirect_uris[0].shown,
        redirect_uris=[each.text for each in given.redirect_uris],
        secret=None if secret is None else digest(secret),
        # whoever proves who they are alone: a stolen refresh token is then of no use (RFC 9700, 4.14)
        refreshes=secret is not None and REFRESH_TOKEN in given.grant_types,
        scope=list(given.scope),
        created_at=now,
    )
    await client.insert()
    await _push_out(slug)
    return RegisteredClient(client.id, given, secret, int(now.timestamp()))


async def _push_out(slug: str) -> None:
    """Not by a count: of members that are null the embedded store counts none."""
    unused = BadgeClient.find({"organisation": slug, "used_at": None}).sort("-created_at")
    for each in await unused.skip(BADGE_PROVIDER.unused_clients).to_list():
        await each.delete()

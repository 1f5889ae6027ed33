"""Badge platforms that the person connected: where they are, and the tokens for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from passport.clock import format_datetime, parse_datetime
from passport.oauth.token_response import TokenResponse
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors_badge_services import UnknownPlatform


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    id: str
    """The wallet's own name for it."""
    base: str
    title: str
    """As it calls itself; nobody vouches for it."""
    client_id: str
    client_secret: str | None = field(repr=False)
    refresh_url: str
    revocation_url: str | None
    scope: tuple[str, ...]
    since: datetime
    access_token: str = field(repr=False)
    access_until: datetime
    refresh_token: str | None = field(repr=False)

    def with_tokens(self, response: TokenResponse, now: datetime) -> "Platform":
        """The same with newer tokens; a scope that the server leaves out has not changed (RFC 6749, 5.1).

        It may give less than the person agreed to, and never more: what it adds is as if it were not there.
        """
        given = tuple(word for word in self.scope if word in response.scope)
        return replace(
            self,
            scope=given if response.scope else self.scope,
            access_token=response.access_token,
            access_until=now + timedelta(seconds=response.expires_in),
            refresh_token=response.refresh_token or self.refresh_token,
        )


def keep_platform(wallet: Wallet, platform: Platform) -> None:
    """Raises VaultNotSaved."""
    written: dict[str, Any] = {
        name: getattr(platform, name) for name in Platform.__slots__ if name not in {"id", "scope"}
    }
    written |= {name: format_datetime(written[name]) for name in ("since", "access_until")}
    wallet.save({(Kind.PLATFORM, platform.id): as_json({**written, "scope": list(platform.scope)})})


def platforms(wallet: Wallet) -> tuple[Platform, ...]:
    """Those that are connected, the first one first."""
    found = [_read(each, data) for each, data in wallet.vault.of_kind(Kind.PLATFORM).items()]
    return tuple(sorted(found, key=lambda each: (each.since, each.id)))


def platform(wallet: Wallet, identifier: str) -> Platform:
    """Raises UnknownPlatform."""
    data = wallet.vault.of_kind(Kind.PLATFORM).get(identifier)
    if data is None:
        raise UnknownPlatform
    return _read(identifier, data)


def forget_platform(wallet: Wallet, identifier: str) -> None:
    """Forget its tokens for good."""
    wallet.erase(frozenset({(Kind.PLATFORM, identifier)}))


def _read(identifier: str, data: bytes) -> Platform:
    kept: Mapping[str, Any] = json.loads(data)
    moments = {name: parse_datetime(kept[name]) for name in ("since", "access_until")}
    return Platform(id=identifier, **{**kept, **moments, "scope": tuple(kept["scope"])})

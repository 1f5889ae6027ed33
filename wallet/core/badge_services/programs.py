"""Programs on this machine that the person lets in: what each may do, and what of the wallet it may read."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from passport.clock import format_datetime, parse_datetime
from passport.encoding import base64url_encode
from passport.errors.oauth import InvalidAccessToken, InvalidClient, InvalidGrant
from passport.open_badges_api.scopes import BadgeScope
from wallet.core import limits
from wallet.core.ports import Random
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors_badge_services import UnknownProgram

_SECRET = 32
_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """`id` is the client_id. Tokens and secrets are here as digests alone."""

    id: str
    name: str
    """As it calls itself; nobody vouches for it."""
    redirect_uris: tuple[str, ...]
    secret: str | None = field(repr=False)
    scope: tuple[str, ...]
    shared: tuple[str, ...] = ()
    """The credentials that it may read."""
    since: datetime
    access: str = field(default="", repr=False)
    access_until: datetime
    refresh_key: str | None = field(default=None, repr=False)
    """What its refresh tokens are sealed with; None: it gets none."""
    number: int = 0
    """Of the one refresh token that is good."""

    def may(self, scope: BadgeScope) -> bool:
        return scope in self.scope

    def check_secret(self, given: str | None) -> None:
        """Raises InvalidClient."""
        if (self.secret is None) != (given is None):
            raise InvalidClient
        if given is not None and not hmac.compare_digest(digest(given), self.secret or ""):
            raise InvalidClient


@dataclass(frozen=True, slots=True)
class Tokens:
    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def renewed(program: Program, random: Random, now: datetime) -> tuple[Program, Tokens]:
    """The program with new tokens; those before are no good any more."""
    access = f"{program.id}.{base64url_encode(random(_SECRET))}"
    number = program.number + 1
    changed = replace(
        program,
        access=digest(access),
        access_until=now + timedelta(seconds=limits.PROGRAM_TOKEN),
        number=number,
    )
    refresh = None if program.refresh_key is None else _refresh_token(program, number)
    return changed, Tokens(access, refresh)


def program_of_access(wallet: Wallet, token: str) -> Program:
    """The program that an access token was given to. Raises InvalidAccessToken."""
    found = _known(wallet, token.partition(".")[0])
    if found is None or not hmac.compare_digest(found.access, digest(token)):
        raise InvalidAccessToken
    if found.access_until <= wallet.now():
        raise InvalidAccessToken
    return found


def program_of_refresh(wallet: Wallet, token: str) -> tuple[Program, bool]:
    """The program that a refresh token was given to, and whether it is the one that is good.

    Raises:
        InvalidGrant: we did not make it.
    """
    parts = token.split(".")
    found = _known(wallet, parts[0])
    if found is None or found.refresh_key is None or len(parts) != _PARTS:
        raise InvalidGrant
    if not token.isascii() or not parts[1].isdigit():  # "²" is a digit, and no number
        raise InvalidGrant
    number = int(parts[1][:9])
    if not hmac.compare_digest(token, _refresh_token(found, number)):
        raise InvalidGrant
    return found, number == found.number


def keep_program(wallet: Wallet, program: Program) -> None:
    """Raises VaultNotSaved."""
    wallet.save(program_record(program))


def program_record(program: Program) -> Mapping[tuple[str, str], bytes]:
    written: dict[str, Any] = {name: getattr(program, name) for name in Program.__slots__ if name != "id"}
    written |= {name: format_datetime(written[name]) for name in ("since", "access_until")}
    written |= {name: list(written[name]) for name in ("redirect_uris", "scope", "shared")}
    return {(Kind.PROGRAM, program.id): as_json(written)}


def programs(wallet: Wallet) -> tuple[Program, ...]:
    """Those that are let in, the first one first."""
    found = [_read(each, data) for each, data in wallet.vault.of_kind(Kind.PROGRAM).items()]
    return tuple(sorted(found, key=lambda each: (each.since, each.id)))


def program(wallet: Wallet, client_id: str) -> Program:
    """Raises UnknownProgram."""
    found = _known(wallet, client_id)
    if found is None:
        raise UnknownProgram
    return found


def end_program(wallet: Wallet, client_id: str) -> None:
    """Take everything back that it was allowed."""
    wallet.save(remove=frozenset({(Kind.PROGRAM, client_id)}))


def _known(wallet: Wallet, client_id: str) -> Program | None:
    data = wallet.vault.of_kind(Kind.PROGRAM).get(client_id)
    return None if data is None else _read(client_id, data)


def _read(client_id: str, data: bytes) -> Program:
    kept: Mapping[str, Any] = json.loads(data)
    moments = {name: parse_datetime(kept[name]) for name in ("since", "access_until")}
    lists = {name: tuple(kept[name]) for name in ("redirect_uris", "scope", "shared")}
    return Program(id=client_id, **{**kept, **moments, **lists})


def _refresh_token(program: Program, number: int) -> str:
    assert program.refresh_key is not None
    sealed = hmac.digest(program.refresh_key.encode(), f"{program.id}.{number}".encode(), "sha256")
    return f"{program.id}.{number}.{base64url_encode(sealed)}"

"""Who asks: API keys of accounts, and the bootstrap secret of the service."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from issuer.errors import RoleNotEnough, WrongApiKey, WrongBootstrapSecret
from issuer.identifiers import check_idempotency_key
from issuer.organisations.accounts import may
from issuer.organisations.records import Account, Role
from issuer.service import Service


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _bearer(request: Request) -> str:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else ""


def _needs(role: Role) -> Callable[[Request], Awaitable[Account]]:
    async def account(request: Request) -> Account:
        key = _bearer(request)
        if not key:
            raise WrongApiKey
        found = await service_of(request).api_keys.check(key)
        if not may(found.role, role):
            raise RoleNotEnough
        return found

    return account


async def _bootstrap(request: Request) -> None:
    given = _bearer(request).encode("utf-8", "surrogatepass")
    if not given or not hmac.compare_digest(given, service_of(request).bootstrap):
        raise WrongBootstrapSecret


def _idempotency_key(
    idempotency_key: Annotated[
        str | None,
        Header(description="Makes a retry safe: the same key and request give the same answer again."),
    ] = None,
) -> str | None:
    return check_idempotency_key(idempotency_key)


ServiceOf = Annotated[Service, Depends(service_of)]
Reader = Annotated[Account, Depends(_needs(Role.READER))]
Issuer = Annotated[Account, Depends(_needs(Role.ISSUER))]
Owner = Annotated[Account, Depends(_needs(Role.OWNER))]
IdempotencyKey = Annotated[str | None, Depends(_idempotency_key)]
bootstrap = Depends(_bootstrap)

"""Who asks: API keys of accounts, and the bootstrap secret of the service."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from issuer.errors import RoleNotEnough, WrongApiKey, WrongBootstrapSecret
from issuer.identifiers import check_idempotency_key
from issuer.organisations.accounts import account_of, may
from issuer.organisations.records import Account, Role
from issuer.service import Service
from passport.errors import NotAuthenticated
from passport.web.api_keys import bearer, check_secret


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _needs(role: Role) -> Callable[[Request], Awaitable[Account]]:
    async def account(request: Request) -> Account:
        try:
            key = bearer(request)
        except NotAuthenticated:
            raise WrongApiKey from None
        found = await account_of(service_of(request).api_keys, key)
        if not may(found.role, role):
            raise RoleNotEnough
        return found

    return account


async def _bootstrap(request: Request) -> None:
    try:
        check_secret(bearer(request), service_of(request).bootstrap)
    except NotAuthenticated:
        raise WrongBootstrapSecret from None


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

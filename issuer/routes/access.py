"""Who asks: API keys of accounts, and the bootstrap secret of the service."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from issuer.errors import RoleNotEnough, WrongApiKey, WrongBootstrapSecret
from issuer.organisations.accounts import account_of, may
from issuer.organisations.last_used import note_use
from issuer.organisations.records import Account, Role
from issuer.service import Service
from passport.errors import NotAuthenticated
from passport.web.api_keys import bearer, check_secret
from passport.web.idempotency import KeyHeader, idempotent, parse_idempotency_key
from passport.web.openapi import needs


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
        await note_use(found, service_of(request).clock())
        return found

    return needs("apiKey", account)


async def _bootstrap(request: Request) -> None:
    try:
        check_secret(bearer(request), service_of(request).bootstrap)
    except NotAuthenticated:
        raise WrongBootstrapSecret from None


def _idempotency_key(idempotency_key: KeyHeader = None) -> str | None:
    return parse_idempotency_key(idempotency_key)


ServiceOf = Annotated[Service, Depends(service_of)]
_AS = {role: _needs(role) for role in Role}
Reader = Annotated[Account, Depends(_AS[Role.READER])]
Issuer = Annotated[Account, Depends(_AS[Role.ISSUER])]
Owner = Annotated[Account, Depends(_AS[Role.OWNER])]
IdempotencyKey = Annotated[str | None, Depends(_idempotency_key)]
bootstrap = Depends(needs("bootstrapSecret", _bootstrap))


async def _of_operator(_checked: Annotated[None, bootstrap]) -> str:
    return "operator"


def _of(role: Role) -> Callable[[Account], Awaitable[str]]:
    async def organisation(account: Annotated[Account, Depends(_AS[role])]) -> str:
        return f"organisation {account.organisation}"

    return organisation


once_as_operator = idempotent(_of_operator)
"""In `dependencies` of a route that is an IdempotentRoute: done once for an Idempotency-Key."""
once_as_owner = idempotent(_of(Role.OWNER))
once_as_issuer = idempotent(_of(Role.ISSUER))

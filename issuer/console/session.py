"""Who is signed in at the console.

The cookie is strict, so that no other site's form carries it, and every form checks where it was sent from as
well (passport.web.forms). The store knows what it holds by its digest alone: see issuer.sign_in.sessions.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from issuer.errors import RoleNotEnough
from issuer.limits import SESSION_SECONDS
from issuer.organisations.accounts import may
from issuer.organisations.records import Account, Role
from issuer.routes.access import service_of
from issuer.service import Service
from issuer.sign_in import sessions
from issuer.sign_in.errors import SignInAgain
from issuer.sign_in.limits import SIGN_IN
from issuer.sign_in.records import ConsoleSession, Way


def cookie_name(service: Service) -> str:
    """With the __Host- prefix browsers hold it to this host and to https."""
    return "__Host-console" if service.settings.web().secure else "console"


async def open_session(
    request: Request, service: Service, account: Account, way: Way, response: Response
) -> None:
    """A new session; the one that this browser had before ends."""
    await sessions.end(request.cookies.get(cookie_name(service), ""))
    response.set_cookie(
        cookie_name(service),
        await sessions.begin(account, way, service.clock()),
        max_age=SESSION_SECONDS,
        secure=service.settings.web().secure,
        httponly=True,
        samesite="strict",
        path="/",
    )


async def close_session(request: Request, service: Service, response: Response) -> None:
    await sessions.end(request.cookies.get(cookie_name(service), ""))
    response.delete_cookie(
        cookie_name(service),
        secure=service.settings.web().secure,
        httponly=True,
        samesite="strict",
        path="/",
    )


async def session_of(request: Request) -> tuple[ConsoleSession, Account]:
    """The session of this browser; raises NotSignedIn."""
    service = service_of(request)
    cookie = request.cookies.get(cookie_name(service), "")
    session, account = await sessions.find(cookie, service.clock())
    request.state.manages = may(account.role, Role.OWNER)
    return session, account


async def signed_in(request: Request) -> Account:
    """The account of the session; raises NotSignedIn."""
    _, account = await session_of(request)
    return account


async def _freshly_signed_in(request: Request) -> tuple[ConsoleSession, Account]:
    session, account = await session_of(request)
    if session.opened_at + timedelta(seconds=SIGN_IN.fresh) <= service_of(request).clock():
        raise SignInAgain
    return session, account


async def _owner_freshly_signed_in(request: Request) -> Account:
    _, account = await _freshly_signed_in(request)
    if not may(account.role, Role.OWNER):
        raise RoleNotEnough
    return account


async def _issuer_signed_in(request: Request) -> Account:
    account = await signed_in(request)
    if not may(account.role, Role.ISSUER):
        raise RoleNotEnough
    return account


async def _owner_signed_in(request: Request) -> Account:
    account = await signed_in(request)
    if not may(account.role, Role.OWNER):
        raise RoleNotEnough
    return account


SignedIn = Annotated[Account, Depends(signed_in)]
OwnSession = Annotated[tuple[ConsoleSession, Account], Depends(session_of)]
FreshSession = Annotated[tuple[ConsoleSession, Account], Depends(_freshly_signed_in)]
IssuerSignedIn = Annotated[Account, Depends(_issuer_signed_in)]
OwnerSignedIn = Annotated[Account, Depends(_owner_signed_in)]
FreshOwner = Annotated[Account, Depends(_owner_freshly_signed_in)]
"""For whatever lets somebody in: a way in for oneself is among it, whichever account it is for."""

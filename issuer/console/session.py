"""Who is signed in at the console: a sealed cookie, made from an API key and good for a working day.

The cookie is strict, so that no other site's form carries it, and every form checks where it was sent from as
well (passport.web.forms). A new API key or a switched-off account ends every session at once.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from issuer.errors import RoleNotEnough, WrongApiKey
from issuer.limits import SESSION_SECONDS
from issuer.organisations.accounts import may
from issuer.organisations.records import Account, Role
from issuer.routes.access import service_of
from issuer.service import Service
from passport.encoding import base64url_decode, base64url_encode
from passport.errors import PassportError
from passport.json import dump, parse_object

_PURPOSE = "session"
_LENGTH = 1_024


def cookie_name(service: Service) -> str:
    """With the __Host- prefix browsers hold it to this host and to https."""
    return "__Host-console" if service.settings.web().secure else "console"


def open_session(service: Service, account: Account, response: Response) -> None:
    until = service.clock() + timedelta(seconds=SESSION_SECONDS)
    content = dump({"account": account.id, "until": int(until.timestamp()), "key": _fingerprint(account)})
    response.set_cookie(
        cookie_name(service),
        base64url_encode(service.master.seal(content, purpose=_PURPOSE, bound_to=())),
        max_age=SESSION_SECONDS,
        secure=service.settings.web().secure,
        httponly=True,
        samesite="strict",
        path="/",
    )


def close_session(service: Service, response: Response) -> None:
    response.delete_cookie(
        cookie_name(service),
        secure=service.settings.web().secure,
        httponly=True,
        samesite="strict",
        path="/",
    )


async def signed_in(request: Request) -> Account:
    """The account of the session; raises WrongApiKey."""
    service = service_of(request)
    cookie = request.cookies.get(cookie_name(service), "")
    try:
        sealed = base64url_decode(cookie, _LENGTH)
        content = parse_object(service.master.open(sealed, purpose=_PURPOSE, bound_to=()))
    except PassportError:
        raise WrongApiKey from None
    if content["until"] <= service.clock().timestamp():
        raise WrongApiKey
    account = await Account.get(content["account"])
    if account is None or account.disabled_at is not None:
        raise WrongApiKey
    if not hmac.compare_digest(content["key"], _fingerprint(account)):
        raise WrongApiKey
    request.state.manages = may(account.role, Role.OWNER)
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


def _fingerprint(account: Account) -> str:
    return hashlib.sha256(account.key_hash.encode()).hexdigest()[:32]


SignedIn = Annotated[Account, Depends(signed_in)]
IssuerSignedIn = Annotated[Account, Depends(_issuer_signed_in)]
OwnerSignedIn = Annotated[Account, Depends(_owner_signed_in)]

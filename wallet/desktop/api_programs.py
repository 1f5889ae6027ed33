"""The wallet as a host of badges, for programs on this machine (Open Badges 3.0, sections 6 and 7).

Nothing here goes by the wallet's cookie: a program brings a token that the person let it have. A page of the
web can't come in: its browser says where it is from, and no answer allows another origin to read it. What a
program asks does not count as use of the wallet, so it locks by itself as ever; locked it answers 503.
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from passport.errors import Invalid, PassportError
from passport.errors.oauth import (
    InvalidAccessToken,
    InvalidClientMetadata,
    InvalidTokenRequest,
    OAuthError,
)
from passport.json import JsonObject
from passport.oauth.authorization_header import parse_authorization_header
from passport.oauth.error_response import error_response
from passport.oauth.members import once, read_members, text
from passport.oauth.token_request import parse_token_request
from passport.oauth.token_response import TokenType
from passport.open_badges_api.paging import paging_headers, parse_page
from passport.open_badges_api.paths import CREDENTIALS, ROOT
from passport.open_badges_api.profile import profile
from passport.open_badges_api.scopes import BadgeScope
from passport.open_badges_api.service_description import ServiceDescription
from passport.open_badges_api.status_info import status_info
from passport.web.body import DOCUMENT, check_media_type
from passport.web.imsx_errors import not_offered, refused
from wallet.core.badge_services.programs import Program, program_of_access
from wallet.core.wallet import Wallet
from wallet.desk.letting_in import SCOPES, redeem, register, revoke
from wallet.desk.serving_programs import check_scope, shared_page, upsert
from wallet.desktop.api import desk_of
from wallet.desktop.session import check_host, from_script_or_page
from wallet.errors import WalletLocked

_this_machine = [Depends(check_host), Depends(from_script_or_page)]
router = APIRouter(prefix=ROOT, tags=["badges"], dependencies=_this_machine)
P = ParamSpec("P")
_FORM = "application/x-www-form-urlencoded"
_TOKEN = "text/plain"  # noqa: S105 - a media type
_TOKEN_LENGTH = 4_096
_NO_STORE = {"Cache-Control": "no-store"}
_LOCKED, _CREATED, _OK, _WAITS, _HERE = 503, 201, 200, 202, 304
_RETRY = "30"
"""Seconds: a person looks at it, and not at once."""


async def _body_of(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body_of)]


def _imsx(route: Callable[P, Any]) -> Callable[P, Any]:
    @wraps(route)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return route(*args, **kwargs)
        except WalletLocked as error:
            return refused(error, status=_LOCKED)
        except PassportError as error:
            return refused(error)

    return wrapped


def _oauth(otherwise: type[OAuthError]) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    def decorate(route: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(route)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                return route(*args, **kwargs)
            except WalletLocked as error:
                return refused(error, status=_LOCKED)
            except Invalid as error:
                said = error if isinstance(error, OAuthError) else otherwise()
                return JSONResponse(error_response(said), status_code=400, headers=_NO_STORE)

        return wrapped

    return decorate


@router.get("/discovery", operation_id="getServiceDescription")
def discovery(request: Request) -> JsonObject:
    """The Service Description Document (section 6.3)."""
    base = desk_of(request).base
    root = f"{base}{ROOT}"
    described = ServiceDescription(
        title="Skills passport wallet",
        registration_url=f"{root}/register",
        authorization_url=f"{root}/authorize",
        token_url=f"{root}/token",
        refresh_url=f"{root}/token",
        revocation_url=f"{root}/revoke",
        scopes=SCOPES,
        terms_of_service=f"{base}/programs",
        privacy_policy=f"{base}/programs",
    )
    return described.to_json(base)


@router.post("/register", status_code=201)
@_oauth(InvalidClientMetadata)
def post_register(request: Request, body: Body) -> Response:
    """Register a program of this machine (RFC 7591); the person answers later."""
    check_media_type(request, ("application/json",))
    registered = register(desk_of(request), body)
    return JSONResponse(registered.to_json(), status_code=_CREATED, headers=_NO_STORE)


@router.post("/token")
@_oauth(InvalidTokenRequest)
def post_token(request: Request, body: Body) -> Response:
    """Exchange a code or a refresh token for an access token (sections 7.1.2.3 and 7.2)."""
    check_media_type(request, (_FORM,))
    desk = desk_of(request)
    asked = parse_token_request(read_members(body, otherwise=InvalidTokenRequest))
    with desk.wallet() as wallet:
        given = redeem(desk, wallet, request.headers.get("authorization"), asked)
    return JSONResponse(given.to_json(), headers=_NO_STORE)


@router.post("/revoke")
@_oauth(InvalidTokenRequest)
def post_revoke(request: Request, body: Body) -> Response:
    """The program ends its own permission (section 7.3; RFC 7009)."""
    check_media_type(request, (_FORM,))
    members = read_members(body, otherwise=InvalidTokenRequest)
    form = once(members, ("token", "token_type_hint", "client_id"), otherwise=InvalidTokenRequest)
    token = text(form, "token", otherwise=InvalidTokenRequest, most=_TOKEN_LENGTH)
    with desk_of(request).wallet() as wallet:
        revoke(wallet, request.headers.get("authorization"), form.get("client_id"), token)
    return Response(headers=_NO_STORE)


@router.get("/credentials", operation_id="getCredentials")
@_imsx
def get_credentials(request: Request) -> Response:
    """A page of the credentials that the person shares with this program (section 6.2.2)."""
    with desk_of(request).wallet() as wallet:
        one = _program(request, wallet, BadgeScope.CREDENTIAL_READONLY)
        page = parse_page(request.query_params)
        total, listed = shared_page(wallet, one, page)
    headers = paging_headers(f"{desk_of(request).base}{CREDENTIALS}", page, total)
    return JSONResponse(listed.to_json(), headers=headers | _NO_STORE)


@router.post("/credentials", operation_id="upsertCredential")
@_imsx
def post_credentials(request: Request, body: Body) -> Response:
    """Send a badge. 202: the person has not answered yet; send it again to hear what became of it.

    201 and 200 bring the badge back, as it was sent: it is kept. 304: it was here. 403: not wanted.
    """
    desk = desk_of(request)
    with desk.wallet() as wallet:
        one = _program(request, wallet, BadgeScope.CREDENTIAL_UPSERT)
    check_media_type(request, (*DOCUMENT, _TOKEN))
    done = upsert(desk, one, body.strip())
    if done.status == _HERE:
        return Response(status_code=_HERE, headers=_NO_STORE)
    if done.status == _WAITS:
        said = status_info(_WAITS, "The person is asked. Send the same again to hear the answer.")
        headers = _NO_STORE | {"Retry-After": _RETRY}
        return JSONResponse(said.to_json(), status_code=_WAITS, headers=headers)
    media_type = "application/json" if body.strip()[:1] == b"{" else _TOKEN
    return Response(body, status_code=done.status, media_type=media_type, headers=_NO_STORE)


@router.get("/profile", operation_id="getProfile")
@_imsx
def get_profile(request: Request) -> Response:
    """Whose wallet this is: its identifier, and nothing that nobody proved (section 6.2.4)."""
    with desk_of(request).wallet() as wallet:
        _program(request, wallet, BadgeScope.PROFILE_READONLY)
        return JSONResponse(profile(wallet.did), headers=_NO_STORE)


@router.put("/profile", operation_id="putProfile", include_in_schema=False)
def put_profile() -> Response:
    """Nobody but the person changes who they are."""
    return not_offered("GET")


def _program(request: Request, wallet: Wallet, scope: BadgeScope) -> Program:
    shown = parse_authorization_header(request.headers.get("authorization"))
    if shown.token_type is not TokenType.BEARER:
        raise InvalidAccessToken
    found = program_of_access(wallet, shown.access_token)
    check_scope(found, scope)
    return found

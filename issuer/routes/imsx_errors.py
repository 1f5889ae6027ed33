"""Refusals of the Open Badges API as Imsx_StatusInfo (Open Badges 3.0, sections 6.2 and B.3)."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

from fastapi import Response
from fastapi.responses import JSONResponse

from passport.errors import PassportError
from passport.errors.oauth import InsufficientScope, InvalidAccessToken, OAuthError
from passport.errors.open_badges_api import MalformedPaging
from passport.errors.web import MethodNotAllowed
from passport.open_badges_api.status_info import status_info
from passport.web.problems import headers_of, status_of

P = ParamSpec("P")


def imsx_errors(route: Callable[P, Awaitable[Any]]) -> Callable[P, Awaitable[Any]]:
    @wraps(route)
    async def wrapped(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return await route(*args, **kwargs)
        except PassportError as error:
            return refused(error)

    return wrapped


def refused(error: PassportError) -> Response:
    """The answer; a token that does not do says so in the header as well (RFC 6750, section 3)."""
    status, headers = int(status_of(error)), {"Cache-Control": "no-store"}
    if isinstance(error, InvalidAccessToken):
        status = 401
    elif isinstance(error, InsufficientScope):
        status = 403
    if isinstance(error, InvalidAccessToken | InsufficientScope):
        headers["WWW-Authenticate"] = f'Bearer error="{error.oauth_error}"'
    elif isinstance(error, OAuthError):
        status, headers["WWW-Authenticate"] = 401, "Bearer"
    else:
        headers |= headers_of(status_of(error))
    said = status_info(status, error.sentence, of_query=isinstance(error, MalformedPaging))
    return JSONResponse(said.to_json(), status_code=status, headers=headers)


def not_offered(allowed: str) -> Response:
    """An operation of the API that this service does not have (section B.3.2: `unsupported`)."""
    answer = refused(MethodNotAllowed())
    answer.headers["Allow"] = allowed
    return answer

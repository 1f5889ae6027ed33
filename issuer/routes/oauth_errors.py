"""Refusals of the protocol's endpoints as OAuth error responses (RFC 6749, 5.2; RFC 6750, section 3)."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

from fastapi import Response
from fastapi.responses import JSONResponse

from passport.errors import Invalid
from passport.errors.openid4vc import InvalidAccessToken, OAuthError
from passport.openid4vc import error_response

P = ParamSpec("P")
NO_STORE = {"Cache-Control": "no-store"}


def oauth_errors(
    otherwise: type[OAuthError],
) -> Callable[[Callable[P, Awaitable[Any]]], Callable[P, Awaitable[Any]]]:
    """Refuse as OAuth error responses; `otherwise` stands for whatever else is wrong with the request."""

    def decorate(route: Callable[P, Awaitable[Any]]) -> Callable[P, Awaitable[Any]]:
        @wraps(route)
        async def wrapped(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                return await route(*args, **kwargs)
            except OAuthError as error:
                return _refused(error)
            except Invalid:
                return _refused(otherwise())

        return wrapped

    return decorate


def _refused(error: OAuthError) -> Response:
    if isinstance(error, InvalidAccessToken):
        headers = {**NO_STORE, "WWW-Authenticate": 'Bearer error="invalid_token"'}
        return JSONResponse(error_response(error), status_code=401, headers=headers)
    return JSONResponse(error_response(error), status_code=400, headers=NO_STORE)

"""Refusals of the protocol's endpoints as OAuth error responses (RFC 6749, 5.2; RFC 6750, section 3)."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

from fastapi import Response
from fastapi.responses import JSONResponse

from passport.errors import Invalid, RateLimited
from passport.errors.oauth import InsufficientScope, InvalidAccessToken, OAuthError
from passport.oauth.error_response import error_response

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
            except RateLimited as error:  # RFC 9126, section 2.3
                body = {"error": "temporarily_unavailable", "error_description": error.sentence}
                return JSONResponse(body, status_code=429, headers=NO_STORE | _later(error))
            except Invalid:
                return _refused(otherwise())

        return wrapped

    return decorate


def _later(error: RateLimited) -> dict[str, str]:
    return {"Retry-After": str(error.details.get("seconds", 30))}


def _refused(error: OAuthError) -> Response:
    headers, status = dict(NO_STORE), 400
    if "nonce" in error.details:
        headers["DPoP-Nonce"] = str(error.details["nonce"])
    if isinstance(error, InsufficientScope):
        headers["WWW-Authenticate"], status = f'Bearer error="{error.oauth_error}"', 403
    elif isinstance(error, InvalidAccessToken):
        headers["WWW-Authenticate"], status = (
            f'Bearer error="{error.oauth_error}", DPoP algs="ES256 EdDSA"',
            401,
        )
    elif error.details.get("at") == "resource":
        # RFC 9449, section 7.1
        headers["WWW-Authenticate"], status = f'DPoP error="{error.oauth_error}", algs="ES256 EdDSA"', 401
    return JSONResponse(error_response(error), status_code=status, headers=headers)

"""Refusals of the Open Badges API as Imsx_StatusInfo (Open Badges 3.0, sections 6.2 and B.3)."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

from fastapi import Response
from fastapi.responses import JSONResponse

from passport.errors import PassportError
from passport.errors.oauth import InsufficientScope, InvalidAccessToken
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


def refused(error: PassportError, *, status: int | None = None) -> Response:
    """The answer; a token that does not do says so in the header as well (RFC 6750, section 3).

    `status` where it is another than the one of the error's family.
    """
    family = status_of(error)
    headers = {"Cache-Control": "no-store", **(headers_of(family) if status is None else {})}
    if isinstance(error, InvalidAccessToken | InsufficientScope):
        status = 401 if isinstance(error, InvalidAccessToken) else 403
        headers["WWW-Authenticate"] = f'Bearer error="{error.oauth_error}"'
    said = status_info(status or int(family), error.sentence, of_query=isinstance(error, MalformedPaging))
    return JSONResponse(said.to_json(), status_code=status or int(family), headers=headers)


def not_offered(allowed: str) -> Response:
    """An operation of the API that a service does not have (section B.3.2: `unsupported`)."""
    answer = refused(MethodNotAllowed())
    answer.headers["Allow"] = allowed
    return answer

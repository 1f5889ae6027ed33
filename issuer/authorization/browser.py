"""The one browser that a visit belongs to: a link to the page that somebody else opened leads nowhere.

That is what stops session fixation: who sends their own half-finished page to a learner gets nothing of it.
"""

import hmac

from fastapi import Request, Response

from issuer.authorization.errors import AnotherBrowser
from issuer.authorization.limits import AUTHORIZATION
from issuer.authorization.records import Authorization
from issuer.service import Service


def bind(service: Service, secret: str, response: Response, *, path: str) -> None:
    """Give the browser its secret, for the pages of one visit alone, which are below `path`."""
    response.set_cookie(
        _cookie(service),
        secret,
        max_age=AUTHORIZATION.visit,
        secure=service.settings.web().secure,
        httponly=True,
        samesite="lax",  # the wallet opens the page from outside
        path=path,
    )


def check_browser(service: Service, visit: Authorization, request: Request) -> None:
    """Raises AnotherBrowser."""
    given = service.master.code("browser", request.cookies.get(_cookie(service), ""))
    if visit.browser is None or not hmac.compare_digest(given, visit.browser):
        raise AnotherBrowser


def _cookie(service: Service) -> str:
    return "__Secure-authorize" if service.settings.web().secure else "authorize"

"""A view's page as a response: its language, and the choice of it remembered."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from passport.errors import PassportError
from passport.web import language_of
from passport.web.language import COOKIE
from wallet.views.rendering import Page, Renderer

_YEAR = 31_536_000


def renderer_of(request: Request) -> Renderer:
    renderer: Renderer = request.app.state.renderer
    return renderer


def sentence(request: Request, error: PassportError) -> str:
    """What a person reads when something is refused."""
    return renderer_of(request).error(error, language_of(request))


def html(page: Page, request: Request) -> HTMLResponse:
    language = language_of(request)
    response = HTMLResponse(
        page.html, page.status, headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    )
    minutes = request.app.state.desk.lock_minutes
    if minutes:  # the page goes when the wallet locks: what it shows goes with it
        response.headers["Refresh"] = f"{minutes * 60 + 1}; url=/idle"
    if request.query_params.get("lang") == language:
        response.set_cookie(COOKIE, language, max_age=_YEAR, samesite="lax", httponly=True)
    return response

"""The wallet's pages under FastAPI: each route with the guards of this host, in the order of its router."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from passport.web import language_of
from passport.web.language import COOKIE
from wallet.desktop.session import check_host, our_form, ours, ours_unused
from wallet.pages.answer import Answer
from wallet.pages.routing import Guard, Route, Router
from wallet.pages.visit import Upload, Visit

_YEAR = 31_536_000
_GUARDS: Mapping[tuple[str, Guard], list[Any]] = {
    ("GET", Guard.PERSON): ours,
    ("POST", Guard.PERSON): our_form,
    ("GET", Guard.PAGE_ITSELF): ours_unused,
    ("GET", Guard.ELSEWHERE): [Depends(check_host)],
}


def mount(router: Router) -> APIRouter:
    """The routes of a router, guarded."""
    made = APIRouter(include_in_schema=False)
    for route in router.routes:
        made.add_api_route(
            route.template,
            _endpoint(route),
            methods=[route.method],
            name=route.handler.__name__,
            dependencies=_GUARDS[route.method, route.guard],
        )
    return made


def _endpoint(route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if route.method == "GET":
            return sent(request, await run_in_threadpool(route.answer, visit_of(request)))
        async with request.form() as form:
            given = [(name, value) for name, value in form.multi_items()]
            return sent(request, await run_in_threadpool(_answer, route, request, given))

    return endpoint


def _answer(route: Route, request: Request, form: list[tuple[str, str | UploadFile]]) -> Answer:
    return route.answer(visit_of(request, [(name, _value(each)) for name, each in form]))


def _value(given: str | UploadFile) -> str | Upload:
    """Read beside the event loop; the limit on the body bounds all files together."""
    return given if isinstance(given, str) else Upload(given.filename or "", given.file.read())


def visit_of(request: Request, form: list[tuple[str, str | Upload]] | None = None) -> Visit:
    """A request as the pages know it."""
    return Visit(
        method=request.method,
        url=_address(request),
        form=form or (),
        language=language_of(request),
        desk=request.app.state.desk,
        renderer=request.app.state.renderer,
    )


def _address(request: Request) -> str:
    """The whole address; a part of its path that reads as another part of an address is written so again."""
    query = request.scope["query_string"].decode("latin-1")
    place = f"{request.url.scheme}://{request.url.netloc}{quote(request.scope['path'])}"
    return f"{place}?{query}" if query else place


def sent(request: Request, answer: Answer) -> Response:
    """An answer over HTTP; the choice of a language is remembered with its page."""
    response = Response(answer.body, answer.status, dict(answer.headers), answer.media_type or None)
    if answer.html and request.query_params.get("lang") == answer.headers.get("Content-Language"):
        response.set_cookie(COOKIE, language_of(request), max_age=_YEAR, samesite="lax", httponly=True)
    return response

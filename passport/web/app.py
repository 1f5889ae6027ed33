"""The application that every service starts from."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Lifespan

from passport.errors import Invalid, NotAllowed, NotAuthenticated, NotFound, PassportError, TooLarge
from passport.errors.web import InternalError, MalformedRequest, MethodNotAllowed, UnsupportedMediaType
from passport.web import static
from passport.web.guard import Guard
from passport.web.kept_form import KeptForm, kept_form
from passport.web.language import language_of
from passport.web.openapi import describe
from passport.web.operations import operation_id
from passport.web.pages import Pages
from passport.web.problems import MEDIA_TYPE, headers_of, problem, sentence_of, status_of
from passport.web.refused_page import for_a_person, page_again
from passport.web.settings import WebSettings

SignInPlace = Callable[[str], str | None]
Health = Callable[[FastAPI], Awaitable[None]]

_HTTP_ERRORS: Mapping[int, type[PassportError]] = {
    400: MalformedRequest,
    401: NotAuthenticated,
    403: NotAllowed,
    404: NotFound,
    405: MethodNotAllowed,
    413: TooLarge,
    415: UnsupportedMediaType,
}


def _nowhere(_: str) -> str | None:
    return None


def create_app(
    *,
    title: str,
    version: str,
    settings: WebSettings,
    pages: Pages | None = None,
    lifespan: Lifespan[FastAPI] | None = None,
    failures: Mapping[type[Exception], type[PassportError]] | None = None,
    health: Health | None = None,
    about: str | None = None,
    sign_in: SignInPlace = _nowhere,
    forms_again: bool = False,
) -> FastAPI:
    """A FastAPI application that refuses in problem documents, or in pages for browsers.

    Args:
        title: the service's name in its OpenAPI document.
        version: its version there.
        settings: its place on the web, and how much a request may bring.
        lifespan: opens and closes what it works with.
        pages: the service's own pages; its catalogue also knows the service's own errors.
        failures: what libraries raise, as errors of ours: `passport.storage.FAILURES`.
        health: called by GET /healthz; raises Indeterminate when the service can't work.
        about: what whoever finds this service must know; GET /healthz says it.
        sign_in: for a path, where somebody signs in who fills in the form that is sent there: they see what
            they typed with its refusal. None: this form is not shown again.
        forms_again: a refused form is shown on its own page again, with the refusal beside the field.
    """
    app = FastAPI(
        title=title,
        version=version,
        lifespan=lifespan,
        docs_url=None,  # the interactive pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        separate_input_output_schemas=False,
        generate_unique_id_function=operation_id,
    )
    shown = pages or Pages()
    refuse = _Refusal(shown, sign_in, forms_again=forms_again)
    app.state.pages = shown
    app.add_middleware(Guard, settings=settings, refuse=refuse)
    _add_handlers(app, refuse, failures or {})
    static.add(app)
    _add_health(app, health, about)
    describe(app, settings.origin)
    return app


class _Refusal:
    """An error as a response: a page where a browser asks for one, else a problem document."""

    def __init__(self, pages: Pages, sign_in: SignInPlace, *, forms_again: bool) -> None:
        self._pages, self._sign_in, self._forms_again = pages, sign_in, forms_again

    async def with_form(self, request: Request, error: PassportError) -> Response:
        """As the call; to a person who filled in a form, with what they typed."""
        if not for_a_person(request):
            return self(request, error)
        if self._forms_again:
            again = await page_again(request, error, self._pages.catalogue)
            if again is not None:
                return again
        if self._sign_in(request.url.path) is None:
            return self(request, error)
        return self(request, error, await kept_form(request, int(status_of(error))))

    def __call__(self, request: Request, error: PassportError, kept: KeptForm | None = None) -> Response:
        status = status_of(error)
        request_id = str(request.scope.get("state", {}).get("request_id", ""))
        language = language_of(request)
        response: Response
        if for_a_person(request):
            response = self._pages.respond(
                request,
                "problem.html",
                status=status,
                sentence=sentence_of(error, language, self._pages.catalogue),
                problem_status=int(status),
                way_on=error.way_on,
                request_id=request_id,
                kept=kept,
                sign_in=self._sign_in(request.url.path),
            )
        else:
            response = JSONResponse(
                problem(error, language, request_id, self._pages.catalogue),
                status_code=status,
                media_type=MEDIA_TYPE,
                headers={"Content-Language": language},
            )
        response.headers.update(headers_of(status))
        return response


def _add_handlers(
    app: FastAPI, refuse: _Refusal, failures: Mapping[type[Exception], type[PassportError]]
) -> None:
    async def ours(request: Request, error: Exception) -> Response:
        return await refuse.with_form(request, error if isinstance(error, PassportError) else InternalError())

    async def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return await refuse.with_form(request, _malformed(error))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kind = _HTTP_ERRORS.get(error.status_code, Invalid if error.status_code < 500 else InternalError)  # noqa: PLR2004
        response = refuse(request, kind())
        response.headers.update({k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"})
        return response

    app.add_exception_handler(PassportError, ours)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http)
    for kind, becomes in failures.items():

        async def theirs(
            request: Request, _error: Exception, becomes: type[PassportError] = becomes
        ) -> Response:
            return await refuse.with_form(request, becomes())

        app.add_exception_handler(kind, theirs)


def _malformed(error: RequestValidationError) -> MalformedRequest:
    """Where and which rule, without the input: `loc` starts with our own names, deeper may be theirs."""
    first: Any = next(iter(error.errors()), {"type": "unknown", "loc": ()})
    location = first["loc"][: 1 if first["type"] == "extra_forbidden" else 2]
    return MalformedRequest(field="/".join(str(step) for step in location), rule=str(first["type"]))


def _add_health(app: FastAPI, health: Health | None, about: str | None) -> None:
    @app.get("/healthz", tags=["service"], summary="Whether this service can work")
    async def healthz() -> dict[str, str]:
        if health is not None:
            await health(app)
        return {"status": "ok"} if about is None else {"status": "ok", "about": about}

"""The verifier's application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI

from matching.called_in_list import skill_called
from passport.clock import Clock, utc_now
from passport.storage import FAILURES
from passport.texts import Catalogue
from passport.web import Pages, create_app
from passport.web.cross_origin import CrossOrigin
from passport.web.shared_routes import shared_routes
from verifier import static
from verifier.routes import (
    api,
    bulk,
    file_checks,
    history,
    hr,
    openid4vp,
    openid4vp_pages,
    pages,
    profile_form,
    profiles,
    public,
    scan,
    vc_api,
    webhooks,
)
from verifier.routes.cross_origin import FOR_WALLETS
from verifier.service import opened
from verifier.settings import Settings

VERSION = "0.1.0"
ROUTES = shared_routes(
    public.router,
    api.router,
    file_checks.router,
    bulk.router,
    vc_api.router,
    webhooks.router,
    hr.router,
    profile_form.router,
    profiles.router,
    scan.router,
    history.router,
    pages.router,
    webhooks.pages,
    openid4vp.public,
    openid4vp.api,
    openid4vp_pages.router,
)


def create(settings: Settings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """The verifier as an ASGI application; it opens its store when it starts."""
    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened(chosen, clock) as verifier:
            app.state.verifier = verifier
            app.state.answers, app.state.webhooks = verifier.answers, verifier.webhooks
            yield

    shown = Pages(
        "verifier",
        Catalogue(files("verifier.texts")),
        brand="verifier",
        navigation={"/": "nav-ask", "/check": "nav-check", "/reports": "nav-reports", "/trust": "nav-trust"},
        always={"sheet": static.sheet_path(), "skill_called": skill_called},
        zone=chosen.zone,
    )
    app = create_app(
        title="Skills passport: verifier",
        version=VERSION,
        settings=chosen.web(),
        pages=shown,
        lifespan=lifespan,
        failures=FAILURES,
        health=_health,
        sign_in=lambda _: "/",
        forms_again=True,
    )
    app.state.settings = chosen
    app.add_middleware(CrossOrigin, paths=FOR_WALLETS)
    static.add(app)
    app.router.routes.extend(ROUTES)
    return app


async def _health(app: FastAPI) -> None:
    await app.state.verifier.connection.check()

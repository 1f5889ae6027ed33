"""The desktop host: FastAPI on loopback, the wallet's pages and its JSON interface."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from passport.web import Pages, WebSettings, create_app
from passport.web.shared_routes import shared_routes
from passport.web.static import script_path, stylesheet_path
from wallet.core import limits
from wallet.desktop import (
    api,
    api_advice,
    api_checkup,
    api_claims,
    api_diplomas,
    api_files,
    api_intake,
    api_intake_texts,
    api_market,
    api_match,
    api_offers,
    api_openid4vp,
    api_plan,
    api_programs,
    api_requests,
    api_session,
    api_sets,
    api_taxonomy,
    opening_page,
)
from wallet.desktop.desk import Desk
from wallet.desktop.mounting import mount
from wallet.desktop.own_time import own_time
from wallet.desktop.settings import WalletSettings
from wallet.pages.table import ROUTERS
from wallet.views.rendering import NAVIGATION, Renderer

VERSION = "0.1.0"
ROUTES = shared_routes(
    api_session.router,
    api.router,
    api_offers.router,
    api_requests.router,
    opening_page.router,
    api_diplomas.router,
    api_files.router,
    api_claims.router,
    api_intake.router,
    api_intake_texts.router,
    api_advice.router,
    api_openid4vp.router,
    api_checkup.router,
    api_market.router,
    api_sets.router,
    api_match.router,
    api_taxonomy.router,
    api_plan.router,
    api_programs.router,
    *map(mount, ROUTERS),
)
_LOOK_EVERY = 5
"""Seconds between two looks at whether anybody still uses the wallet."""
_UPLOADS = (
    "/api/receive",
    "/api/requests",
    "/api/evidence",
    "/api/diplomas",
    "/api/import",
    "/api/skill-maps",
    "/receive*",
    "/diplomas*",
    "/import*",
    "/request*",
    "/match",
    "/api/profiles",
    "/market",
    "/plan*",
    "/api/module-catalogues",
    "/api/market",
)
_POLICY = {"connect-src": "'self'"}
"""A page may tell its own wallet that somebody is there, and nobody anything else."""
_BACKUPS = ("/restore", "/leaving/look")


async def _look_at_the_clock(desk: Desk) -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        desk.look_at_the_clock()


def create(settings: WalletSettings, *, desk: Desk | None = None) -> FastAPI:
    """The wallet's application; `settings.port` must be the one that it will listen on."""
    held = desk or Desk(settings)
    renderer = Renderer(
        stylesheet=stylesheet_path(),
        script=script_path(),
        local=own_time,
        lock_minutes=lambda: held.lock_minutes,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        looking = asyncio.create_task(_look_at_the_clock(held))
        yield
        looking.cancel()
        held.close()

    app = create_app(
        title="Skills passport wallet",
        version=VERSION,
        settings=WebSettings(
            public_url=f"http://127.0.0.1:{settings.port}",
            body_limits={
                **dict.fromkeys(_UPLOADS, limits.UPLOAD * 4 // 3 + 65_536),
                **dict.fromkeys(_BACKUPS, limits.BACKUP + 65_536),
                **dict.fromkeys(("/claims", "/api/claims"), limits.FILES_TOGETHER),
            },
            content_security_policy=_POLICY,
        ),
        pages=Pages("wallet.views", renderer.catalogues[0], brand="wallet-name", navigation=NAVIGATION),
        lifespan=lifespan,
    )
    app.state.desk = held
    app.state.renderer = renderer
    app.router.routes.extend(ROUTES)
    return app

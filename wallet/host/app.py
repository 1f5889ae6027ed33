"""The host's application: two doors for wallets, one for whoever has a link, and the page at a link."""

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from passport.clock import Clock, utc_now
from passport.encoding import base64url_decode
from passport.errors.share_link import MalformedShared
from passport.json import JsonObject
from passport.share_link import Shared, envelope
from passport.share_link.limits import ENVELOPE
from passport.storage import FAILURES, connect
from passport.texts import Catalogue
from passport.web import Pages, create_app, strict_body
from passport.web.body import Body, Moment
from passport.web.cross_origin import CrossOrigin
from passport.web.peer import networks_of
from passport.web.periodic import Periodic
from passport.web.shared_routes import shared_routes
from wallet.host.errors import NotItsOwner
from wallet.host.records import ALL
from wallet.host.settings import HostSettings
from wallet.host.store import LinkStore

router = APIRouter()
_MINUTE = 60.0
_SCRIPT = (files("wallet.host") / "static" / "link.js").read_bytes()
_SCRIPT_PATH = f"/static/{hashlib.sha256(_SCRIPT).hexdigest()[:16]}.js"
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOR_WALLETS = re.compile(r"/api/links(?:/[^/]+/delete)?|/s/[^/]+/sealed")
"""What wallets in a browser ask; nothing of this site goes by a cookie."""
LinkId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class NewLink(Body):
    """What a wallet brings: a ciphertext, and the digest of the secret that takes it away."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    until: Moment
    sealed: Annotated[str, Field(max_length=ENVELOPE.string)]
    deletion_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _store(request: Request) -> LinkStore:
    found: LinkStore = request.app.state.links
    return found


Links = Annotated[LinkStore, Depends(_store)]


@router.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    pages: Pages = request.app.state.pages
    return pages.respond(request, "host.html")


@router.post("/api/links", status_code=201, tags=["wallets"], summary="Keep a ciphertext")
async def put(
    request: Request, links: Links, body: Annotated[NewLink, strict_body(NewLink, ENVELOPE)]
) -> JsonObject:
    """Nothing about whoever brings it is kept. The same again is answered as the first time."""
    sealed = base64url_decode(body.sealed, ENVELOPE.string)
    if not sealed:
        raise MalformedShared
    settings: HostSettings = request.app.state.settings
    await links.put(
        Shared(body.id, body.until, sealed),
        body.deletion_digest,
        networks_of(request, behind_proxy=settings.behind_proxy),
    )
    return {"id": body.id, "url": f"{settings.origin}/s/{body.id}"}


@router.post(
    "/api/links/{link_id}/delete", status_code=204, tags=["wallets"], summary="Take a ciphertext away"
)
async def take_away(
    links: Links, link_id: LinkId, authorization: Annotated[str, Header(max_length=200)] = ""
) -> Response:
    """With `Authorization: Bearer <the secret>`. It is deleted at once."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise NotItsOwner
    await links.take_away(link_id, secret)
    return Response(status_code=204)


@router.get("/s/{link_id}/sealed", tags=["readers"], summary="The ciphertext of a link")
async def sealed(links: Links, link_id: LinkId) -> JSONResponse:
    """Openings are not counted and nobody is noted."""
    return JSONResponse(envelope(await links.get(link_id)), headers=_PRIVATE)


@router.get("/s/{link_id}", include_in_schema=False)
async def page(request: Request, link_id: LinkId) -> Response:
    """The same page for every link: what it shows, the browser decrypts."""
    del link_id
    pages: Pages = request.app.state.pages
    response = pages.respond(request, "link.html", script=_SCRIPT_PATH)
    response.headers.update(_PRIVATE)
    return response


@router.get(_SCRIPT_PATH, include_in_schema=False)
async def script() -> Response:
    return Response(_SCRIPT, media_type="text/javascript", headers=_FOR_EVER)


ROUTES = shared_routes(router)


def create(settings: HostSettings | None = None, *, clock: Clock = utc_now) -> FastAPI:
    """The host as an ASGI application; it opens its store when it starts."""
    chosen = settings or HostSettings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        chosen.data_directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        async with connect(chosen.mongodb_uri, chosen.data_directory, ALL) as connection:
            app.state.connection = connection
            app.state.links = links = LinkStore(chosen, clock)
            await links.load()
            sweeping = Periodic("links", links.sweep, seconds=_MINUTE)
            sweeping.start()
            try:
                yield
            finally:
                await sweeping.stop()

    app = create_app(
        title="Skills passport: host of share links",
        version="1",
        settings=chosen.web(),
        pages=Pages("wallet.host", Catalogue(files("wallet.host.texts")), brand="host-brand"),
        lifespan=lifespan,
        failures=FAILURES,
        health=_health,
    )
    app.state.settings = chosen
    app.add_middleware(CrossOrigin, paths=_FOR_WALLETS)
    app.router.routes.extend(ROUTES)
    return app


async def _health(app: FastAPI) -> None:
    await app.state.connection.check()

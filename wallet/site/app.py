"""A small site without accounts, cookies of its own or a store.

It hands out the occupation data as two whole files, so that nobody learns what a worker looks up.
"""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from matching.bundle import CONTENT, MANIFEST, load_bundle
from passport.errors import NotFound
from passport.texts import Catalogue
from passport.web import Pages, WebSettings, create_app
from passport.web.settings import LOOPBACK
from wallet.site.phone.serving import phone_routes

_TYPES = {MANIFEST: "application/json", CONTENT: "application/octet-stream"}
_CACHE = "public, max-age=3600"


def create(settings: WebSettings, *, phone: Path | None = None) -> FastAPI:
    """The application; reads the bundle once and refuses to start with one that is damaged.

    `phone` is the folder of a built wallet for phones, which is then served at /app/.

    Raises:
        NoPhoneBuild: it holds none.
    """
    pages = Pages("wallet.site", Catalogue(files("wallet.site.texts")), brand="site-brand")
    app = create_app(title="Wallet site", version="1", settings=settings, pages=pages)
    taxonomy = load_bundle()
    published = {name: _Published(files("matching.data").joinpath(name)) for name in _TYPES}

    @app.head("/", include_in_schema=False)
    @app.get("/", include_in_schema=False)
    async def home(request: Request) -> HTMLResponse:
        return pages.respond(
            request,
            "site.html",
            release=taxonomy.version,
            occupations=len(taxonomy.occupations),
            skills=len(taxonomy.skills),
            attribution=taxonomy.attribution,
            published=published,
            phone=phone is not None,
        )

    @app.head("/taxonomy/{name}", include_in_schema=False)
    @app.get("/taxonomy/{name}", summary="A file of the published occupation data")
    async def taxonomy_file(name: str, request: Request) -> Response:
        if name not in published:
            raise NotFound
        return published[name].answer(request, _TYPES[name])

    if phone is not None:
        app.include_router(phone_routes(phone, loopback=urlsplit(settings.public_url).hostname in LOOPBACK))
    return app


class _Published:
    """One file as it is handed out: its bytes and their digest, which is also its ETag."""

    def __init__(self, path: Traversable) -> None:
        self.data = path.read_bytes()
        self.digest = hashlib.sha256(self.data).hexdigest()

    @property
    def size(self) -> int:
        """Kilobytes."""
        return max(1, len(self.data) // 1000)

    def answer(self, request: Request, media_type: str) -> Response:
        headers = {"ETag": f'"{self.digest}"', "Cache-Control": _CACHE}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(self.data, media_type=media_type, headers=headers)

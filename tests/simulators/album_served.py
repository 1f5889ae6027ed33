"""A kept page as its service would serve it: with our own sheets and scripts, and a drawing for every picture."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from playwright.sync_api import Route

import issuer.app
import verifier.app
import wallet.desktop.app
from passport.pictures.qr import draw_png
from passport.web import static
from tests.simulators.routes import routes

File = tuple[bytes, str]
PICTURE = draw_png("a picture")


def own_files() -> Mapping[str, File]:
    """The sheets and scripts of all services, by path. To be called before a browser is there: it has the loop."""
    return asyncio.run(_own_files())


async def _own_files() -> Mapping[str, File]:
    found: dict[str, File] = {}
    for each in (issuer.app.ROUTES, verifier.app.ROUTES, wallet.desktop.app.ROUTES):
        app = FastAPI()
        static.add(app)
        app.router.routes.extend(each)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            for path in {path for _, path in routes(app) if path.startswith("/static/")} - found.keys():
                answer = (await client.get(path)).raise_for_status()
                found[path] = answer.content, answer.headers["content-type"]
    return found


@dataclass(slots=True)
class Served:
    """What a browser's questions are answered with. `html` is the page that is on show."""

    files: Mapping[str, File] = field(repr=False)
    html: str = field(default="", repr=False)

    def answer(self, route: Route) -> None:
        asked = route.request
        if asked.resource_type == "document":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        elif asked.resource_type == "image":
            route.fulfill(body=PICTURE, content_type="image/png")
        elif (path := urlsplit(asked.url).path) in self.files:
            body, kind = self.files[path]
            route.fulfill(body=body, content_type=kind)
        else:
            route.fulfill(status=204)

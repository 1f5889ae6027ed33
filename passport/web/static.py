"""Our own stylesheet and script, each served under the digest of its content and so kept for ever."""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import FastAPI, Response

SHEETS = ("tokens", "elements", "layout", "parts", "media")
"""The parts of the stylesheet in their order: what comes later outranks what came before."""
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def stylesheet() -> bytes:
    folder = files("passport.web") / "static"
    return b"\n".join((folder / f"{name}.css").read_bytes() for name in SHEETS)


@cache
def stylesheet_path() -> str:
    return f"/static/{_digest(stylesheet())}.css"


@cache
def script() -> bytes:
    """Reads a page aloud, says that a form is on its way, warns before a wallet locks. Pages work without."""
    return (files("passport.web") / "static" / "page.js").read_bytes()


@cache
def script_path() -> str:
    return f"/static/{_digest(script())}.js"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def add(app: FastAPI) -> None:
    @app.get(stylesheet_path(), include_in_schema=False)
    async def passport_css() -> Response:
        return Response(stylesheet(), media_type="text/css", headers=_FOR_EVER)

    @app.get(script_path(), include_in_schema=False)
    async def passport_js() -> Response:
        return Response(script(), media_type="text/javascript", headers=_FOR_EVER)

    @app.get("/favicon.ico", include_in_schema=False)
    async def favicon() -> Response:
        return Response(status_code=204, headers={"Cache-Control": "public, max-age=86400"})

    @app.get("/robots.txt", include_in_schema=False)
    async def robots() -> Response:
        return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")

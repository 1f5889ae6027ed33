"""Our own stylesheet, served under the digest of its content so that it may be cached for ever."""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import FastAPI, Response


@cache
def stylesheet() -> bytes:
    return (files("passport.web") / "static" / "passport.css").read_bytes()


@cache
def stylesheet_path() -> str:
    return f"/static/{hashlib.sha256(stylesheet()).hexdigest()[:16]}.css"


def add(app: FastAPI) -> None:
    @app.get(stylesheet_path(), include_in_schema=False)
    async def passport_css() -> Response:
        return Response(
            stylesheet(),
            media_type="text/css",
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    @app.get("/favicon.ico", include_in_schema=False)
    async def favicon() -> Response:
        return Response(status_code=204, headers={"Cache-Control": "public, max-age=86400"})

    @app.get("/robots.txt", include_in_schema=False)
    async def robots() -> Response:
        return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")

"""Our own small scripts and sheet, each served under the digest of its content.

Every page works without the scripts.
"""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import FastAPI, Response

NAMES = ("scan", "waiting", "profile")
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
WITH_SCRIPT = {"Content-Security-Policy": _POLICY}
"""Headers of a page with a script: it may load and ask its own host alone, and make no markup from text."""
WITH_CAMERA = {
    **WITH_SCRIPT,
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), display-capture=()",
}


@cache
def script(name: str) -> bytes:
    return (files("verifier.static") / f"{name}.js").read_bytes()


@cache
def script_path(name: str) -> str:
    return f"/static/{name}-{_digest(script(name))}.js"


@cache
def sheet() -> bytes:
    return (files("verifier.static") / "employer.css").read_bytes()


@cache
def sheet_path() -> str:
    return f"/static/employer-{_digest(sheet())}.css"


def add(app: FastAPI) -> None:
    for name in NAMES:
        _add(app, script_path(name), script(name), "text/javascript")
    _add(app, sheet_path(), sheet(), "text/css")


def _add(app: FastAPI, path: str, content: bytes, media_type: str) -> None:
    @app.get(path, include_in_schema=False)
    async def one() -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(content, media_type=media_type, headers=headers)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]

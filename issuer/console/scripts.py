"""The console's own scripts, each under the digest of its content so that it may be cached for ever.

A page works without them, but for what a browser does by a script alone. Nothing stands in a page itself: the
policy allows scripts of our own address and no others.
"""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response
from fastapi.responses import Response as Answer

NAMES = ("passkeys", "console")
router = APIRouter()


@cache
def script(name: str) -> bytes:
    return (files("issuer") / "static" / f"{name}.js").read_bytes()


@cache
def script_path(name: str) -> str:
    """In a template: `script("passkeys")`."""
    return f"/static/{hashlib.sha256(script(name)).hexdigest()[:16]}.js"


def _serve(name: str) -> None:
    @router.get(script_path(name), name=f"script {name}")
    async def serve() -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Answer(script(name), media_type="text/javascript", headers=headers)


for _name in NAMES:
    _serve(_name)

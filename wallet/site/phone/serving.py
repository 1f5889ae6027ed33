"""Serves a built app at /app/: its files as they are, each with the headers that it must have."""

import gzip
import json
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import NotFound
from wallet.errors_phone import NoPhoneBuild
from wallet.site.phone import headers

_INDEX = "index.html"
_WORTH_IT = frozenset({"css", "html", "js", "json", "svg", "wasm", "webmanifest"})
"""Endings of files that get smaller; the others are compressed already."""
_SMALL = 6


def phone_routes(folder: Path, *, loopback: bool) -> APIRouter:
    """Routes for the app in this folder; its files are read once, at the start.

    `loopback`: this site is for trying on one machine, so issuers on this machine may be asked too.

    Raises:
        NoPhoneBuild: this folder holds none.
    """
    kept = _read(folder)
    router = APIRouter(include_in_schema=False)

    @router.get("/app")
    async def app() -> Response:
        return RedirectResponse("/app/", HTTPStatus.PERMANENT_REDIRECT)

    @router.get("/app/{name:path}")
    async def file(name: str, request: Request) -> Response:
        found = kept.get(name or _INDEX)
        if found is None:
            raise NotFound
        sent, tag = headers.of(name or _INDEX, loopback=loopback), f'"{found.digest}"'
        sent["ETag"] = tag
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=sent)
        if found.smaller is not None:
            sent["Vary"] = "Accept-Encoding"
            if "gzip" in request.headers.get("accept-encoding", ""):
                return Response(found.smaller, headers={**sent, "Content-Encoding": "gzip"})
        return Response(found.data, headers=sent)

    return router


class _File:
    def __init__(self, name: str, data: bytes, digest: str) -> None:
        self.data, self.digest = data, digest
        worth_it = name.rpartition(".")[2] in _WORTH_IT
        self.smaller = gzip.compress(data, _SMALL, mtime=0) if worth_it else None


def _read(folder: Path) -> dict[str, _File]:
    try:
        listed = json.loads((folder / "files.json").read_bytes())["files"]
        return {name: _File(name, (folder / name).read_bytes(), digest) for name, digest in listed.items()}
    except (OSError, ValueError, KeyError):
        raise NoPhoneBuild from None

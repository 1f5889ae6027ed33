"""Serves a built app at /app/: its files as they are, each with the headers that it must have."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from passport.errors import NotFound
from wallet.errors_phone import NoPhoneBuild
from wallet.site.phone import headers

_INDEX = "index.html"
_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")
_CODINGS = {"br": ".br", "gzip": ".gz"}
"""The build has files that get smaller in these too; the first a browser takes is sent (RFC 9110, 8.4)."""


def phone_routes(folder: Path, *, loopback: bool) -> APIRouter:
    """Routes for the app in this folder; its files are read once, at the start.

    `loopback`: this site is for trying on one machine, so issuers on this machine may be asked too.

    Raises:
        NoPhoneBuild: this folder holds none.
    """
    kept = _read(folder)
    router = APIRouter(include_in_schema=False)

    @router.head("/app")
    @router.get("/app")
    async def app() -> Response:
        return RedirectResponse("/app/", HTTPStatus.PERMANENT_REDIRECT)

    @router.head("/app/{name:path}")
    @router.get("/app/{name:path}")
    async def file(name: str, request: Request) -> Response:
        found = kept.get(name or _INDEX)
        if found is None:
            raise NotFound
        coding = found.coding_for(request.headers.get("accept-encoding", ""))
        sent = headers.of(name or _INDEX, loopback=loopback)
        sent["ETag"] = tag = f'"{found.digest}{coding}"'
        if len(found.coded) > 1:
            sent["Vary"] = "Accept-Encoding"
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=sent)
        if coding:
            sent["Content-Encoding"] = coding
        return Response(found.coded[coding], headers=sent)

    return router


@dataclass(frozen=True, slots=True)
class _File:
    digest: str
    coded: Mapping[str, bytes]
    """Its bytes by their content coding, the smallest first; as they are under an empty name."""

    def coding_for(self, accepted: str) -> str:
        taken = {each.split(";")[0].strip() for each in accepted.split(",") if not _REFUSED.search(each)}
        return next(coding for coding in self.coded if not coding or coding in taken)


def _read(folder: Path) -> dict[str, _File]:
    try:
        listed = json.loads((folder / "files.json").read_bytes())["files"]
        return {name: _File(digest, _coded(folder / name)) for name, digest in listed.items()}
    except (OSError, ValueError, KeyError):
        raise NoPhoneBuild from None


def _coded(path: Path) -> dict[str, bytes]:
    beside = {coding: path.with_name(path.name + ending) for coding, ending in _CODINGS.items()}
    return {
        **{coding: smaller.read_bytes() for coding, smaller in beside.items() if smaller.is_file()},
        "": path.read_bytes(),
    }

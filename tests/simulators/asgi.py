"""One request to an application in memory, without a socket."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import httpx
from fastapi import FastAPI


def asked(
    app: FastAPI,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | Iterable[bytes] | None = None,
    **more: Any,
) -> httpx.Response:
    """The answer to one request; a list of bytes is sent in chunks without a length."""

    async def chunks(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            body = content if content is None or isinstance(content, bytes) else chunks(content)
            return await client.request(method, path, headers=dict(headers or {}), content=body, **more)

    return asyncio.run(ask())

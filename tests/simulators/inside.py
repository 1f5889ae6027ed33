"""A service in this process without a socket: it starts, is asked one thing after another, and ends."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from fastapi import FastAPI


class Inside:
    """Somebody who asks a service that runs in their own process; cookies are kept, redirects are followed."""

    def __init__(self, runner: asyncio.Runner, client: httpx.AsyncClient) -> None:
        self._runner, self._client = runner, client

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        answer = self.ask("POST", path, **more)
        assert answer.is_success, (path, answer.status_code, answer.text[:2_000])
        return answer


@contextmanager
def inside(app: FastAPI, origin: str) -> Iterator[Inside]:
    """`origin` is the service's own address, so that its forms take what is posted."""
    headers = {"Accept": "text/html", "Accept-Language": "en", "Origin": origin}
    transport = httpx.ASGITransport(app=app)
    client = httpx.AsyncClient(transport=transport, base_url=origin, headers=headers, follow_redirects=True)
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        try:
            yield Inside(runner, client)
        finally:
            runner.run(client.aclose())
            runner.run(lifespan.__aexit__(None, None, None))

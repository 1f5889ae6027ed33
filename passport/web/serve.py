"""Run an application: one worker process, quiet logs, bounded waits."""

import asyncio
import gc
import logging
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from passport.errors import PassportError
from passport.errors.web import AddressTaken

_GRACE_SECONDS = 10
_CONCURRENT = 512
_SWITCH_SECONDS = 0.0005
"""After this a thread that computes gives way to one that waits; Python's own 5 ms are felt by everybody."""
_COLLECT_AFTER = (20_000, 20, 20)
"""Python looks for cyclic garbage after so many new objects, and everybody waits while it does. A request
that makes very many objects must not make it look through all that the service holds."""


def serve(
    app: FastAPI,
    *,
    host: str,
    port: int,
    tls: ssl.SSLContext | None = None,
    protocol: type[asyncio.Protocol] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight get ten seconds to finish.

    `protocol` speaks HTTP in place of uvicorn's own choice, as for a look at who connects.

    uvicorn's access log is off: it writes addresses and paths of people. The guard writes its own line.

    Raises:
        AddressTaken: nobody can listen there.
        PassportError: why the application did not start, such as a secret file that is open to others.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold whole addresses
    _check_free(host, port)
    sys.setswitchinterval(_SWITCH_SECONDS)
    started = _Started(app)
    try:
        uvicorn.run(
            started,
            host=host,
            port=port,
            access_log=False,
            server_header=False,
            log_config=None,
            http=protocol or "auto",
            limit_concurrency=_CONCURRENT,
            h11_max_incomplete_event_size=65_536,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        )
    except SystemExit:
        if started.refusal is not None:
            raise started.refusal from None
        raise


def _check_free(host: str, port: int) -> None:
    """Before anything is opened; uvicorn itself would say it in the middle of its log."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except (OSError, OverflowError):
        raise AddressTaken from None


def _leave_alone_what_is_there() -> None:
    """What a service loads when it starts stays: a hundred thousand objects, 90 ms to look through."""
    gc.set_threshold(*_COLLECT_AFTER)
    gc.collect()
    gc.freeze()


class _Started:
    """The application, whose refusal to start is kept for `serve` instead of logged as a traceback."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self.refusal: PassportError | None = None
        inner = app.router.lifespan_context

        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
            try:
                async with inner(app) as state:
                    _leave_alone_what_is_there()
                    yield state
            except PassportError as error:
                self.refusal = error
                raise

        app.router.lifespan_context = lifespan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def quiet(message: Message) -> None:
            told = self.refusal is not None and message["type"] == "lifespan.startup.failed"
            await send({**message, "message": ""} if told else message)

        await self._app(scope, receive, quiet if scope["type"] == "lifespan" else send)

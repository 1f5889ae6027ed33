"""Serve an application over real HTTP on a free port of this machine, for one test."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI


@contextmanager
def serving(app: FastAPI, listener: socket.socket | None = None) -> Iterator[str]:
    """The address where `app` answers; give a bound `listener` where the app must know its port before."""
    listener = listener or bound()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 20
        while not server.started and thread.is_alive() and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started, "the application did not start"
        yield f"http://localhost:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        listener.close()


def bound() -> socket.socket:
    """A socket on a free port, bound and not yet listening."""
    listener = socket.socket(
        proto=socket.IPPROTO_TCP
    )  # asyncio sends small answers at once where this is named
    listener.bind(("127.0.0.1", 0))
    return listener

"""Run an application: one worker process, quiet logs, bounded waits."""

import logging

import uvicorn
from fastapi import FastAPI

_GRACE_SECONDS = 10
_CONCURRENT = 512


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight get ten seconds to finish.

    uvicorn's access log is off: it writes addresses and paths of people. The guard writes its own line.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold whole addresses
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_config=None,
        limit_concurrency=_CONCURRENT,
        h11_max_incomplete_event_size=65_536,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )

"""`passport wallet host`: serve a host of share links."""

from typing import Annotated

import typer

from passport.web import read_settings, serve
from wallet.host.app import create
from wallet.host.settings import HostSettings


def host(
    listen: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8104,
) -> None:
    """Serve a host of share links. Settings come from the environment: PASSPORT_HOST_…"""
    serve(create(read_settings(HostSettings)), host=listen, port=port)

"""`passport wallet site`: serve the wallet's site."""

from typing import Annotated

import typer

from passport.web import WebSettings, serve
from wallet.site.app import create


def site(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8103,
    public_url: Annotated[
        str, typer.Option(envvar="PASSPORT_WALLET_SITE_URL", help="Where people find the site.")
    ] = "",
) -> None:
    """Serve the wallet's site: how to get a wallet, and the published occupation data."""
    serve(create(WebSettings(public_url or f"http://localhost:{port}")), host=host, port=port)

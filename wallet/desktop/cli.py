"""`passport wallet`: a worker's wallet on this computer."""

from pathlib import Path
from typing import Annotated

import typer

from wallet.desktop.cli_advice import advice
from wallet.desktop.cli_assessment import result
from wallet.desktop.cli_base import Loopback, app
from wallet.desktop.cli_card import card
from wallet.desktop.cli_checkup import checkup_app
from wallet.desktop.cli_claims import claim_app
from wallet.desktop.cli_forget import destroy, forget, recovery_words
from wallet.desktop.cli_give import backup as export
from wallet.desktop.cli_give import present
from wallet.desktop.cli_import import derive, import_, licences, skill_map
from wallet.desktop.cli_intake import intake_app
from wallet.desktop.cli_intake_texts import text
from wallet.desktop.cli_leaving import compare, import_archive
from wallet.desktop.cli_market import market_app
from wallet.desktop.cli_match import match
from wallet.desktop.cli_offers import issuer, waiting
from wallet.desktop.cli_openid4vp import answer_link
from wallet.desktop.cli_passphrase import change_passphrase
from wallet.desktop.cli_plan import plan_app
from wallet.desktop.cli_platforms import connect, platforms_
from wallet.desktop.cli_refresh import refresh
from wallet.desktop.cli_requests import ask_app
from wallet.desktop.cli_save import save
from wallet.desktop.cli_sets import sets_app
from wallet.desktop.cli_share import share, shares, unshare
from wallet.desktop.cli_take import receive
from wallet.desktop.cli_taxonomy import taxonomy
from wallet.desktop.cli_wishes import wishes

__all__ = [
    "advice",
    "answer_link",
    "app",
    "ask_app",
    "card",
    "change_passphrase",
    "checkup_app",
    "claim_app",
    "compare",
    "connect",
    "derive",
    "destroy",
    "export",
    "forget",
    "import_",
    "import_archive",
    "intake_app",
    "issuer",
    "licences",
    "market_app",
    "match",
    "plan_app",
    "platforms_",
    "present",
    "receive",
    "recovery_words",
    "refresh",
    "result",
    "save",
    "sets_app",
    "share",
    "shares",
    "skill_map",
    "taxonomy",
    "text",
    "unshare",
    "waiting",
    "wishes",
]


site_app = typer.Typer(help="The wallet's site, and the wallet for phones that it serves.")
app.add_typer(site_app, name="site")


@site_app.callback(invoke_without_command=True)
def site(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8103,
    public_url: Annotated[
        str, typer.Option(envvar="PASSPORT_WALLET_SITE_URL", help="Where people find the site.")
    ] = "",
    phone: Annotated[
        Path | None,
        typer.Option(envvar="PASSPORT_WALLET_SITE_PHONE", help="Folder of a built wallet for phones."),
    ] = None,
) -> None:
    """Serve the wallet's site: how to get a wallet, the wallet for phones, and the occupation data."""
    if context.invoked_subcommand is None:
        from wallet.site.cli import site as run

        run(host=host, port=port, public_url=public_url, phone=phone)


@site_app.command("build")
def site_build(
    out: Annotated[Path, typer.Option(help="Folder to write; what is in it goes.")] = Path("build/phone"),
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make everything anew, nothing from the cache.")
    ] = False,
    trust_list: Annotated[
        list[Path] | None,
        typer.Option(
            help="A signed trust list for new wallets; may be repeated.", exists=True, dir_okay=False
        ),
    ] = None,
    allow_loopback: Loopback = False,
) -> None:
    """Build the wallet for phones: static files that any web server can serve. Needs Node and npm."""
    from wallet.site.cli import build as run

    run(out, fresh=fresh, trust_lists=trust_list or (), allow_loopback=allow_loopback)


@app.command()
def host(
    listen: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8104,
) -> None:
    """Serve a host of share links, which can't read them. Settings: PASSPORT_HOST_…"""
    from wallet.host.cli import host as run

    run(listen=listen, port=port)

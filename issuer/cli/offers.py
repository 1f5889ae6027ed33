"""Offers on the command line: both links, the picture of the first, and letting go of what is held back."""

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

import typer

from issuer.cli.client import ApiKeyFile, Url
from passport.service_client import ServiceClient
from passport.terminal import AsJson, console, emit

offer = typer.Typer(no_args_is_help=True, help="Offers to wallets.")
_TO_BE_TAKEN = frozenset({"open", "redeemed"})
OfferId = Annotated[str, typer.Argument(metavar="OFFER", help="The offer's id.")]


class Picture(StrEnum):
    """Which link the QR code holds."""

    REFERENCE = "reference"
    VALUE = "value"
    NONE = "none"


Shown = Annotated[Picture, typer.Option("--qr", help="Draw a QR code of this link.")]


@offer.command("show")
def show_offer(
    offer_id: OfferId,
    api_key: ApiKeyFile,
    *,
    picture: Shown = Picture.REFERENCE,
    url: Url = "http://localhost:8101",
    as_json: AsJson = False,
) -> None:
    """Show how an offer stands; while it can be taken its link, and one that holds the offer itself."""
    client = ServiceClient(url, api_key)
    found = client.get(f"/api/offers/{quote(offer_id)}")
    if found["state"] not in _TO_BE_TAKEN:
        emit(found, as_json=as_json, show=lambda: console.print(f"{found['id']}: {found['state']}"))
        return
    found |= client.post(f"/api/offers/{quote(offer_id)}/link", {})
    emit(found, as_json=as_json, show=lambda: print_offer(found, picture))


@offer.command("release")
def release_offer(
    offer_id: OfferId, api_key: ApiKeyFile, url: Url = "http://localhost:8101", as_json: AsJson = False
) -> None:
    """Let go of an offer that you held back: a wallet that took it gets the credential."""
    found = ServiceClient(url, api_key).post(f"/api/offers/{quote(offer_id)}/release", {})
    emit(found, as_json=as_json, show=lambda: console.print(f"{offer_id} is released."))


def print_offer(found: dict[str, Any], picture: Picture = Picture.NONE) -> None:
    """Links one a line, the first on top, so that they can be taken; the code only where it was just made."""
    held = (" (held back, a wallet waits)" if found["claimed"] else " (held back)") if found["held"] else ""
    console.print(found["link"], soft_wrap=True)
    console.print(found["page"], soft_wrap=True)
    if "link_by_value" in found:
        console.print(found["link_by_value"], soft_wrap=True)
    console.print(f"{found['id']}: {found['state']}{held}")
    if found.get("tx_code"):
        console.print(f"Code, for another channel: {found['tx_code']}")
    if picture is not Picture.NONE:
        console.print(
            qr_blocks(found["link_by_value" if picture is Picture.VALUE else "link"]), soft_wrap=True
        )


def qr_blocks(text: str) -> str:
    """A QR code of half blocks, two rows of it in a line, light on dark and with its quiet zone."""
    from passport.pictures.matrix import matrix

    rows = matrix(text)
    if len(rows) % 2:
        rows.append([False] * len(rows))
    blocks = {(False, False): "█", (True, False): "▄", (False, True): "▀", (True, True): " "}
    return "\n".join(
        "".join(blocks[upper, lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    )

"""Share links over the network: put one at its host, take one away."""

import os
from typing import Final

from passport.documents import NotFetched
from wallet.core.sharing import SharedLink, Sharing, forget_link, prepare, shared_link, usual_host
from wallet.core.wallet import Wallet
from wallet.desktop.desk import Desk
from wallet.errors_sharing import HostAway, HostRefused, NoLinkHost

HOST_VARIABLE: Final = "PASSPORT_SHARE_HOST"
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_GONE = frozenset({404, 410})


def host_for(wallet: Wallet, chosen: str = "") -> str:
    """Where a new link goes: what the person says, else where the last one went, else the environment's."""
    return chosen.strip() or usual_host(wallet) or os.environ.get(HOST_VARIABLE, "")


def share(
    desk: Desk, wallet: Wallet, sharing: Sharing, *, host: str, days: int, mark: str | None = None
) -> SharedLink:
    """Make a link and put its ciphertext at the host.

    Raises:
        NoLinkHost
        HostRefused, HostAway: it is in the list of links, to be taken away.
        PassportError: as wallet.core.sharing.prepare.
    """
    if not host:
        raise NoLinkHost
    upload = prepare(wallet, sharing, host=host, days=days, mark=mark)
    sending = desk.outside.exchange.post(
        upload.address, upload.body, media_type=_JSON, accept=frozenset({_JSON})
    )
    try:
        answered = desk.outside.run(sending)
    except NotFetched as error:
        raise HostAway from error
    if not answered.is_success:
        raise HostRefused(status=answered.status)
    return upload.shared


def take_away(desk: Desk, wallet: Wallet, identifier: str) -> None:
    """Delete the ciphertext at the host, then the link and its key here. One that has ended goes here only.

    Raises:
        UnknownRecord
        HostRefused, HostAway: the link stays in the list.
    """
    one = shared_link(wallet, identifier)
    if wallet.now() < one.until:
        _delete(desk, one)
    forget_link(wallet, identifier)


def _delete(desk: Desk, one: SharedLink) -> None:
    asking = desk.outside.exchange.tell(
        f"{one.link.origin}/api/links/{one.id}/delete",
        b"",
        media_type=_JSON,
        headers={"Authorization": f"Bearer {one.secret}"},
    )
    try:
        answered = desk.outside.run(asking)
    except NotFetched as error:
        raise HostAway from error
    if not answered.is_success and answered.status not in _GONE:
        raise HostRefused(status=answered.status)

"""Share links over the network: put one at its host, take one away."""

from passport.documents import NotFetched
from passport.errors import PassportError
from passport.errors.fetch import Redirected, UnexpectedContentType
from passport.errors.share_link import NotAShareLink
from passport.json import parse_object
from passport.outbound.answered import Answered
from wallet.core.sharing import (
    SharedLink,
    Sharing,
    forget_link,
    prepare,
    remember_host,
    shared_link,
    usual_host,
)
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk
from wallet.errors_sharing import HostAway, HostRefused, NoLinkHost, NotAShareHost

_JSON = "application/json"
_PROBLEM = "application/problem+json"
_GONE = frozenset({404, 410})
_NO_SUCH_DOOR = frozenset({404, 405, 501})
"""What other services answer where a host of links takes one."""


def known_host(desk: Desk, wallet: Wallet) -> str:
    """Where a new link goes if the person says nothing: where the last one went, else as the settings say."""
    return usual_host(wallet) or desk.links_host


def share(
    desk: Desk, wallet: Wallet, sharing: Sharing, *, host: str, days: int, mark: str | None = None
) -> SharedLink:
    """Make a link and put its ciphertext at the host.

    Raises:
        NoLinkHost
        NotAShareHost: something else is at that address; nothing of the link is kept.
        HostRefused, HostAway: it is in the list of links, to be taken away.
        PassportError: as wallet.core.sharing.prepare.
    """
    if not host:
        raise NoLinkHost
    try:
        upload = prepare(wallet, sharing, host=host, days=days, mark=mark)
    except NotAShareLink:
        raise NotAShareHost from None
    sending = desk.outside.exchange.post(
        upload.address, upload.body, media_type=_JSON, accept=frozenset({_JSON})
    )
    try:
        answered = desk.reach(sending)
    except (Redirected, UnexpectedContentType):
        answered = None
    except NotFetched as error:
        raise HostAway from error
    if answered is None or _is_elsewhere(answered, upload.shared):
        forget_link(wallet, upload.shared.id)  # nobody has seen it, and its key is gone with it
        raise NotAShareHost
    if not answered.is_success:
        raise HostRefused(status=answered.status)
    remember_host(wallet, upload.shared.link.origin)
    return upload.shared


def _is_elsewhere(answered: Answered, one: SharedLink) -> bool:
    """Whether the answer is not that of a host of links."""
    if not answered.is_success:
        return answered.status in _NO_SUCH_DOOR
    try:
        return parse_object(answered.body).get("id") != one.id
    except PassportError:
        return True


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
        answered = desk.reach(asking)
    except NotFetched as error:
        raise HostAway from error
    if not answered.is_success and answered.status not in _GONE:
        raise HostRefused(status=answered.status)

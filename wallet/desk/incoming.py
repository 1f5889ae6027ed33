"""Files that the person chose: looked at, and kept only as they say.

Locking the wallet, or a quarter of an hour, ends it: then nothing of them is anywhere.
"""

from collections.abc import Sequence

from passport.badge_files import NotOpened, open_files
from passport.elm import looks_european
from passport.outbound.shared import fetch_shared
from passport.share_link import looks_like_link
from wallet.core.incoming import Found, Given, Keeping, keep_found, look
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk
from wallet.desk.looked_at import Look
from wallet.errors import NothingReceived


def look_into(desk: Desk, wallet: Wallet, files: Sequence[tuple[str, bytes]], text: str = "") -> Look:
    """Open files and examine what is in them; nothing is kept.

    The documents that a check needs (an issuer's keys, a list of what was withdrawn) are fetched as always; a
    share link that the person pasted is, from public hosts. An address that stands in an older badge or in a
    code never is.

    Raises:
        NothingReceived: nothing was given.
        UnpackedTooLarge: too much at once.
        NotAShareLink, ShareLinkGone, ShareLinkEnded, MalformedShared, SharedTampered
        NotFetched: the host of the link can't be reached, or may not be.
    """
    if not text.strip() and not any(data for _, data in files):
        raise NothingReceived
    given: list[Given] = []
    if looks_like_link(text):
        linked = desk.reach(fetch_shared(text, desk.outside.fetcher, wallet.now))
        given, text = [Given(linked.link.host, linked.source)], ""
    opened = open_files([one for one in files if one[1]], text, reading=desk.tools.pictures.reading)
    given += [Given(one.file, one.source, one.version) for one in opened.documents]
    given += [Given(one.file, one.data) for one in opened.refused if looks_european(one.data)]
    others = [one for one in opened.refused if not looks_european(one.data)]
    found = desk.examine(wallet, lambda documents: look(wallet, given, documents)) if given else ()
    return desk.incoming.put((*found, *(_not_opened(one) for one in others)), opened.links)


def keep_chosen(desk: Desk, wallet: Wallet, identifier: str, chosen: Sequence[int]) -> tuple[Found, ...]:
    """Keep what the person ticked, once.

    Raises:
        ImportOver, NotAmongFound
        PassportError: what keeping raises; then the look stays.
    """
    kept = keep_found(wallet, desk.incoming.get(identifier).found, chosen)
    desk.incoming.clear()
    return kept


def _not_opened(one: NotOpened) -> Found:
    return Found(one.file, Keeping.NOTHING, error=one.error)

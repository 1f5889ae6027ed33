"""What a platform has, shown before anything is kept; and a badge of the wallet to a platform.

A platform answers as slowly as it likes, page after page: the person has the wallet meanwhile.
"""

from passport.open_badges_api.paths import origin_of
from wallet.core.badge_services.platforms import Platform, forget_platform, keep_platform, platform
from wallet.core.incoming import Given, look
from wallet.core.journal import Way, journal_records
from wallet.core.shelf import kept_one
from wallet.desk.desk import Desk
from wallet.desk.looked_at import Look
from wallet.desk.platforms import Sent, fetch, form_to_send, fresh, revoke, send


def look_at_platform(desk: Desk, identifier: str) -> Look:
    """Fetch its badges and examine each. Only newer tokens are kept; the badges, when the person says so.

    Raises:
        UnknownPlatform, WalletLocked
        PassportError: as `fetch`.
    """
    with desk.connections.talking:
        ready = _ready(desk, identifier)
        sources = fetch(desk, ready)
    given = [Given(origin_of(ready.base)[1], source) for source in sources]
    with desk.wallet() as wallet:
        before = wallet.documents()
    found, documents = desk.outside.run(
        desk.outside.examine(lambda at_hand: look(wallet, given, at_hand), before)
    )
    with desk.wallet() as wallet:
        wallet.keep_documents(documents)
    return desk.incoming.put(found, ())


def send_credential(desk: Desk, identifier: str, record: str) -> Sent:
    """Send one that the person chose, to where they chose; it is in the journal before it leaves.

    Raises:
        UnknownPlatform, UnknownRecord, PlatformTakesNothing, NoFormToSend: before anything is sent.
        PassportError: as `send`.
    """
    with desk.wallet() as wallet:
        one = kept_one(wallet, record)
        form_to_send(platform(wallet, identifier), one)
    with desk.connections.talking:
        ready = _ready(desk, identifier)
        with desk.wallet() as wallet:
            host = origin_of(ready.base)[1]
            wallet.save(journal_records(wallet, Way.SENT, asker=ready.base, host=host, credentials=[record]))
        return send(desk, ready, one)


def leave(desk: Desk, identifier: str) -> bool:
    """Forget the platform, and tell it so; whether it heard. Forgotten it is in any case."""
    with desk.connections.talking:
        with desk.wallet() as wallet:
            left = platform(wallet, identifier)
        heard = revoke(desk, left)
        with desk.wallet() as wallet:
            forget_platform(wallet, left.id)
    return heard


def _ready(desk: Desk, identifier: str) -> Platform:
    """With a token that is good. A refresh token works once, so its successor is kept before it is used."""
    with desk.wallet() as wallet:
        known = platform(wallet, identifier)
    ready = fresh(desk, known)
    if ready is not known:
        with desk.wallet() as wallet:
            keep_platform(wallet, ready)
    return ready

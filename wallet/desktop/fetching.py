"""What a platform has, shown before anything is kept; and a badge of the wallet to a platform."""

from passport.open_badges_api.paths import origin_of
from wallet.core.badge_services.platforms import Platform, forget_platform, keep_platform
from wallet.core.incoming import Given, look
from wallet.core.journal import Way, journal_records
from wallet.core.shelf import kept_one
from wallet.core.wallet import Wallet
from wallet.desktop.desk import Desk
from wallet.desktop.looked_at import Look
from wallet.desktop.platforms import Sent, fetch, form_to_send, fresh, revoke, send


def look_at_platform(desk: Desk, wallet: Wallet, platform: Platform) -> Look:
    """Fetch its badges and examine each. Only newer tokens are kept; the badges, when the person says so.

    Raises:
        PassportError: as `fetch`.
    """
    ready = _renewed(desk, wallet, platform)
    sources = fetch(desk, ready)
    given = [Given(origin_of(ready.base)[1], source) for source in sources]
    return desk.incoming.put(desk.examine(wallet, lambda documents: look(wallet, given, documents)), ())


def send_credential(desk: Desk, wallet: Wallet, platform: Platform, record: str) -> Sent:
    """Send one that the person chose, to where they chose; it is in the journal before it leaves.

    Raises:
        UnknownRecord, PlatformTakesNothing, NoFormToSend: before anything is written or sent.
        PassportError: as `send`.
    """
    one = kept_one(wallet, record)
    form_to_send(platform, one)
    ready = _renewed(desk, wallet, platform)
    wallet.save(
        journal_records(
            wallet, Way.SENT, asker=platform.base, host=origin_of(platform.base)[1], credentials=[record]
        )
    )
    return send(desk, ready, one)


def leave(desk: Desk, wallet: Wallet, platform: Platform) -> bool:
    """Forget the platform, and tell it so; whether it heard. Forgotten it is in any case."""
    heard = revoke(desk, platform)
    forget_platform(wallet, platform.id)
    return heard


def _renewed(desk: Desk, wallet: Wallet, platform: Platform) -> Platform:
    """A refresh token works once, so its successor is kept before it is used."""
    ready = fresh(desk, platform)
    if ready is not platform:
        keep_platform(wallet, ready)
    return ready

"""Forget by the clock what is over: sessions, links, and the counts of wrong tries."""

from datetime import datetime

from issuer.sign_in.records import ConsoleSession, SignInLink
from passport.storage.counted import forget_counts

SECONDS = 3_600.0


async def sweep(now: datetime) -> None:
    """Again does nothing more."""
    await ConsoleSession.find({"until": {"$lt": now}}).delete()
    await forget_counts(now)
    await SignInLink.find({"expires_at": {"$lt": now}}).delete()

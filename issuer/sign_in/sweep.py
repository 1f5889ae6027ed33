"""Forget by the clock what lets nobody in any more: sessions and links that are over."""

from datetime import datetime

from issuer.sign_in.records import ConsoleSession, SignInLink

SECONDS = 3_600.0


async def sweep(now: datetime) -> None:
    """Again does nothing more."""
    await ConsoleSession.find({"until": {"$lt": now}}).delete()
    await SignInLink.find({"expires_at": {"$lt": now}}).delete()

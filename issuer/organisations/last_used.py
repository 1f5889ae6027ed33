"""The day on which an API key was used last, so that a key that nobody uses can be found and switched off."""

from datetime import datetime

from issuer.organisations.records import Account


async def note_use(account: Account, now: datetime) -> None:
    """The day and no more: a record of each call would be a record of somebody's working hours."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if account.used_at != day:
        await Account.change(account.id, account.organisation, {"used_at": day})

"""Webhooks in the console, for owners."""

from issuer.console.session import OwnerSignedIn
from passport.webhooks.manage import Actor
from passport.webhooks.pages import webhook_pages


async def owner(account: OwnerSignedIn) -> Actor:
    return Actor(account.organisation, account.id)


router = webhook_pages(owner, "/console/webhooks", "console.html")

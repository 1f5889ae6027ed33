"""Webhooks of an organisation, for its owners."""

from issuer.routes.access import Owner, once_as_owner
from passport.webhooks.http import webhook_routes
from passport.webhooks.manage import Actor


async def owner(account: Owner) -> Actor:
    return Actor(account.organisation, account.id)


router = webhook_routes(owner, once_as_owner)

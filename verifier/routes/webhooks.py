"""Webhooks of an employer."""

from passport.webhooks.http import webhook_routes
from passport.webhooks.manage import Actor
from passport.webhooks.pages import webhook_pages
from verifier.routes.parts import AsEmployer, SignedIn, once_as_employer


async def employer(found: AsEmployer) -> Actor:
    return Actor(found.id, found.id)


router = webhook_routes(employer, once_as_employer)


async def _signed_in(found: SignedIn) -> Actor:
    return Actor(found.id, found.id)


pages = webhook_pages(_signed_in, "/webhooks", "webhook-frame.html")

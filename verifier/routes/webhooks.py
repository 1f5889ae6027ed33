"""Webhooks of an employer."""

from passport.webhooks.http import webhook_routes
from passport.webhooks.manage import Actor
from verifier.routes.parts import AsEmployer, once_as_employer


async def employer(found: AsEmployer) -> Actor:
    return Actor(found.id, found.id)


router = webhook_routes(employer, once_as_employer)

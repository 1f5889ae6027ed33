"""Forget by the clock what gives nothing any more: visits, grants, what was used up, codes asked for."""

from datetime import datetime, timedelta

from issuer.authorization.grants import AccessGrant
from issuer.authorization.records import Authorization, Stage
from issuer.learners.records import AskedCodes
from issuer.open_badges_api.clients import BadgeClient
from issuer.open_badges_api.limits import BADGE_PROVIDER
from issuer.open_badges_api.visit import BadgeVisit
from passport.storage.once import forget_lapsed

SECONDS = 300.0
_DAY = timedelta(days=1)


async def sweep(now: datetime) -> None:
    """Forget what is over at this moment. Again does nothing more.

    What anybody may begin lasts no longer than it can be used. After a yes it is kept a day: a code that is
    shown twice must still be known for that. A grant is kept as long as one of its tokens could be good.
    """
    await Authorization.forget_before(now, Stage.PUSHED, Stage.OPEN, Stage.PROVED, Stage.REFUSED)
    await Authorization.forget_before(now - _DAY, Stage.GRANTED, Stage.REDEEMED)
    await BadgeVisit.forget_before(now, Stage.OPEN, Stage.PROVED, Stage.REFUSED)
    await BadgeVisit.forget_before(now - _DAY, Stage.GRANTED, Stage.REDEEMED)
    await BadgeClient.forget_before(
        unused=now - BADGE_PROVIDER.unused_days * _DAY, idle=now - BADGE_PROVIDER.idle_days * _DAY
    )
    await AccessGrant.forget_before(now - _DAY)
    await AskedCodes.forget_before(now - 2 * _DAY)
    await forget_lapsed(now)

"""All pages of the wallet that know no host, in the order in which their routes are tried."""

from wallet.pages import (
    asking,
    claims,
    diplomas,
    door,
    files,
    forgetting,
    home,
    leaving,
    offers,
    openid4vp,
    platforms,
    programs,
    recovery,
    requests,
    sets,
    sharing,
    taxonomy,
)
from wallet.pages.routing import Router

ROUTERS: tuple[Router, ...] = (
    door.router,
    home.router,
    diplomas.router,
    files.router,
    claims.router,
    offers.router,
    requests.router,
    asking.router,
    openid4vp.router,
    sets.router,
    taxonomy.router,
    sharing.router,
    platforms.router,
    programs.router,
    leaving.router,
    recovery.router,
    forgetting.router,
)

"""All pages of the wallet that know no host, in the order in which their routes are tried."""

from wallet.pages import forgetting, taxonomy
from wallet.pages.routing import Router

ROUTERS: tuple[Router, ...] = (
    taxonomy.router,
    forgetting.router,
)

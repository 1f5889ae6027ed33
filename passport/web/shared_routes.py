"""Routes of a service, worked out once however many applications are made of them."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.routing import BaseRoute

from passport.web.operations import operation_id


def shared_routes(*routers: APIRouter) -> Sequence[BaseRoute]:
    """The routes of these routers, in their order, for any number of applications of one process.

    FastAPI reads the signature of each endpoint, and of all it depends on, when a router first answers inside
    what included it: a fifth of a second for a service of ours. An application that includes its routers
    itself pays that anew; these routes keep it.
    """
    together = APIRouter(generate_unique_id_function=operation_id)
    for router in routers:
        together.include_router(router)
    return tuple(together.routes)

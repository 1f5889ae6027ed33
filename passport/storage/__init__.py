"""The document store: beanie on MongoDB, or on an embedded server that needs nothing installed.

Every state change is one document, found by `_id`, with its expected state in the filter. That is all the
embedded server needs to offer, and it ports to any MongoDB.

The names are imported when they are asked for: the embedded server is a process of its own, starts with every
service, and has no use for the driver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from passport.storage.connection import Connection, connect
    from passport.storage.failures import FAILURES
    from passport.storage.once import Once, claim_once

__all__ = ["FAILURES", "Connection", "Once", "claim_once", "connect"]

_ROOMS = {"Connection": "connection", "connect": "connection", "FAILURES": "failures"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_ROOMS.get(name, 'once')}"), name)

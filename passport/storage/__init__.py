"""The document store: beanie on MongoDB, or on an embedded server that needs nothing installed.

Every state change is one document, found by `_id`, with its expected state in the filter. That is all the
embedded server needs to offer, and it ports to any MongoDB.
"""

from passport.storage.connection import Connection, connect
from passport.storage.failures import FAILURES
from passport.storage.once import Once, claim_once

__all__ = ["FAILURES", "Connection", "Once", "claim_once", "connect"]

"""What the driver raises, as errors of ours: for the table of problems."""

from collections.abc import Mapping

from pymongo.errors import DuplicateKeyError, PyMongoError

from passport.errors import PassportError
from passport.errors.storage import AlreadyThere, StoreUnavailable

FAILURES: Mapping[type[Exception], type[PassportError]] = {
    DuplicateKeyError: AlreadyThere,
    PyMongoError: StoreUnavailable,
}

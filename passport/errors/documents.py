"""Refusals while documents are brought in from elsewhere."""

from passport.errors.base import Indeterminate


class NotFetched(Indeterminate):
    code = "not_fetched"
    sentence = "A document that is needed for this check could not be fetched."

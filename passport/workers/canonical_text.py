"""A worker's task: the canonical form of one document, as text."""

from passport.json import parse_object
from passport.jsonld.canonical import canonicalize
from passport.limits import PUBLISHED
from passport.workers.items import Plain

TASK = f"{__name__}:CanonicalText"


class CanonicalText:
    """The task. Items are a hash's name and a document as JSON that its own reader wrote."""

    def __init__(self, setup: Plain) -> None:
        """Nothing is needed to begin with."""

    def share(self, found: Plain) -> None:
        """Nothing is shared."""

    def work(self, item: Plain) -> Plain:
        """Raises what `canonicalize` raises."""
        hash_name, source = item
        return canonicalize(parse_object(source, PUBLISHED), hash_name=hash_name)

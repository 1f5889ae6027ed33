"""A worker's task: check how one document is written, or make its canonical form."""

from passport.json import parse_object
from passport.jsonld.canonical import canonicalize
from passport.jsonld.screen import check_structure
from passport.limits import PUBLISHED
from passport.workers.items import Plain

TASK = f"{__name__}:CanonicalText"


class CanonicalText:
    """The task. Items are a hash's name, or None, and a document as JSON that its own reader wrote."""

    def __init__(self, setup: Plain) -> None:
        """Nothing is needed to begin with."""

    def share(self, found: Plain) -> None:
        """Nothing is shared."""

    def work(self, item: Plain) -> Plain:
        """The canonical form, for a hash; without one, only how the document is written is checked.

        Raises what `check_structure` and `canonicalize` raise.
        """
        hash_name, source = item
        document = parse_object(source, PUBLISHED)
        if hash_name is None:
            check_structure(document)
            return None
        return canonicalize(document, hash_name=hash_name)

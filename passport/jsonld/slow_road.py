"""Another way for documents of a shape that is not known yet: to work on them takes long and holds others up.

A service sets the road for one check. Whoever verifies knows nothing of it: it asks for the structure to be
checked and for the canonical form, and gets them, or the refusal, from wherever they were made.
"""

from contextvars import ContextVar
from typing import Protocol

from passport.json import JsonObject
from passport.jsonld import screen


class Road(Protocol):
    def check_structure(self, document: JsonObject) -> None:
        """Raises what `screen.check_structure` raises."""
        ...

    def canonicalize(self, document: JsonObject, hash_name: str) -> str:
        """The canonical form, with the name of a hash; raises what `canonicalize` raises."""
        ...


SLOW_ROAD: ContextVar[Road | None] = ContextVar("slow_road", default=None)
"""None: such documents are worked on here and now."""


def check_structure(document: JsonObject) -> None:
    """Refuse a document that is not written in the one accepted way, as `screen.check_structure` says."""
    road = SLOW_ROAD.get()
    if road is None:
        screen.check_structure(document)
    else:
        road.check_structure(document)

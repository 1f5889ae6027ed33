"""Another way for documents of a shape that is not known yet: to expand them takes long and holds others up.

A service sets the road for one check. Whoever verifies knows nothing of it: it asks for the canonical form,
and gets it, or the refusal, from wherever it was made.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeAlias

from passport.json import JsonObject

Road: TypeAlias = Callable[[JsonObject, str], str]
"""From a document and the name of a hash to the canonical form; raises what `canonicalize` raises."""

SLOW_ROAD: ContextVar[Road | None] = ContextVar("slow_road", default=None)
"""None: such documents are expanded here and now."""

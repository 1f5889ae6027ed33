"""Learn the shapes that come often, without giving anybody who sends new ones the time of this process."""

import threading
import time
from collections.abc import Callable

from contexts import shipped
from passport import limits
from passport.json import JsonObject
from passport.jsonld.compiled.shapes import shapes


class Learning:
    """Takes note of documents that came by the slow lane; a shape that comes again is compiled, now and then.

    Compiling takes some expansions, in this process. After the first shapes, which a service meets when it
    starts, it may take `limits.WORK.learning` of the time and no more: what is not learned stays in the lane.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._free = limits.WORK.learned_at_once
        self._not_before = 0.0

    def take_note(self, document: JsonObject, hash_name: str, text: str) -> None:
        """`text` is the canonical form, as the reference made it."""
        if not self._lock.acquire(blocking=False):
            return  # one at a time
        try:
            began = self._clock()
            if began < self._not_before:
                return
            if not shapes(shipped()).saw(document, hash_name, text):
                return
            self._free -= 1
            if self._free < 0:
                ended = self._clock()
                self._not_before = ended + (ended - began) / limits.WORK.learning
        finally:
            self._lock.release()

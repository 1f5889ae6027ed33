"""What the routes of the conformance profile work with: its slots, its contexts, its list, its way out."""

from collections.abc import Callable
from typing import TypeVar

from contexts import Contexts
from passport.clock import Clock
from passport.conformance.slots import BITSTRING, Slot, make_slots, profile_suites
from passport.conformance.status_list import StatusList
from passport.credentials.held_resources import published
from passport.documents import DocumentCache, Documents
from passport.errors.conformance import NoSuchSlot
from passport.fetch import Fetcher, gather

Result = TypeVar("Result")


class Profile:
    """What the routes work with."""

    def __init__(self, origin: str, contexts: Contexts, *, allow_loopback: bool, clock: Clock) -> None:
        self.origin, self.contexts, self.clock = origin, contexts, clock
        self.held = published
        self.slots = make_slots(profile_suites(contexts))
        status = next(slot for slot in self.slots.values() if slot.name == BITSTRING)
        self.status_list = StatusList(status, f"{origin}/status/1")
        self._fetcher = Fetcher(allow_loopback=allow_loopback, clock=clock)

    def slot(self, name: str, key: str) -> Slot:
        """Raises NoSuchSlot."""
        found = self.slots.get(f"{name}/{key}")
        if found is None:
            raise NoSuchSlot
        return found

    async def with_documents(self, check: Callable[[Documents], Result]) -> Result:
        """Run a check with the documents that it needs; our own list is at hand."""
        cache = DocumentCache.of([self.status_list.published(self.clock())])
        return await gather(check, cache, self._fetcher)

"""Verified lists, kept by their text: looking a second credential up costs one bit and no signature.

A list is found again by its kind, its address and its whole text, so that nobody's list passes for another's.
What it was verified with (keys, DID documents) and all that depends on the moment is checked anew each time.
"""

from collections import OrderedDict
from threading import Lock

from passport import limits
from passport.status.signed_list import SignedList

_OVERHEAD = 1_024
"""Bytes of a list besides its text and its bits."""
Key = tuple[str, str, bytes]


class KeptLists:
    """The lists used last, up to a number of bytes."""

    def __init__(self, most: int = limits.STATUS.kept) -> None:
        self._most = most
        self._bytes = 0
        self._lists: OrderedDict[Key, SignedList] = OrderedDict()
        self._lock = Lock()

    def get(self, entry_type: str, url: str, body: bytes) -> SignedList | None:
        key = (entry_type, url, body)
        with self._lock:
            found = self._lists.get(key)
            if found is not None:
                self._lists.move_to_end(key)
            return found

    def put(self, body: bytes, found: SignedList) -> None:
        key = (found.entry_type, found.url, body)
        with self._lock:
            if key not in self._lists:
                self._bytes += _weight(key, found)
            self._lists[key] = found
            self._lists.move_to_end(key)
            while self._bytes > self._most:
                self._bytes -= _weight(*self._lists.popitem(last=False))


def _weight(key: Key, found: SignedList) -> int:
    return len(key[2]) + len(found.bits) + _OVERHEAD


KEPT = KeptLists()
"""Of this process."""

"""What is made from the master secret: seals for what is stored, and codes that need no storing."""

import hashlib
import hmac
from collections.abc import Sequence

from passport.json import canonicalize
from passport.storage.sealing import MasterKey

_SERVICE = "issuer"


class MasterSecret:
    """Never shown: its repr is the class's."""

    def __init__(self, text: str) -> None:
        self._key = MasterKey(text, _SERVICE)
        self._codes = hashlib.blake2b(text.encode(), digest_size=32, person=b"issuer-codes").digest()

    def seal(self, data: bytes, *, purpose: str, bound_to: Sequence[str]) -> bytes:
        """Encrypt; `bound_to` are the ids that it belongs to and that `open` must be given again.

        The associated data names purpose and ids, so that a sealed value moved to another organisation, key
        or file does not open.
        """
        return self._key.seal(data, _place(purpose, bound_to))

    def open(self, sealed: bytes, *, purpose: str, bound_to: Sequence[str]) -> bytes:
        """Decrypt what `seal` made; raises SealBroken."""
        return self._key.unseal(sealed, _place(purpose, bound_to))

    def code(self, purpose: str, *parts: str) -> bytes:
        """32 bytes that only this service can make: ids and codes that a retry meets again."""
        key = hmac.digest(self._codes, purpose.encode(), "sha256")
        return hashlib.blake2b(_place(purpose, parts).encode(), key=key, digest_size=32).digest()


def _place(purpose: str, bound_to: Sequence[str]) -> str:
    return canonicalize([purpose, *bound_to]).decode()

"""Seals of one case: a key of its own, sealed under the master secret. Without that key all of it is gone."""

import secrets

from issuer.secrets import MasterSecret
from passport.errors.storage import SealBroken
from passport.json import JsonObject, dump, parse_object
from passport.limits import PUBLISHED
from passport.storage.sealing import MasterKey

_PURPOSE = "validation-key"
_BYTES = 32


class Envelope:
    """What a case's files, notes and texts are sealed with. Its repr shows nothing."""

    __slots__ = ("_case", "_key")

    def __init__(self, master: MasterSecret, slug: str, case_id: str, sealed: bytes | None) -> None:
        """Raises SealBroken: also where the key was forgotten."""
        if sealed is None:
            raise SealBroken
        secret = master.open(sealed, purpose=_PURPOSE, bound_to=(slug, case_id))
        self._key, self._case = MasterKey(secret.hex(), _PURPOSE), case_id

    def seal(self, data: bytes, place: str) -> bytes:
        return self._key.seal(data, f"{self._case} {place}")

    def open(self, sealed: bytes, place: str) -> bytes:
        """Raises SealBroken."""
        return self._key.unseal(sealed, f"{self._case} {place}")

    def seal_json(self, content: JsonObject, place: str) -> bytes:
        return self.seal(dump(content), place)

    def open_json(self, sealed: bytes, place: str) -> JsonObject:
        return parse_object(self.open(sealed, place), PUBLISHED)


def new_key(master: MasterSecret, slug: str, case_id: str) -> bytes:
    """A fresh key of a case, sealed for it alone."""
    return master.seal(secrets.token_bytes(_BYTES), purpose=_PURPOSE, bound_to=(slug, case_id))

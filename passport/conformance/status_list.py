"""One status list in memory, for the suite that looks issued credentials up and withdraws them."""

from datetime import datetime, timedelta

from passport.conformance.slots import Slot
from passport.credentials.status_entry import status_entry
from passport.documents import Fetched
from passport.errors import NotFound
from passport.json import JsonObject, dump
from passport.proofs import add_proof
from passport.status import REVOCATION, build_status_list
from passport.status.bitstring import empty, encode, set_bit

_VALID = timedelta(hours=1)


class StatusList:
    """The list of one slot; its places are given out in order, since nobody hides in it."""

    def __init__(self, slot: Slot, url: str) -> None:
        self._slot, self.url = slot, url
        self._bits = empty()
        self._places: dict[str, int] = {}

    def entry(self, credential: JsonObject) -> JsonObject:
        """The credential with its entry; it is looked up by its id again when it is withdrawn."""
        place = len(self._places)
        self._places[str(credential.get("id", place))] = place
        return {**credential, "credentialStatus": status_entry(url=self.url, index=place, purpose=REVOCATION)}

    def withdraw(self, credential_id: str) -> None:
        """Raises NotFound for a credential that was not issued here."""
        if credential_id not in self._places:
            raise NotFound
        set_bit(self._bits, self._places[credential_id], on=True)

    def published(self, now: datetime) -> Fetched:
        """The list as it is served."""
        document = build_status_list(
            url=self.url,
            issuer=self._slot.did,
            purpose=REVOCATION,
            encoded_list=encode(bytes(self._bits)),
            valid_from=now,
            valid_until=now + _VALID,
        )
        secured = add_proof(
            document,
            signer=self._slot.signer,
            verification_method=self._slot.verification_method,
            created=now,
        )
        return Fetched(self.url, dump(secured), now, "application/vc")

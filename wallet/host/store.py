"""Putting a ciphertext there, giving it, taking it away, and forgetting what has ended."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from pymongo.errors import DuplicateKeyError

from passport.clock import Clock
from passport.errors.share_link import ShareLinkGone
from passport.share_link import Shared, link_id
from passport.share_link import deletion_digest as digest_of
from passport.share_link.limits import SHARE_LINK
from wallet.host.errors import HostFull, IdTaken, NotItsId, NotItsOwner, NotThatLong, TooManyUploads
from wallet.host.records import SharedRecord
from wallet.host.settings import HostSettings

_HOUR: Final = timedelta(hours=1)
_SKEW: Final = timedelta(minutes=1)
_SCARCE: Final = 10
"""At six links an hour, each for three months, one address holds 13,000 of 100,000 at most."""


class LinkStore:
    """One process is the only writer: how much there is, it counts itself from the start on."""

    def __init__(self, settings: HostSettings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._links = self._bytes = 0
        self._uploads: dict[str, list[datetime]] = {}

    async def load(self) -> None:
        """Count what is there."""
        self._links = self._bytes = 0
        async for each in SharedRecord.find_all():
            self._links, self._bytes = self._links + 1, self._bytes + len(each.sealed)

    async def put(self, shared: Shared, deletion_digest: str, networks: Sequence[str]) -> None:
        """Keep a ciphertext. The very same again is no second one: an answer may have been lost.

        Args:
            shared: what is kept.
            deletion_digest: of the secret that takes it away; the id is made of it, so that nobody but who
                has the secret puts anything there, before or after it was taken away.
            networks: whose upload it is, the smallest first.

        Raises:
            NotItsId, NotThatLong, TooManyUploads, HostFull
            IdTaken: something else is there.
        """
        if shared.id != link_id(deletion_digest):
            raise NotItsId
        now = self._clock()
        least, most = timedelta(seconds=SHARE_LINK.least_seconds), timedelta(seconds=SHARE_LINK.most_seconds)
        if not now + least - _SKEW <= shared.until <= now + most + _SKEW:
            raise NotThatLong
        self._count_upload(networks, now)
        room = self._links < self._settings.most_links
        if not room or self._bytes + len(shared.sealed) > self._settings.most_bytes:
            raise HostFull
        record = SharedRecord(
            id=shared.id, until=shared.until, sealed=shared.sealed, deletion_digest=deletion_digest
        )
        try:
            await record.insert()
        except DuplicateKeyError:
            there = await SharedRecord.get(shared.id)
            if there is None or (there.sealed, there.deletion_digest) != (shared.sealed, deletion_digest):
                raise IdTaken from None
            return
        self._links, self._bytes = self._links + 1, self._bytes + len(shared.sealed)

    async def get(self, identifier: str) -> Shared:
        """Raises ShareLinkGone: never there, ended, or taken away; which of them is not told."""
        found = await SharedRecord.get(identifier)
        if found is None or found.until <= self._clock():
            raise ShareLinkGone
        return Shared(found.id, found.until, found.sealed)

    async def take_away(self, identifier: str, secret: str) -> None:
        """Delete a ciphertext at once.

        Raises:
            ShareLinkGone: there is none.
            NotItsOwner: the secret is another.
        """
        found = await SharedRecord.get(identifier)
        if found is None:
            raise ShareLinkGone
        if not hmac.compare_digest(digest_of(secret), found.deletion_digest):
            raise NotItsOwner
        await self._drop(found)

    async def sweep(self) -> int:
        """Delete what has ended; how many those were."""
        ended = await SharedRecord.find({"until": {"$lte": self._clock()}}).to_list()
        for each in ended:
            await self._drop(each)
        return len(ended)

    async def _drop(self, record: SharedRecord) -> None:
        deleted = await SharedRecord.find_one({"_id": record.id}).delete()
        if deleted is not None and deleted.deleted_count:
            self._links, self._bytes = self._links - 1, self._bytes - len(record.sealed)

    def _count_upload(self, networks: Sequence[str], now: datetime) -> None:
        """In memory only, for an hour: who made a link is not written down."""
        recent = {each: [at for at in self._uploads.get(each, ()) if at > now - _HOUR] for each in networks}
        for number, each in enumerate(networks):
            if len(recent[each]) >= self._most_uploads * SHARE_LINK.households**number:
                raise TooManyUploads
        if not self._uploads.keys() >= recent.keys() and len(self._uploads) >= SHARE_LINK.addresses:
            self._uploads = {each: at for each, at in self._uploads.items() if at[-1] > now - _HOUR}
            if len(self._uploads) >= SHARE_LINK.addresses:
                raise TooManyUploads
        self._uploads.update({each: [*at, now] for each, at in recent.items()})

    @property
    def _most_uploads(self) -> int:
        """From one address. Of a host that is half full nobody alone can take the other half."""
        most = self._settings.most_uploads
        links, stored = self._settings.most_links, self._settings.most_bytes
        return most if 2 * self._links < links and 2 * self._bytes < stored else max(1, most // _SCARCE)

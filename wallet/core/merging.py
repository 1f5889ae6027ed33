"""A backup beside a wallet that holds something already: what is new, what is the same, what differs.

What is here stays as it is. What only the backup has is taken over, in one revision of the vault, but not
all of it (docs/decisions/0042):

- permissions, connections and settings are of one device and one moment: an older backup would bring back
  what the person took back since, and tokens that work once would be at two places
- a DID is no secret. Of a backup that its holder's key neither signed nor lies in, only what an issuer signed
  comes in, and files: no key, nobody to trust, no history, nothing that was looked up
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from passport.clock import format_datetime
from wallet.core import limits
from wallet.core.documents_kept import oldest
from wallet.core.settings_kept import OF_THIS_COPY
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors import VaultTooLarge
from wallet.errors_leaving import NothingNew, OtherHolder

Place = tuple[str, str]


class Found(StrEnum):
    NEW = "new"
    SAME = "same"
    DIFFERENT = "different"
    """Here and in the backup, with another content: what is here stays."""
    LEFT = "left"
    """Only in the backup, and not taken over."""


OF_ONE_DEVICE = frozenset({Kind.PROGRAM, Kind.PLATFORM, Kind.PUBLISHED, Kind.TAXONOMY, Kind.SETTING})
"""Never taken over beside a wallet that is in use."""
BY_ANYBODY = frozenset({Kind.CREDENTIAL, Kind.RECEIPT, Kind.ENDORSEMENT, Kind.FILE})
"""What a backup may bring of which nobody knows who made it: it is verified whenever it is used."""


@dataclass(frozen=True, slots=True)
class Merging:
    """What taking a backup over would do; nothing is written yet."""

    did: str
    """Whose backup it is."""
    other_holder: bool
    brings_key: bool
    """The backup holds the secret key, and this wallet does not."""
    by_holder: bool
    """Made by who has the holder's key."""
    only_here: int
    """How many records the backup lacks."""
    records: Mapping[Place, Found]

    def counted(self) -> Mapping[str, Counter[Found]]:
        """For each kind of record how many are new, the same and different."""
        counts: dict[str, Counter[Found]] = {}
        for (kind, _), found in self.records.items():
            counts.setdefault(kind, Counter())[found] += 1
        return dict(sorted(counts.items()))

    def that_are(self, found: Found) -> tuple[Place, ...]:
        return tuple(sorted(place for place, one in self.records.items() if one is found))


def compare(wallet: Wallet, backup: Wallet, *, by_holder: bool = False) -> Merging:
    """Look at a backup that `trial.check_records` read; writes nothing.

    `by_holder` is what `archive.open_archive` says of it; one that holds the holder's key is the holder's.
    """
    proven = by_holder or backup.has_key
    here, there = _compared(wallet), _compared(backup)
    return Merging(
        did=backup.did,
        other_holder=backup.did != wallet.did,
        brings_key=backup.has_key and not wallet.has_key,
        by_holder=proven,
        only_here=len(here.keys() - there.keys()),
        records={
            place: _new(place, proven=proven)
            if place not in here
            else Found.SAME
            if here[place] == data
            else Found.DIFFERENT
            for place, data in there.items()
        },
    )


def _compared(wallet: Wallet) -> Mapping[Place, bytes]:
    records = {(key.kind, key.id): record.data for key, record in wallet.vault.records.items()}
    return {place: data for place, data in records.items() if place != OF_THIS_COPY}


def _new(place: Place, *, proven: bool) -> Found:
    kind, _ = place
    if kind in OF_ONE_DEVICE or not (proven or kind in BY_ANYBODY):
        return Found.LEFT
    return Found.NEW


def merge(wallet: Wallet, backup: Wallet, *, by_holder: bool = False) -> Merging:
    """Take over what is new, in one revision; gives what was found.

    Raises:
        OtherHolder: credentials of somebody else would be of no use here.
        NothingNew
        VaultTooLarge, VaultNotSaved: nothing was taken over.
    """
    found = compare(wallet, backup, by_holder=by_holder)
    if found.other_holder:
        raise OtherHolder
    fresh = {
        place: backup.vault.get(*place) for place in found.that_are(Found.NEW) if _fits(wallet, backup, place)
    }
    if not fresh:
        raise NothingNew
    if not found.by_holder:
        fresh = {place: _as_of_now(wallet, place, data) for place, data in fresh.items()}
    size = sum(len(data) for (kind, _), data in fresh.items() if kind == Kind.FILE)
    if size + sum(map(len, wallet.vault.of_kind(Kind.FILE).values())) > limits.FILES_TOGETHER:
        raise VaultTooLarge(limit=limits.FILES_TOGETHER)
    dropped = oldest(
        wallet.vault.of_kind(Kind.DOCUMENT),
        {record: data for (kind, record), data in fresh.items() if kind == Kind.DOCUMENT},
        limits.DOCUMENTS,
    )
    gone = frozenset((Kind.DOCUMENT, url) for url in dropped)
    wallet.save({place: data for place, data in fresh.items() if place not in gone}, gone)
    return found


def _as_of_now(wallet: Wallet, place: Place, data: bytes) -> bytes:
    """A receipt says when something came and from which host: of an unknown hand, now and from a file."""
    kind, _ = place
    if kind != Kind.RECEIPT:
        return data
    return as_json({"receivedAt": format_datetime(wallet.now()), "host": None})


def _fits(wallet: Wallet, backup: Wallet, place: Place) -> bool:
    """A secret key fits only beside its own identifier: the one that is here, or that comes with it."""
    kind, record = place
    if kind != Kind.SEED:
        return True
    theirs = backup.vault.of_kind(Kind.IDENTITY).get(record)
    return wallet.vault.of_kind(Kind.IDENTITY).get(record, theirs) == theirs

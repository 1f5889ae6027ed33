"""The trust lists that somebody uses, asked together: what is this DID recognised as, by whom, since when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from passport.errors.trust import TrustListConflict, TrustListRollback
from passport.trust.trust_list import Recognition, TrustEntry, VerifiedTrustList


@dataclass(frozen=True, slots=True)
class RecognitionFound:
    """One recognition of one party, and the list that says so."""

    recognition: Recognition
    entry: TrustEntry
    list_id: str
    list_name: Mapping[str, str]
    list_version: int
    list_age_days: int
    publisher_name: str
    fresh: bool
    """Whether the list is within its dates; if not, this recognition can't be told."""


class TrustStore:
    """Several verified trust lists, at most one version of each. Immutable: `updated` gives a new store."""

    __slots__ = ("_entries", "_parties", "lists")

    def __init__(self, lists: Iterable[VerifiedTrustList] = ()) -> None:
        """Raises TrustListConflict when two lists have one id."""
        self.lists = tuple(lists)
        if len({each.content.id for each in self.lists}) != len(self.lists):
            raise TrustListConflict
        self._entries: dict[str, list[tuple[VerifiedTrustList, TrustEntry]]] = {}
        self._parties: dict[str, frozenset[str]] = {}
        for each in self.lists:
            for entry in each.content.entries:
                self._add(each, entry)

    def updated(self, new: VerifiedTrustList) -> "TrustStore":
        """A store with a newer version of a list, or with one more list.

        Raises:
            TrustListRollback: a lower version than the one at hand, or an earlier date.
            TrustListConflict: the same version with another content, or another publisher.
        """
        for held in self.lists:
            if held.content.id == new.content.id:
                _check_newer(held, new)
        others = tuple(each for each in self.lists if each.content.id != new.content.id)
        return TrustStore((*others, new))

    def recognitions(
        self,
        did: str,
        at: datetime,
        *,
        now: datetime | None = None,
        achievement: str | None = None,
        skills: Collection[str] = (),
    ) -> tuple[RecognitionFound, ...]:
        """What a DID was recognised as when it signed, and is recognised as today.

        The entry must be in force at both moments, `at` and `now` (`at` counts for both where `now` is
        absent): nobody can prove when a signature was made, so who lost a recognition could otherwise sign
        under an old date. An entry that is limited to other achievements or skills is not found.
        """
        today = at if now is None else now
        return tuple(
            RecognitionFound(
                recognition=recognition,
                entry=entry,
                list_id=source.content.id,
                list_name=source.content.name,
                list_version=source.content.version,
                publisher_name=source.content.publisher_name,
                list_age_days=source.age_days(today),
                fresh=source.fresh(today),
            )
            for source, entry in self._entries.get(did, ())
            if entry.in_force(at) and entry.in_force(today) and entry.covers(achievement, skills)
            for recognition in sorted(entry.recognised_as)
        )

    def ever(self, did: str) -> frozenset[Recognition]:
        """Whatever a DID is or was recognised as on any list, for anything."""
        return frozenset().union(*(entry.recognised_as for _, entry in self._entries.get(did, ())))

    def recognised_at(self, did: str, *moments: datetime) -> bool:
        """Whether a list has an entry for a DID that is in force at each moment, for whatever it may be."""
        return any(all(map(entry.in_force, moments)) for _, entry in self._entries.get(did, ()))

    def party(self, did: str) -> frozenset[str]:
        """All DIDs that the lists give to the same party, this one among them."""
        return self._parties.get(did, frozenset({did}))

    def _add(self, source: VerifiedTrustList, entry: TrustEntry) -> None:
        dids = entry.also_known_as | {entry.id}
        for did in dids:
            self._entries.setdefault(did, []).append((source, entry))
        together = frozenset().union(*(self.party(did) for did in dids))
        self._parties.update(dict.fromkeys(together, together))


def _check_newer(held: VerifiedTrustList, new: VerifiedTrustList) -> None:
    if held.content.publisher != new.content.publisher:
        raise TrustListConflict
    if new.content.version < held.content.version:
        raise TrustListRollback
    if new.content.version == held.content.version:
        if new.content.document != held.content.document:
            raise TrustListConflict
    elif new.content.valid_from < held.content.valid_from:
        raise TrustListRollback


NO_TRUST = TrustStore()
"""Nobody is recognised as anything."""

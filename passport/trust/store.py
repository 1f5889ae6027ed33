"""The trust lists that somebody uses, asked together: what is this DID recognised as, by whom, since when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from passport import limits
from passport.errors.trust import NotDelegated, TooManyTrustLists, TrustListConflict, TrustListRollback
from passport.trust.entry import Revocation, TrustEntry
from passport.trust.joined import joined
from passport.trust.recognition import Recognised, Recognition, RecognitionClass, counted, in_order
from passport.trust.standing import Delegation, Standing, delegations, standings
from passport.trust.trust_list import TrustList, VerifiedTrustList

_RELATED = frozenset({Recognition.EMPLOYER, Recognition.WORK_PLACEMENT_COMPANY, Recognition.ADVISER})


@dataclass(frozen=True, slots=True)
class Delegator:
    """Who lets the publisher of a list recognise others: the pinned list that says so, and its age."""

    list_id: str
    list_name: Mapping[str, str]
    list_version: int
    list_age_days: int
    publisher_name: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class RecognitionFound:
    """One recognition of one party, and the list that says so."""

    recognition: Recognition
    entry: TrustEntry
    """Narrowed to the bounds of the delegation, if there is one."""
    list_id: str
    list_name: Mapping[str, str]
    list_version: int
    list_age_days: int
    publisher_name: str
    """Of a delegate the name that the delegator gives it."""
    fresh: bool
    """Whether the lists that say so are within their dates; if not, this recognition can't be told."""
    delegator: Delegator | None = None
    named: RecognitionClass | None = None
    """The list's own class that counts as this; None where the list names the word itself."""


@dataclass(frozen=True, slots=True)
class RevocationFound:
    """That a recognition was revoked: when, why, and by whom."""

    revocation: Revocation
    publisher_name: str


class TrustStore:
    """Several verified trust lists, at most one version of each. Immutable: `updated` gives a new store."""

    __slots__ = ("_ever", "_parties", "_standings", "delegations", "lists")

    def __init__(self, lists: Iterable[VerifiedTrustList] = ()) -> None:
        """Raises TrustListConflict when two lists have one id, TooManyTrustLists beyond the limit."""
        self.lists = tuple(lists)
        if len({each.content.id for each in self.lists}) != len(self.lists):
            raise TrustListConflict
        if len(self.lists) > limits.TRUST.lists:
            raise TooManyTrustLists(limit=limits.TRUST.lists)
        # A delegate recognises; that two parties are one, holders among them, only a pinned list can say.
        self._parties = joined(
            entry.dids for each in self.lists if each.pinned for entry in each.content.entries
        )
        self.delegations: tuple[Delegation, ...] = delegations(self.lists, self._parties)
        self._standings: dict[str, list[Standing]] = {}
        chosen_first = sorted(self.lists, key=lambda each: not each.pinned)  # so is the name that is shown
        for standing in standings(chosen_first, self._parties):
            for did in standing.entry.dids:
                self._standings.setdefault(did, []).append(standing)
        self._ever = _ever(self._standings)

    def updated(self, new: VerifiedTrustList) -> "TrustStore":
        """A store with a newer version of a list, or with one more list.

        Raises:
            TrustListRollback: a lower version than the one at hand, or an earlier date.
            TrustListConflict: the same version with another content, or another publisher.
            NotDelegated: a list that was not chosen, and that no list at hand delegates.
            TooManyTrustLists: one more than is held.
        """
        self.check_delegated(new)
        for held in self.lists:
            if held.content.id == new.content.id:
                check_newer(held.content, new.content)
        others = tuple(each for each in self.lists if each.content.id != new.content.id)
        return TrustStore((*others, new))

    def check_delegated(self, new: VerifiedTrustList) -> None:
        """Whether a list is pinned or a delegate's own: nobody else takes an address.

        Raises:
            NotDelegated: neither.
        """
        if not new.pinned and not any(each.lets(new) for each in self.delegations):
            raise NotDelegated

    def recognitions(
        self,
        did: str,
        at: datetime,
        *,
        now: datetime | None = None,
        achievement: str | None = None,
        skills: Collection[str] = (),
        signed_with: Collection[str] = (),
    ) -> tuple[RecognitionFound, ...]:
        """What a DID was recognised as when it signed, and is recognised as today.

        The entry must be in force at both moments, `at` and `now` (`at` counts for both where `now` is
        absent): nobody can prove when a signature was made, so who lost a recognition could otherwise sign
        under an old date. An entry that is limited to other achievements or skills is not found, and neither
        is one on the word of a key in `signed_with` (multikeys): that would be a list about itself.
        """
        today = at if now is None else now
        return tuple(
            _found(recognised, standing, today)
            for standing in self._standings.get(did, ())
            if standing.entry.in_force(at) and standing.entry.in_force(today)
            if standing.entry.covers(achievement, skills) and standing.keys.isdisjoint(signed_with)
            for recognised in in_order(standing.entry.recognised_as)
        )

    def ever(self, did: str) -> frozenset[Recognition]:
        """Whatever a DID is or was recognised as on any list, for anything.

        An employer or adviser is one under all DIDs that any list, also a delegate's, gives to it.
        """
        return self._ever.get(did, frozenset())

    def recognised_at(self, did: str, *moments: datetime) -> bool:
        """Whether a list has an entry for a DID that is in force at each moment, for whatever it may be."""
        return any(all(map(each.entry.in_force, moments)) for each in self._standings.get(did, ()))

    def revoked(self, did: str, now: datetime) -> RevocationFound | None:
        """The latest revocation of what a DID was recognised as, if there was one."""
        found = [
            RevocationFound(each.entry.revoked, each.publisher_name)
            for each in self._standings.get(did, ())
            if each.entry.revoked is not None and each.entry.revoked.at <= now
        ]
        return max(found, key=lambda each: each.revocation.at, default=None)

    def party(self, did: str) -> frozenset[str]:
        """All DIDs that the pinned lists give to the same party, this one among them."""
        return self._parties.get(did, frozenset({did}))

    def standings(self, now: datetime) -> tuple[Standing, ...]:
        """Every entry that counts at a moment, once."""
        found = {id(each): each for some in self._standings.values() for each in some}
        return tuple(each for each in found.values() if each.entry.in_force(now))

    def standings_of(self, did: str) -> tuple[Standing, ...]:
        """What counts of a DID, at some moment."""
        return tuple(self._standings.get(did, ()))

    def delegates(self, now: datetime) -> frozenset[str]:
        """The DIDs that may recognise others at a moment, and whose lists are therefore taken."""
        return frozenset().union(*(each.entry.dids for each in self.delegations if each.entry.in_force(now)))

    def delegated_lists(self, now: datetime) -> tuple[str, ...]:
        """The addresses of the delegates' lists, each once."""
        return tuple(dict.fromkeys(each.list_id for each in self.delegations if each.entry.in_force(now)))


def _found(recognised: Recognised, standing: Standing, now: datetime) -> RecognitionFound:
    content, delegation = standing.source.content, standing.delegation
    return RecognitionFound(
        recognition=counted(recognised),
        entry=standing.entry,
        list_id=content.id,
        list_name=content.name,
        list_version=content.version,
        list_age_days=standing.source.age_days(now),
        publisher_name=standing.publisher_name,
        fresh=standing.fresh(now),
        delegator=None if delegation is None else _delegator(delegation.source, now),
        named=recognised if isinstance(recognised, RecognitionClass) else None,
    )


def _delegator(source: VerifiedTrustList, now: datetime) -> Delegator:
    content = source.content
    return Delegator(
        list_id=content.id,
        list_name=content.name,
        list_version=content.version,
        list_age_days=source.age_days(now),
        publisher_name=content.publisher_name,
        fresh=source.fresh(now),
    )


def _ever(known: Mapping[str, Iterable[Standing]]) -> Mapping[str, frozenset[Recognition]]:
    own = {
        did: frozenset[Recognition]().union(*(each.entry.words for each in some))
        for did, some in known.items()
    }
    kin = joined(each.entry.dids for some in known.values() for each in some)
    related: dict[frozenset[str], frozenset[Recognition]] = {
        group: frozenset[Recognition]().union(*(own[did] for did in group)) & _RELATED
        for group in set(kin.values())
    }
    return {did: words | related[kin[did]] for did, words in own.items()}


def check_newer(held: TrustList, new: TrustList) -> None:
    """Whether a list may take the place of one with the same id.

    Raises:
        TrustListRollback: a lower version than the one at hand, or an earlier date.
        TrustListConflict: the same version with another content, or another publisher.
    """
    if held.publisher != new.publisher:
        raise TrustListConflict
    if new.version < held.version:
        raise TrustListRollback
    if new.version == held.version:
        if new.document != held.document:
            raise TrustListConflict
    elif new.valid_from < held.valid_from:
        raise TrustListRollback


NO_TRUST = TrustStore()
"""Nobody is recognised as anything."""

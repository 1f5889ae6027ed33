"""Trust lists as the page shows them: whose, how old, who is on them, and what does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from passport.trust import Recognised, Revocation, TrustEntry, TrustStore, VerifiedTrustList, in_order

SHOWN_ENTRIES = 200
"""Entries of one list on the page; the list itself has them all."""


@dataclass(frozen=True, slots=True)
class ShownDelegation:
    delegator: str
    words: tuple[Recognised, ...]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    id: str
    name: str
    words: tuple[Recognised, ...]
    may: tuple[Recognised, ...]
    their_list_here: bool
    skills: bool
    achievements: bool
    revoked: Revocation | None
    ended: bool
    itself: bool


@dataclass(frozen=True, slots=True)
class ShownList:
    name: Mapping[str, str]
    publisher: str
    version: int
    count: int
    chosen: bool
    delegations: tuple[ShownDelegation, ...]
    age: int
    until: datetime
    fresh: bool
    revoked: Revocation | None
    entries: tuple[ShownEntry, ...]
    more: int


def shown_lists(store: TrustStore, now: datetime) -> list[ShownList]:
    """The lists that were chosen first, then those of delegates."""
    return [_list(each, store, now) for each in sorted(store.lists, key=lambda each: not each.pinned)]


def _list(each: VerifiedTrustList, store: TrustStore, now: datetime) -> ShownList:
    content = each.content
    letting = [by for by in store.delegations if by.lets(each) and by.entry.in_force(now)]
    revoked = content.revoked
    return ShownList(
        name=content.name,
        publisher=content.publisher_name if each.pinned or not letting else letting[0].entry.name,
        version=content.version,
        count=len(content.entries),
        chosen=each.pinned,
        delegations=tuple(
            ShownDelegation(by.source.content.publisher_name, tuple(in_order(by.entry.may_recognise)))
            for by in letting
        ),
        age=each.age_days(now),
        until=content.valid_until,
        fresh=each.fresh(now),
        revoked=revoked if revoked is not None and revoked.at <= now else None,
        entries=tuple(_entry(entry, each, store, now) for entry in content.entries[:SHOWN_ENTRIES]),
        more=max(0, len(content.entries) - SHOWN_ENTRIES),
    )


def _entry(entry: TrustEntry, source: VerifiedTrustList, store: TrustStore, now: datetime) -> ShownEntry:
    counts = any(each.source is source for did in entry.dids for each in store.standings_of(did))
    delegates = any(by.source is source and by.entry.id == entry.id for by in store.delegations)
    revoked = entry.revoked
    return ShownEntry(
        id=entry.id,
        name=entry.name,
        words=tuple(in_order(entry.recognised_as)),
        may=tuple(in_order(entry.may_recognise)) if source.pinned else (),
        their_list_here=any(each.content.id == entry.list_id for each in store.lists),
        skills=entry.skills is not None,
        achievements=entry.achievements is not None,
        revoked=revoked if revoked is not None and revoked.at <= now else None,
        ended=not entry.in_force(now),
        itself=source.pinned and not counts and not delegates,
    )

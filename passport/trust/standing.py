"""What the lists in use come to: which entries count, within which bounds, and on whose word.

1. A list whose publisher was chosen (pinned) counts by itself. Any other counts only where a pinned list
   lets its publisher recognise, in that very list, and only within that entry: one level deep.
2. A list never recognises whoever publishes it: not by that DID, nor by another that a pinned list or the
   list itself gives to the same party, nor by the key that signed it.
3. A delegate recognises nobody who publishes a list in use, so no ring of delegates helps its members.
4. What is revoked, an entry, the delegation or a whole list, counts no longer from that moment.

Rules 2 and 3 look at the lists alone, not at whether a delegation is in force: to take one away adds nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.dids import create_did_key, resolve_did
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.keys import PublicKey
from passport.trust.entry import TrustEntry
from passport.trust.joined import joined
from passport.trust.trust_list import VerifiedTrustList

Parties = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Delegation:
    """That a list lets somebody recognise others, and the entry that says so."""

    source: VerifiedTrustList
    entry: TrustEntry

    @property
    def list_id(self) -> str:
        """The one list that it is about, and the address where that is."""
        assert self.entry.list_id is not None
        return self.entry.list_id

    def lets(self, other: VerifiedTrustList) -> bool:
        """Whether it is about this list of that publisher."""
        return other.content.id == self.list_id and other.content.publisher in self.entry.dids


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as far as it counts: with the bounds and revocations of everything that it stands on."""

    source: VerifiedTrustList
    entry: TrustEntry
    delegation: Delegation | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The keys on whose word it stands."""
        return self.source.keys | (frozenset() if self.delegation is None else self.delegation.source.keys)

    @property
    def publisher_name(self) -> str:
        """Whose list it is on; a delegate is called as its delegator calls it."""
        return self.source.content.publisher_name if self.delegation is None else self.delegation.entry.name

    def fresh(self, now: datetime) -> bool:
        """Whether every list that it stands on is within its dates."""
        return self.source.fresh(now) and (self.delegation is None or self.delegation.source.fresh(now))


def delegations(lists: Iterable[VerifiedTrustList], parties: Parties) -> tuple[Delegation, ...]:
    """What the pinned lists delegate, within the revocation of the list."""
    return tuple(
        Delegation(source, entry.until(source.content.revoked))
        for source in lists
        if source.pinned
        for selves in (_selves(source, parties),)
        for entry in source.content.delegations
        if not _names(entry, selves, source.keys)
    )


def standings(lists: Sequence[VerifiedTrustList], parties: Parties) -> Iterator[Standing]:
    """Every entry that counts, at some moment, for something; `parties` are the pinned lists' own groups."""
    delegated = delegations(lists, parties)
    publishers = frozenset().union(*(_party(each, parties) for each in lists))
    keys = frozenset().union(*(each.keys for each in lists))
    for source in lists:
        selves = _selves(source, parties)
        if source.pinned:
            for entry in source.content.entries:
                if entry.recognised_as and not _names(entry, selves, source.keys):
                    yield Standing(source, entry.until(source.content.revoked))
        else:
            bounds = [each for each in delegated if each.lets(source)]
            yield from _within(source, bounds, selves | publishers, keys)


def _within(
    source: VerifiedTrustList, bounds: Sequence[Delegation], not_these: frozenset[str], keys: frozenset[str]
) -> Iterator[Standing]:
    for entry in source.content.entries if bounds else ():
        if _names(entry, not_these, keys):
            continue
        for delegation in bounds:
            narrowed = entry.until(source.content.revoked).within(delegation.entry)
            if narrowed is not None:
                yield Standing(source, narrowed, delegation)


def _party(source: VerifiedTrustList, parties: Parties) -> frozenset[str]:
    publisher = source.content.publisher
    own = {create_did_key(PublicKey.from_multikey(key)) for key in source.keys}
    return frozenset().union(*(parties.get(did, {did}) for did in {publisher, *own}))


def _selves(source: VerifiedTrustList, parties: Parties) -> frozenset[str]:
    """All DIDs of a list's publisher, also those that only its own list gives to it."""
    known = _party(source, parties)
    own = joined([known, *(entry.dids for entry in source.content.entries if entry.also_known_as)])
    return own[source.content.publisher]


def _names(entry: TrustEntry, dids: frozenset[str], keys: frozenset[str]) -> bool:
    return not entry.dids.isdisjoint(dids) or any(_is_key(did, keys) for did in entry.dids)


def _is_key(did: str, keys: frozenset[str]) -> bool:
    """Whether a did:jwk is one of these keys; one key has many spellings there."""
    if not did.startswith("did:jwk:"):
        return False
    try:
        document = resolve_did(did, DocumentCache())
    except PassportError:
        return False
    return any(method.public_key.to_multikey() in keys for method in document.methods)

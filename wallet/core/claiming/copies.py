"""Copies of one credential, each under a key of its own (OpenID4VCI 1.0, section 8.2).

For SD-JWT VCs, which are bound to a bare key: shown in two places, two copies have no key in common. What
else they say may still be alike; docs/decisions/0023 says why the wallet asks for copies when it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from passport.keys import load_signer
from wallet.core.holder import Holder, holder_of
from wallet.core.wallet import COPY, Kind, Records, Wallet, key_records, type_of_key


@dataclass(frozen=True, slots=True)
class CopyKey:
    """A key that is not kept yet: it is when its copy is."""

    record: str
    records: Records = field(repr=False)

    @property
    def holder(self) -> Holder:
        return holder_of(load_signer(type_of_key(self.record), self.records[Kind.SEED, self.record]))


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is kept, and the key to show it with."""

    source: bytes = field(repr=False)
    holder: Holder
    records: frozenset[tuple[str, str]]
    """The copy and its key, which signs for nothing else: they go together."""


def new_copy_keys(wallet: Wallet, count: int) -> tuple[CopyKey, ...]:
    """So many new P-256 keys."""
    names = [f"{COPY}{wallet.new_id()}" for _ in range(count)]
    return tuple(CopyKey(name, key_records(name, wallet.random)) for name in names)


def copy_records(record: str, copies: Sequence[tuple[CopyKey, bytes]]) -> Records:
    """The records of copies of a credential, with their keys."""
    found: dict[tuple[str, str], bytes] = {}
    for key, source in copies:
        found |= {**key.records, (Kind.COPY, f"{record} {key.record}"): source}
    return found


def copies_of(wallet: Wallet, record: str) -> tuple[Copy, ...]:
    """The copies of a credential, without the one that is read; those whose key is not here are left out."""
    seeds = wallet.vault.of_kind(Kind.SEED)
    found = []
    for identifier, source in wallet.vault.of_kind(Kind.COPY).items():
        name, _, key = identifier.partition(" ")
        if name == record and key in seeds:
            holder = holder_of(load_signer(type_of_key(key), seeds[key]))
            found.append(Copy(source, holder, _records(identifier)))
    return tuple(found)


def records_of_copies(wallet: Wallet, record: str) -> frozenset[tuple[str, str]]:
    """All copies of a credential with their keys, to be forgotten with it."""
    copies = [each for each in wallet.vault.of_kind(Kind.COPY) if each.partition(" ")[0] == record]
    return frozenset().union(*(_records(each) for each in copies))


def _records(identifier: str) -> frozenset[tuple[str, str]]:
    key = identifier.partition(" ")[2]
    return frozenset({(Kind.COPY, identifier), (Kind.SEED, key), (Kind.IDENTITY, key)})

"""Published sets that the wallet follows: the index as it came, and the content of each set.

Sets are fetched whole, and whether a set or its delta is fetched follows from what was fetched before alone:
never from what the person looked at, kept or removed. So the contents are kept by themselves.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from matching.published.index import INDEX, Earlier, Index, PublishedSet, parse_index, read_index
from matching.published.limits import PUBLISHED_SETS
from matching.published.packing import inflate, pack, read_content
from passport.clock import format_datetime, parse_datetime
from passport.encoding import digest_multibase
from passport.json import canonicalize, parse_object
from passport.limits import PUBLISHED
from wallet.core import limits
from wallet.core.wallet import Kind, Records, Wallet, as_json
from wallet.errors_sets import NotAnAddressOfSets, NotFollowed, PublishedSetsRollback, TooManyFollowed

_ADDRESS = re.compile(r"https?://[!-~]+")
_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one set at the last update."""

    taken: int = 0
    left: Mapping[str, int] = field(default_factory=dict)
    """Documents that were not taken, by the code of the reason."""
    unsure: int = 0
    """Documents whose publisher's key was not to be had: it is looked for again at the next update."""
    error: str = ""
    """Why the set itself could not be fetched; what was here before stays."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One address, what it published when the wallet last looked, and when that was."""

    record: str
    address: str
    source: bytes
    """The index as it came."""
    etag: str
    checked_at: datetime
    outcomes: Mapping[str, Outcome]
    index: Index


def address_of(text: str) -> str:
    """Where the folder is, from its address or that of its index.

    Raises:
        NotAnAddressOfSets
    """
    address = text.strip().removesuffix(INDEX).rstrip("/")
    if len(address) > _LENGTH or not _ADDRESS.fullmatch(address) or set("?#") & set(address):
        raise NotAnAddressOfSets
    return address


def record_of(address: str) -> str:
    """The vault's id for an address."""
    return hashlib.sha256(address.encode("utf-8")).hexdigest()[:32]


def followed(wallet: Wallet) -> tuple[Followed, ...]:
    """Every address that the wallet follows, in the order of the addresses."""
    records = wallet.vault.of_kind(Kind.PUBLISHED)
    found = [_read(record, data) for record, data in records.items() if " " not in record]
    return tuple(sorted(found, key=lambda one: one.address))


def followed_one(wallet: Wallet, record: str) -> Followed:
    """Raises NotFollowed."""
    data = wallet.vault.of_kind(Kind.PUBLISHED).get(record)
    if data is None or " " in record:
        raise NotFollowed
    return _read(record, data)


def check_followed(wallet: Wallet) -> None:
    """Read everything once, contents too; raises what a broken record raises."""
    held = {one.record for one in followed(wallet)}
    for record, data in wallet.vault.of_kind(Kind.PUBLISHED).items():
        owner, _, name = record.partition(" ")
        if name:
            inflate(data, PUBLISHED_SETS.content)
            if owner not in held:
                raise NotFollowed


def check_room(wallet: Wallet, address: str) -> None:
    """Raises TooManyFollowed."""
    here = {one.address for one in followed(wallet)}
    if address not in here and len(here) >= limits.FOLLOWED:
        raise TooManyFollowed(limit=limits.FOLLOWED)


def check_index(
    source: bytes, known: Followed | None, *, now: datetime, publishers: Collection[str] | None = None
) -> Index:
    """Verify an index against the one that is here: the same publisher, and nothing older.

    Raises:
        PublishedSetsRollback
        PassportError: as `read_index`.
    """
    expected = publishers if known is None else {known.index.publisher}
    found = read_index(source, now=now, publishers=expected)
    if known is not None:
        same = _content(source) == _content(known.source)
        if found.version < known.index.version or (found.version == known.index.version and not same):
            raise PublishedSetsRollback
    return found


def content_held(wallet: Wallet, record: str, name: str) -> bytes | None:
    """The content of a set as it was last fetched; None where there is none."""
    packed = wallet.vault.of_kind(Kind.PUBLISHED).get(f"{record} {name}")
    return None if packed is None else inflate(packed, PUBLISHED_SETS.content)


def way_to(one: PublishedSet, held: bytes | None) -> Earlier | None:
    """The earlier version that is here, where the index has a delta from it."""
    if held is None:
        return None
    digest = digest_multibase(held)
    found = (each for each in one.earlier if each.delta is not None and each.content_digest == digest)
    return next(found, None)


def documents_new(content: bytes, held: bytes | None) -> tuple[bytes, ...]:
    """The documents that the content before did not have: what a person removed stays removed."""
    known = frozenset(() if held is None else read_content(held))
    return tuple(each for each in read_content(content) if each not in known)


def keep_followed(wallet: Wallet, one: Followed, contents: Mapping[str, bytes]) -> None:
    """Keep an index and the contents that were fetched by it; sets that are published no more go."""
    names = {each.name for each in one.index.sets}
    state = {
        "address": one.address,
        "index": one.source.decode("utf-8"),
        "etag": one.etag,
        "checkedAt": format_datetime(one.checked_at),
        "outcomes": {name: _outcome_json(each) for name, each in one.outcomes.items() if name in names},
    }
    put = {(Kind.PUBLISHED, one.record): as_json(state)}
    put |= {(Kind.PUBLISHED, f"{one.record} {name}"): pack(content) for name, content in contents.items()}
    gone = {place for place in _places(wallet, one.record) if place[1].partition(" ")[2] not in {"", *names}}
    wallet.save(put, frozenset(gone))


def stop_following(wallet: Wallet, record: str) -> Records:
    """Erase an address and its contents; what was taken out of them stays. Raises NotFollowed."""
    followed_one(wallet, record)
    return wallet.erase(_places(wallet, record))


def _places(wallet: Wallet, record: str) -> frozenset[tuple[str, str]]:
    here = wallet.vault.of_kind(Kind.PUBLISHED)
    return frozenset((Kind.PUBLISHED, each) for each in here if each.partition(" ")[0] == record)


def _read(record: str, data: bytes) -> Followed:
    state = json.loads(data)
    source = state["index"].encode("utf-8")
    return Followed(
        record,
        address_of(state["address"]),
        source,
        str(state["etag"]),
        parse_datetime(state["checkedAt"]),
        {str(name): _outcome(each) for name, each in state["outcomes"].items()},
        parse_index(source),
    )


def _outcome(value: Mapping[str, object]) -> Outcome:
    left = value["left"]
    assert isinstance(left, dict)
    return Outcome(
        int(str(value["taken"])),
        {str(k): int(v) for k, v in left.items()},
        int(str(value.get("unsure", 0))),
        str(value["error"]),
    )


def _outcome_json(one: Outcome) -> dict[str, object]:
    return {"taken": one.taken, "left": dict(one.left), "unsure": one.unsure, "error": one.error}


def _content(source: bytes) -> bytes:
    document = parse_object(source, PUBLISHED)
    return canonicalize({name: value for name, value in document.items() if name != "proof"})

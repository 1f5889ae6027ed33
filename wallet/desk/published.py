"""Published sets over the network: the index with its ETag, and of what changed the whole set or its delta.

What is asked follows from the index and from what was fetched before; the person's own choices play no part.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from matching.published.index import INDEX, File, PublishedSet, SetKind
from matching.published.making import open_delta, open_set
from matching.published.packing import read_content
from passport.documents import DocumentCache, Fetched
from passport.encoding import digest_multibase
from passport.errors import PassportError
from passport.outbound.media_types import JSON_TYPES
from wallet.core.published_given import give, look_through
from wallet.core.published_sets import (
    Followed,
    Outcome,
    address_of,
    check_index,
    check_room,
    content_held,
    documents_new,
    followed,
    followed_one,
    keep_followed,
    record_of,
    way_to,
)
from wallet.core.wallet import Wallet
from wallet.desk.outside import Outside

_FILE_TYPES = frozenset({"application/octet-stream"})


def follow(
    outside: Outside, wallet: Wallet, text: str, publishers: Collection[str] | None = None
) -> Followed:
    """Begin to follow an address, or look there again; whoever signed it is shown to the person.

    Raises:
        NotAnAddressOfSets, TooManyFollowed, PublishedSetsRollback
        NotFetched: the index can't be had.
        PassportError: what verifying the index raises.
    """
    address = address_of(text)
    check_room(wallet, address)
    known = next((one for one in followed(wallet) if one.address == address), None)
    return _look(outside, wallet, address, known, publishers)


def update(outside: Outside, wallet: Wallet, record: str) -> Followed:
    """Look again at one address. Raises NotFollowed, and as `follow`; what is here stays."""
    known = followed_one(wallet, record)
    return _look(outside, wallet, known.address, known, None)


def update_all(outside: Outside, wallet: Wallet) -> Sequence[tuple[Followed, PassportError | None]]:
    """Look again at every address; where that fails what is here stays, and the reason is given."""
    found: list[tuple[Followed, PassportError | None]] = []
    for one in followed(wallet):
        try:
            found.append((update(outside, wallet, one.record), None))
        except PassportError as error:
            found.append((one, error))
    return found


def take_again(outside: Outside, wallet: Wallet, record: str) -> Followed:
    """Give everything that is here once more, also what the person removed; the address is not asked.

    Raises:
        NotFollowed
    """
    known = followed_one(wallet, record)
    outcomes = dict(known.outcomes)
    for one in known.index.sets:
        held = content_held(wallet, record, one.name)
        if held is not None:
            outcomes[one.name] = _give(
                outside, wallet, one.kind, read_content(held), lambda: followed_one(wallet, record)
            )
    again = replace(known, outcomes=outcomes)
    keep_followed(wallet, again, {})
    return again


def _look(
    outside: Outside, wallet: Wallet, address: str, known: Followed | None, publishers: Collection[str] | None
) -> Followed:
    url = f"{address}/{INDEX}"
    here = None if known is None else Fetched(url, known.source, known.checked_at, etag=known.etag)
    fetched = outside.reach(outside.fetcher.get(url, JSON_TYPES, known=here))
    index = check_index(fetched.body, known, now=wallet.now(), publishers=publishers)
    record = record_of(address)

    def still_followed() -> None:
        """Others have the wallet while the network is waited for; raises NotFollowed."""
        if known is not None:
            followed_one(wallet, record)

    outcomes = {} if known is None else dict(known.outcomes)
    contents: dict[str, bytes] = {}
    for one in index.sets:
        held = content_held(wallet, record, one.name)
        try:
            content = _content(outside, address, one, held)
        except PassportError as error:
            outcomes[one.name] = Outcome(error=error.code)
            continue
        still_followed()
        if content is None and held is not None and outcomes.get(one.name, Outcome()).unsure:
            unsure = _look_again(outside, wallet, one.kind, read_content(held))
            outcomes[one.name] = replace(outcomes[one.name], unsure=unsure)
        elif content is not None:
            outcomes[one.name] = _give(
                outside, wallet, one.kind, documents_new(content, held), still_followed
            )
            contents[one.name] = content
    still_followed()
    meanwhile = next((one for one in followed(wallet) if one.record == record), None)
    if meanwhile is not None:  # of two that look at once the older never undoes the newer
        check_index(fetched.body, meanwhile, now=wallet.now(), publishers=publishers)
    found = Followed(record, address, fetched.body, fetched.etag, fetched.fetched_at, outcomes, index)
    keep_followed(wallet, found, contents)
    return found


def _content(outside: Outside, address: str, one: PublishedSet, held: bytes | None) -> bytes | None:
    """What is new of a set: by its delta, else whole; None where it is here already."""
    if held is not None and digest_multibase(held) == one.content_digest:
        return None
    earlier = way_to(one, held)
    if earlier is not None and earlier.delta is not None and held is not None:
        try:
            return open_delta(one, earlier, _file(outside, address, earlier.delta), held)
        except PassportError:  # a delta is a short cut; without it the set itself is fetched
            pass
    return open_set(one, _file(outside, address, one.file))


def _file(outside: Outside, address: str, file: File) -> bytes:
    url = f"{address}/{file.place}"
    return outside.reach(outside.fetcher.get(url, _FILE_TYPES)).body


def _give(
    outside: Outside, wallet: Wallet, kind: SetKind, sources: Sequence[bytes], check: Callable[[], object]
) -> Outcome:
    """Publishers' keys are fetched for all documents of a set at once, never saying which we have.

    `check` raises where the person follows it no more by then.
    """
    erased = wallet.erased
    unsure, keys = outside.run(
        outside.examine(lambda documents: look_through(wallet, kind, sources, documents), DocumentCache())
    )
    check()
    if wallet.erased == erased:
        wallet.keep_documents(keys)
    return replace(give(wallet, kind, sources, keys), unsure=unsure)


def _look_again(outside: Outside, wallet: Wallet, kind: SetKind, sources: Sequence[bytes]) -> int:
    """Look for the keys that could not be had, of the whole set: also of what the person removed."""
    cache, erased = wallet.documents(), wallet.erased
    unsure = outside.check(lambda documents: look_through(wallet, kind, sources, documents), cache)
    if wallet.erased == erased:
        wallet.keep_documents(cache)
    return unsure

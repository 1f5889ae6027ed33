"""The status lists of one verification: fetched or stapled, relied on only if they are fresh."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from passport import limits
from passport.documents import Documents, Fetched
from passport.errors import PassportError
from passport.errors.status import StatusListNotYetValid, StatusListRolledBack, StatusListStale
from passport.proofs import MethodSource
from passport.status.kept import KEPT, KeptLists
from passport.status.revocation_list import parse_revocation_list
from passport.status.signed_list import SignedList, read_signed_list
from passport.status.stapled import NEVER, WithStapled
from passport.x509 import Certificates

T = TypeVar("T")

_SKEW = timedelta(seconds=limits.TIME.clock_skew)
_FRESH = timedelta(seconds=limits.TIME.status_list_fresh)


class StatusLists:
    """Looks each list up once, however many entries point into it.

    `last_seen` remembers the `validFrom` (or `iat`) of the newest list that was ever accepted, per address
    and issuer (see `memory_key`); `seen` is what to remember after this verification. `stapled` are lists
    that the presenter brought, by address. `kept` holds lists that were verified before: a stapled one is
    never put there, so that a stranger can't crowd the others out, nor one by certificate, which holds for
    whoever trusts its authority. `certificates` is the host's way to check these.
    """

    def __init__(
        self,
        documents: Documents,
        *,
        now: datetime,
        method_for: MethodSource,
        last_seen: Mapping[str, datetime] | None = None,
        stapled: Mapping[str, bytes] | None = None,
        kept: KeptLists = KEPT,
        certificates: Certificates | None = None,
    ) -> None:
        self._documents = documents
        self._with_stapled = WithStapled(documents, stapled, now=now) if stapled else documents
        self._now = now
        self._method_for = method_for
        self._last_seen = last_seen or {}
        self._kept = kept
        self._certificates = certificates
        self._known: dict[tuple[str, str], SignedList | PassportError] = {}
        self._revoked: dict[tuple[str, str], frozenset[str] | PassportError] = {}
        self.seen: dict[str, datetime] = {}

    def get(self, entry_type: str, url: str) -> SignedList:
        """The list at an address, signed by the issuer that it names.

        Raises:
            PassportError: it is not at hand, or is one that can't be relied on.
        """
        return _once(self._known, (entry_type, url), lambda: self._verify(entry_type, url))

    def revoked_ids(self, url: str, *, issuer: str) -> frozenset[str]:
        """The ids in the issuer's 1EdTech revocation list, which is not signed: it counts as it was fetched.

        Raises:
            PassportError: it is not at hand, malformed or stale.
        """
        return _once(self._revoked, (url, issuer), lambda: self._read_unsigned(url, issuer))

    def _read_unsigned(self, url: str, issuer: str) -> frozenset[str]:
        fetched = self._documents.get(url)
        if self._now - fetched.fetched_at > _FRESH:
            raise StatusListStale
        return parse_revocation_list(fetched.body, url=url, issuer=issuer)

    def _verify(self, entry_type: str, url: str) -> SignedList:
        fetched = self._with_stapled.get(url)
        found = self._kept.get(entry_type, url, fetched.body)
        if found is None or not found.still_holds(self._method_for, self._now):
            found = read_signed_list(
                fetched,
                entry_type,
                method_for=self._method_for,
                now=self._now,
                certificates=self._certificates,
            )
            if fetched.fetched_at != NEVER and found.chain is None:
                self._kept.put(fetched.body, found)
        self._check_time(found, fetched)
        if found.valid_from is not None:
            self.seen[memory_key(url, found.issuer)] = found.valid_from
        return found

    def _check_time(self, found: SignedList, fetched: Fetched) -> None:
        """A list tells how things were when it was fetched, or at its validFrom if that is later."""
        start, end = found.valid_from, found.valid_until
        if start is not None and start > self._now + _SKEW:
            raise StatusListNotYetValid
        last = self._last_seen.get(memory_key(fetched.url, found.issuer))
        if last is not None and (start is None or start < last):
            raise StatusListRolledBack
        known_as_of = fetched.fetched_at if start is None else max(fetched.fetched_at, start)
        lasts = found.ttl if end is None and found.ttl is not None else _FRESH
        if self._now - known_as_of > lasts or (end is not None and self._now > end):
            raise StatusListStale


def memory_key(url: str, issuer: str) -> str:
    """Under which name a list is remembered.

    Anybody may sign a list that says it stands at somebody else's address, and staple it to a credential of
    their own. Remembered by its address alone, it would make the true list look rolled back.
    """
    return f"{url} {issuer}"


def _once(known: dict[tuple[str, str], T | PassportError], key: tuple[str, str], find: Callable[[], T]) -> T:
    if key not in known:
        try:
            known[key] = find()
        except PassportError as error:
            known[key] = error
    found = known[key]
    if isinstance(found, PassportError):
        raise found
    return found
